import type { IceCredentials } from '@weir/ice';
import { readCredentials, readFingerprints, readSetup } from './ice-attributes.js';
import { OfferRejected } from './offer-rejected.js';
import { isEnabled, type OfferSection, readMid, readOfferedMedia } from './offer-section.js';
import { attributeValues, hasAttribute, readDescription, SdpMalformed, type SdpSection, words } from './sdp-text.js';
import type { SdpAttribute, SdpText } from './sdp-text.js';
import type { Fingerprint, Setup } from './transport.js';

/** What a client wants: WHIP publishes, WHEP plays. */
export type OfferUse = 'publish' | 'play';

/** An offer that passed every check that does not depend on codecs. */
export interface Offer {
  readonly use: OfferUse;
  /** The client's credentials, of the section that carries the bundle. */
  readonly ice: IceCredentials;
  readonly fingerprints: readonly Fingerprint[];
  readonly setup: Setup;
  /** In the order of the offer; the answer has the same. */
  readonly sections: readonly OfferSection[];
  /** Whether the offer has a BUNDLE group, so that the answer may. */
  readonly bundled: boolean;
  /** `a=extmap-allow-mixed` of the session (RFC 8285 6). */
  readonly mixedExtensions: boolean;
}

const MAX_LAYERS = 4;

/** Reads and judges the offer of a WHIP or WHEP client (RFC 9725 4.2, 4.4); throws only OfferRejected. */
export function checkOffer(sdp: string, use: OfferUse): Offer {
  try {
    return readOffer(readDescription(sdp), use);
  } catch (error) {
    if (error instanceof SdpMalformed) throw new OfferRejected(400, error.message);
    throw error;
  }
}

function readOffer(text: SdpText, use: OfferUse): Offer {
  const mids = text.sections.map(readMid);
  const named = mids.filter((mid) => mid !== undefined);
  if (new Set(named).size !== named.length) throw new SdpMalformed('Two media sections have the same a=mid.');
  const sections = text.sections.map((section, index) => readSection(section, mids[index], text.attributes, use));
  const offered = sections.filter((section) => section.offered !== undefined);
  if (offered.length === 0) throw new OfferRejected(422, 'Every media section is switched off; offer audio or video.');
  const group = bundleGroup(text.attributes);
  const transport = readTransport(text, carriers(text.sections, sections, group));
  checkShape(offered, use);
  checkBundle(offered, text.sections, sections, group);
  return {
    use,
    ...transport,
    sections,
    bundled: group !== undefined,
    mixedExtensions: hasAttribute(text.attributes, 'extmap-allow-mixed'),
  };
}

function readSection(
  section: SdpSection,
  mid: string | undefined,
  session: readonly SdpAttribute[],
  use: OfferUse,
): OfferSection {
  const { media, protocol, formats } = section;
  const refused: OfferSection = { media, protocol, formats, mid, offered: undefined };
  if (!isEnabled(section)) return refused;
  if (media === 'audio' || media === 'video') {
    return { ...refused, offered: readOfferedMedia(section, media, session) };
  }
  if (use === 'publish') {
    throw new OfferRejected(
      422,
      `Only audio and video can be published; leave out the "${media.slice(0, 40)}" section.`,
    );
  }
  return refused;
}

function checkShape(offered: readonly OfferSection[], use: OfferUse): void {
  for (const kind of ['audio', 'video'] as const) {
    const count = offered.filter((section) => section.media === kind).length;
    if (count > 1) throw new OfferRejected(422, `Offer one ${kind} section, not ${count}.`);
  }
  const streamIds = new Set<string>();
  for (const { media, offered: detail } of offered) {
    if (detail === undefined) continue;
    for (const id of detail.streamIds) streamIds.add(id);
    checkDirection(media, detail.direction, use);
    if (detail.simulcast.length > MAX_LAYERS) {
      throw new OfferRejected(422, `Offer at most ${MAX_LAYERS} simulcast layers, not ${detail.simulcast.length}.`);
    }
  }
  if (use === 'publish' && streamIds.size > 1) {
    throw new OfferRejected(422, 'Publish one stream: every a=msid must name the same stream.');
  }
}

function checkDirection(media: string, direction: string, use: OfferUse): void {
  const wanted = use === 'publish' ? 'sendonly' : 'recvonly';
  if (direction === wanted || direction === 'sendrecv') return;
  throw new OfferRejected(422, `The ${media} section must be a=${wanted}, not a=${direction}.`);
}

function bundleGroup(session: readonly SdpAttribute[]): string[] | undefined {
  for (const group of attributeValues(session, 'group')) {
    const [semantics, ...mids] = words(group);
    if (semantics === 'BUNDLE') return mids;
  }
  return undefined;
}

function checkBundle(
  offered: readonly OfferSection[],
  texts: readonly SdpSection[],
  sections: readonly OfferSection[],
  group: readonly string[] | undefined,
): void {
  const isBundled = (section: OfferSection): boolean =>
    section.mid !== undefined && group !== undefined && group.includes(section.mid);
  const alone = offered.length === 1 ? texts[sections.indexOf(offered[0] as OfferSection)] : undefined;
  if (alone !== undefined && alone.port !== 0) return;
  if (!offered.every(isBundled)) {
    throw new OfferRejected(422, 'All media must share one transport: name every a=mid in one a=group:BUNDLE line.');
  }
}

/** The sections whose transport attributes count, first the one that the BUNDLE group tags (RFC 9143 7.2). */
function carriers(
  texts: readonly SdpSection[],
  sections: readonly OfferSection[],
  group: readonly string[] | undefined,
): SdpSection[] {
  const enabled = texts.filter((_, index) => sections[index]?.offered !== undefined);
  const rank = (section: SdpSection): number => {
    const position = group?.indexOf(readMid(section) ?? '') ?? -1;
    return position < 0 ? Number.MAX_SAFE_INTEGER : position;
  };
  return enabled.toSorted((a, b) => rank(a) - rank(b));
}

function readTransport(text: SdpText, sections: readonly SdpSection[]): Pick<Offer, 'ice' | 'fingerprints' | 'setup'> {
  const [first, ...rest] = sections.map((section) => section.attributes);
  const levels = [first ?? [], text.attributes, ...rest];
  const ice = firstOf(levels, readCredentials);
  if (ice === undefined)
    throw new OfferRejected(422, 'The offer has no a=ice-ufrag and a=ice-pwd: WebRTC is required.');
  const fingerprints = firstOf(levels, (level) => {
    const found = readFingerprints(level);
    return found.length === 0 ? undefined : found;
  });
  if (fingerprints === undefined) {
    throw new OfferRejected(422, 'The offer has no a=fingerprint by SHA-256, SHA-384 or SHA-512: DTLS is required.');
  }
  // RFC 8842 5.2 wants actpass; who leaves it out starts the handshake, or waits, as actpass would let him.
  const setup = firstOf(levels, readSetup) ?? 'actpass';
  if (setup === 'holdconn')
    throw new OfferRejected(422, 'a=setup:holdconn establishes nothing; offer a=setup:actpass.');
  return { ice, fingerprints, setup };
}

function firstOf<T>(
  levels: readonly (readonly SdpAttribute[])[],
  read: (level: readonly SdpAttribute[]) => T | undefined,
): T | undefined {
  for (const level of levels) {
    const found = read(level);
    if (found !== undefined) return found;
  }
  return undefined;
}

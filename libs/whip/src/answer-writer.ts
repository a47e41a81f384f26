import type { TrackCodec } from '@weir/rtp';
import type { Offer } from './offer.js';
import type { OfferedMedia, OfferSection } from './offer-section.js';
import { joinLines, refusedSectionLines, sectionLines, type WrittenSection } from './section-writer.js';
import type { AnswerTransport, BundleTarget, DtlsRole } from './transport.js';

/** What the answer says about one accepted section; the rest follows from the offer. */
export type AcceptedSection = Pick<
  WrittenSection,
  'direction' | 'codecs' | 'extensionLines' | 'simulcastLines' | 'receiverRoundTrip' | 'source'
>;

/** An accepted section beside what it answers. */
export interface SectionAnswer {
  readonly section: OfferSection;
  /** Absent when the section is refused. */
  readonly accepted?: AcceptedSection;
}

/** The whole answer and what the session needs to know of it. */
export interface WrittenAnswer {
  readonly sdp: string;
  readonly dtlsRole: DtlsRole;
  readonly bundle: BundleTarget;
}

// FFmpeg refuses an answer of 8192 bytes or more.
const MAX_ANSWER_LENGTH = 8_191;

/** The part of ICE that every answer and restart fragment repeats (RFC 8839 5.3, 5.6; RFC 9725 4.3.3). */
export const ICE_SESSION_LINES: readonly string[] = ['a=ice-lite', 'a=ice-options:ice2'];

/** The role that answers the offered one (RFC 8842 5.3). */
export function answeredRole(offer: Offer): DtlsRole {
  return offer.setup === 'passive' ? 'client' : 'server';
}

/** Writes the answer of an ICE-lite server: every section in the order of the offer, one transport, CRLF line ends. */
export function writeAnswer(
  offer: Offer,
  transport: AnswerTransport,
  answers: readonly SectionAnswer[],
): WrittenAnswer {
  const dtlsRole = answeredRole(offer);
  const accepted = answers.filter((answer) => answer.accepted !== undefined);
  const bundle = bundleTarget(accepted);
  const sections = answers.flatMap(({ section, accepted: body }) => {
    if (body === undefined || section.offered === undefined) return refusedSectionLines(section);
    const carries = section === accepted[0]?.section;
    return sectionLines(written(section, section.offered, body, transport, carries, dtlsRole));
  });
  const sdp = joinLines([
    'v=0',
    `o=- ${transport.sessionId} 0 IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    ...(offer.bundled && bundle.mids.length > 0 ? [`a=group:BUNDLE ${bundle.mids.join(' ')}`] : []),
    ...ICE_SESSION_LINES,
    ...(offer.mixedExtensions ? ['a=extmap-allow-mixed'] : []),
    'a=msid-semantic:WMS *',
    ...sections,
  ]);
  return { sdp, dtlsRole, bundle };
}

/** Calls `write` with ever fewer codecs for a section until the answer is short enough for every client. */
export function fitAnswer<T extends { readonly sdp: string }>(write: (maxCodecs: number) => T): T {
  for (let maxCodecs = 32; maxCodecs > 1; maxCodecs = Math.floor(maxCodecs * 0.75)) {
    const answer = write(maxCodecs);
    if (answer.sdp.length <= MAX_ANSWER_LENGTH) return answer;
  }
  return write(1);
}

function written(
  section: OfferSection,
  offered: OfferedMedia,
  accepted: AcceptedSection,
  transport: AnswerTransport,
  carries: boolean,
  dtlsRole: DtlsRole,
): WrittenSection {
  const { local, fingerprint, candidates } = transport;
  const setup = dtlsRole === 'client' ? 'active' : 'passive';
  return {
    media: section.media,
    protocol: section.protocol,
    mid: section.mid,
    transport: { local, fingerprint, setup, ...(carries ? { candidates } : {}) },
    mixedExtensions: offered.mixedExtensions,
    reducedSizeRtcp: offered.reducedSizeRtcp,
    ...accepted,
  };
}

function bundleTarget(accepted: readonly SectionAnswer[]): BundleTarget {
  const first = accepted[0];
  const codecs: readonly TrackCodec[] = first?.accepted?.codecs ?? [];
  return {
    media: first?.section.media ?? 'audio',
    protocol: first?.section.protocol ?? 'UDP/TLS/RTP/SAVPF',
    payloadType: codecs[0]?.payloadType ?? 0,
    mids: accepted.flatMap(({ section }) => (section.mid === undefined ? [] : [section.mid])),
  };
}

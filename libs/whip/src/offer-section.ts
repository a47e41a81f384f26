import type { MediaKind, TrackCodec } from '@weir/rtp';
import { type ExtensionMapping, readExtensions } from './header-extensions.js';
import { OfferRejected } from './offer-rejected.js';
import { encodingNames, readCodecs } from './payload-formats.js';
import {
  attribute,
  attributeValues,
  hasAttribute,
  type SdpAttribute,
  SdpMalformed,
  type SdpSection,
} from './sdp-text.js';
import { type OfferedRid, readSimulcast } from './simulcast.js';
import { readSources, readStreamIds, type SectionSources } from './source-attributes.js';

/** The way media flows, as seen from the side that wrote it. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What a media section of an offer carries. */
export interface OfferedMedia {
  readonly kind: MediaKind;
  readonly direction: Direction;
  /** Supported ones only, in the order of the offer. */
  readonly codecs: readonly TrackCodec[];
  /** For messages to a person: what the section offers, supported or not. */
  readonly encodings: readonly string[];
  readonly extensions: readonly ExtensionMapping[];
  readonly simulcast: readonly OfferedRid[];
  readonly sources: SectionSources;
  readonly streamIds: readonly string[];
  readonly mixedExtensions: boolean;
  readonly reducedSizeRtcp: boolean;
  /** Whether the client asks for DLRR blocks, to learn the round trip as a receiver (RFC 3611 5.1). */
  readonly receiverRoundTrip: boolean;
}

/** One media section of an offer; without `offered` it is answered with port 0. */
export interface OfferSection {
  readonly media: string;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** Absent when the offer has no `a=mid`. */
  readonly mid: string | undefined;
  readonly offered: OfferedMedia | undefined;
}

/** The mid of a section (RFC 5888 4): a token of at most 32 characters. */
export function readMid(section: SdpSection): string | undefined {
  const mid = attribute(section.attributes, 'mid');
  if (mid === undefined) return undefined;
  if (!/^[!-~]{1,32}$/.test(mid)) throw new SdpMalformed('a=mid must have 1 to 32 characters and no blank.');
  return mid;
}

/** Whether the client wants the section at all: port 0 switches it off, unless it is bundle-only (RFC 9143 6). */
export function isEnabled(section: SdpSection): boolean {
  return section.port !== 0 || hasAttribute(section.attributes, 'bundle-only');
}

/** The direction of a section; that of the session, then both ways, when it has none (RFC 8866 6.7). */
export function readDirection(attributes: readonly SdpAttribute[], session: readonly SdpAttribute[]): Direction {
  return ownDirection(attributes) ?? ownDirection(session) ?? 'sendrecv';
}

/** Reads an enabled audio or video section; throws OfferRejected when its transport or shape cannot be served. */
export function readOfferedMedia(section: SdpSection, kind: MediaKind, session: readonly SdpAttribute[]): OfferedMedia {
  const { attributes } = section;
  // RFC 8829 5.1.2: every RTP profile name is to be accepted, whatever transport it claims.
  if (!/(^|\/)RTP\/S?AVPF?$/.test(section.protocol)) {
    throw new OfferRejected(422, `The ${kind} section must use the protocol UDP/TLS/RTP/SAVPF.`);
  }
  if (!hasAttribute(attributes, 'rtcp-mux') && !hasAttribute(attributes, 'rtcp-mux-only')) {
    throw new OfferRejected(422, `The ${kind} section must offer a=rtcp-mux: there is one port for everything.`);
  }
  return {
    kind,
    direction: readDirection(attributes, session),
    codecs: readCodecs(section, kind),
    encodings: encodingNames(section),
    extensions: readExtensions([...attributes, ...session]),
    simulcast: kind === 'video' ? readSimulcast(attributes) : [],
    sources: readSources(attributes),
    streamIds: readStreamIds(attributes),
    mixedExtensions: hasAttribute(attributes, 'extmap-allow-mixed'),
    reducedSizeRtcp: hasAttribute(attributes, 'rtcp-rsize'),
    receiverRoundTrip: attributeValues(attributes, 'rtcp-xr').some((value) => value.includes('rcvr-rtt=')),
  };
}

function ownDirection(attributes: readonly SdpAttribute[]): Direction | undefined {
  for (const { name } of attributes) {
    if (name === 'sendrecv' || name === 'sendonly' || name === 'recvonly' || name === 'inactive') return name;
  }
  return undefined;
}

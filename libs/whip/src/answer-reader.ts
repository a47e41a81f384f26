import type { IceCandidate, IceCredentials } from '@weir/ice';
import type { MediaKind, TrackCodec, TrackExtensions } from '@weir/rtp';
import { readCandidates } from './candidate-lines.js';
import { extensionIds, readExtensions } from './header-extensions.js';
import { readCredentials, readFingerprints, readSetup } from './ice-attributes.js';
import { type Direction, readDirection, readMid } from './offer-section.js';
import { readCodecs } from './payload-formats.js';
import {
  hasAttribute,
  readDescription,
  SdpMalformed,
  type SdpAttribute,
  type SdpSection,
  type SdpText,
} from './sdp-text.js';
import { readSources, readStreamIds, type SectionSources } from './source-attributes.js';
import type { DtlsRole, Fingerprint } from './transport.js';

/** One accepted media section of an answer, as its reader sees it. */
export interface AnswerSection extends SectionSources {
  readonly kind: MediaKind;
  readonly mid: string | undefined;
  /** As the answerer wrote it: `recvonly` when it receives. */
  readonly direction: Direction;
  readonly codecs: readonly TrackCodec[];
  readonly extensions: TrackExtensions;
  readonly streamId: string | undefined;
}

/** What a client needs to know of an answer. */
export interface Answer {
  readonly ice: IceCredentials;
  readonly iceLite: boolean;
  readonly fingerprints: readonly Fingerprint[];
  /** The role that is left for the reader. */
  readonly dtlsRole: DtlsRole;
  readonly candidates: readonly IceCandidate[];
  /** Refused sections (port 0) are left out. */
  readonly sections: readonly AnswerSection[];
}

/** An answer with which no connection can be made. */
export class AnswerUnusable extends Error {
  override readonly name = 'AnswerUnusable';
}

/** Reads an answer as a client does; throws only AnswerUnusable. */
export function readAnswer(sdp: string): Answer {
  try {
    return read(readDescription(sdp));
  } catch (error) {
    if (error instanceof SdpMalformed) throw new AnswerUnusable(error.message);
    throw error;
  }
}

function read(text: SdpText): Answer {
  const accepted = text.sections.filter((section) => section.port !== 0);
  const levels = [...accepted.map((section) => section.attributes), text.attributes];
  const ice = levels.map(readCredentials).find((found) => found !== undefined);
  const fingerprints = levels.map(readFingerprints).find((found) => found.length > 0);
  const setup = levels.map(readSetup).find((found) => found !== undefined);
  if (ice === undefined) throw new AnswerUnusable('The answer has no ICE credentials.');
  if (fingerprints === undefined) throw new AnswerUnusable('The answer has no usable fingerprint.');
  if (setup !== 'active' && setup !== 'passive') throw new AnswerUnusable('The answer chooses no DTLS role.');
  return {
    ice,
    iceLite: hasAttribute(text.attributes, 'ice-lite'),
    fingerprints,
    dtlsRole: setup === 'active' ? 'server' : 'client',
    candidates: levels.flatMap(readCandidates),
    sections: accepted.flatMap((section) => readSection(section, text.attributes)),
  };
}

function readSection(section: SdpSection, session: readonly SdpAttribute[]): AnswerSection[] {
  const { media, attributes } = section;
  if (media !== 'audio' && media !== 'video') return [];
  return [
    {
      kind: media,
      mid: readMid(section),
      direction: readDirection(attributes, session),
      codecs: readCodecs(section, media),
      extensions: extensionIds(readExtensions(attributes)),
      streamId: readStreamIds(attributes)[0],
      ...readSources(attributes),
    },
  ];
}

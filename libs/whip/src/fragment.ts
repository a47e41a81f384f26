import type { IceCandidate, IceCredentials } from '@weir/ice';
import { ICE_SESSION_LINES } from './answer-writer.js';
import { candidateLines, readCandidates } from './candidate-lines.js';
import { readCredentials } from './ice-attributes.js';
import { attribute, hasAttribute, readFragmentText, SdpMalformed, type SdpText } from './sdp-text.js';
import { joinLines } from './section-writer.js';
import type { BundleTarget, HostCandidate } from './transport.js';

/** A trickled candidate and the section it came with. */
export interface FragmentCandidate extends IceCandidate {
  /** Absent when it came before any section, or in one without a mid. */
  readonly mid?: string;
}

/** The body of a PATCH (RFC 8840 9): a trickle, or with other credentials than before a restart. */
export interface Fragment {
  readonly credentials?: IceCredentials;
  /** At most 50; nobody contacts them. */
  readonly candidates: readonly FragmentCandidate[];
  readonly endOfCandidates: boolean;
}

/** A PATCH body that is no SDP fragment; the detail says what is wrong. */
export class FragmentRejected extends Error {
  override readonly name = 'FragmentRejected';
  readonly status = 400;
  readonly detail: string;

  constructor(detail: string) {
    super(detail);
    this.detail = detail;
  }
}

const MAX_LENGTH = 16_384;
const MAX_CANDIDATES = 50;

/** Reads a fragment as real clients write it, with credentials at either level and with or without sections; throws only FragmentRejected. */
export function parseFragment(text: string): Fragment {
  if (text.length > MAX_LENGTH) throw new FragmentRejected(`The fragment is longer than ${MAX_LENGTH} characters.`);
  try {
    return readFragment(readFragmentText(text));
  } catch (error) {
    if (error instanceof SdpMalformed) throw new FragmentRejected(error.message);
    throw error;
  }
}

/** Writes the answer to a restart: the new credentials and all candidates (RFC 9725 4.3.3). */
export function writeFragment(
  bundle: BundleTarget,
  local: IceCredentials,
  candidates: readonly HostCandidate[],
): string {
  const [mid] = bundle.mids;
  return joinLines([
    ...ICE_SESSION_LINES,
    ...(bundle.mids.length === 0 ? [] : [`a=group:BUNDLE ${bundle.mids.join(' ')}`]),
    `m=${bundle.media} 9 ${bundle.protocol} ${bundle.payloadType}`,
    ...(mid === undefined ? [] : [`a=mid:${mid}`]),
    `a=ice-ufrag:${local.ufrag}`,
    `a=ice-pwd:${local.pwd}`,
    ...candidateLines(candidates),
  ]);
}

function readFragment(text: SdpText): Fragment {
  const levels = [...text.sections.map((section) => section.attributes), text.attributes];
  const credentials = levels.map(readCredentials).find((found) => found !== undefined);
  const candidates: FragmentCandidate[] = [];
  for (const attributes of levels) {
    const mid = attribute(attributes, 'mid');
    for (const candidate of readCandidates(attributes)) {
      if (candidates.length < MAX_CANDIDATES) candidates.push(mid === undefined ? candidate : { ...candidate, mid });
    }
  }
  const endOfCandidates = levels.some((attributes) => hasAttribute(attributes, 'end-of-candidates'));
  if (credentials === undefined && candidates.length === 0 && !endOfCandidates) {
    throw new SdpMalformed('The fragment has neither a=ice-ufrag and a=ice-pwd nor a=candidate.');
  }
  return { ...(credentials === undefined ? {} : { credentials }), candidates, endOfCandidates };
}

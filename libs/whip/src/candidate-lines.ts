import { formatCandidate, hostCandidatePriority, type IceCandidate, parseCandidate } from '@weir/ice';
import { attributeValues, type SdpAttribute, SdpMalformed, words } from './sdp-text.js';
import type { HostCandidate } from './transport.js';

const MAX_WRITTEN = 16;

/** The candidates of one level of a description; those of an unknown kind are left out (RFC 9725 4.3.2), malformed lines are not forgiven. */
export function readCandidates(attributes: readonly SdpAttribute[]): IceCandidate[] {
  const candidates: IceCandidate[] = [];
  for (const value of attributeValues(attributes, 'candidate')) {
    // Firefox trickles an empty candidate to say that it has no more.
    if (value === '') continue;
    const parts = words(value);
    if (parts.length < 8 || parts[6] !== 'typ') throw new SdpMalformed(`"${value.slice(0, 80)}" is not a candidate.`);
    const candidate = parseCandidate(`candidate:${value}`);
    if (candidate !== undefined) candidates.push(candidate);
  }
  return candidates;
}

/** The lines that announce at most 16 host addresses, IPv4 first, closed by end-of-candidates. */
export function candidateLines(candidates: readonly HostCandidate[]): string[] {
  const ordered = candidates.toSorted((a, b) => a.family - b.family).slice(0, MAX_WRITTEN);
  const lines = ordered.map(({ address, port }, index) => {
    const priority = hostCandidatePriority(65_535 - index);
    const foundation = String(index + 1);
    return `a=${formatCandidate({ foundation, component: 1, transport: 'udp', priority, address, port, type: 'host' })}`;
  });
  return [...lines, 'a=end-of-candidates'];
}

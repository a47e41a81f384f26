/**
 * The 48-bit index of a packet, estimated from its sequence number and the greatest index received so far
 * (RFC 3711 3.3.1 and Appendix A); `highest` is -1 at the start.
 */
export function estimatePacketIndex(sequence: number, highest: number): number {
  // nothing comes before rollover counter 0, so that within it there is nothing to guess
  if (highest < 0x8000) return sequence;
  const highestSequence = highest % 0x10000;
  const sameRollover = highest - highestSequence + sequence;
  if (highestSequence < 0x8000) return sequence - highestSequence > 0x8000 ? sameRollover - 0x10000 : sameRollover;
  return highestSequence - 0x8000 > sequence ? sameRollover + 0x10000 : sameRollover;
}

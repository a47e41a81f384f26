const FIXED_HEADER_BYTES = 12;

/** Length of an RTP header with contributing sources and extension (RFC 3550 5.1), or -1 when the packet is no RTP. */
export function rtpHeaderLength(packet: Uint8Array, length: number): number {
  if (length < FIXED_HEADER_BYTES || length > packet.length) return -1;
  const first = packet[0]!;
  if (first >>> 6 !== 2) return -1;
  const sourcesEnd = FIXED_HEADER_BYTES + (first & 15) * 4;
  if ((first & 0x10) === 0) return sourcesEnd <= length ? sourcesEnd : -1;
  if (sourcesEnd + 4 > length) return -1;
  const extensionWords = (packet[sourcesEnd + 2]! << 8) | packet[sourcesEnd + 3]!;
  const end = sourcesEnd + 4 + extensionWords * 4;
  return end <= length ? end : -1;
}

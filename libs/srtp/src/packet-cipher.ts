/** Seals and opens packets in place under one direction's session keys of either RTP or RTCP. */
export interface PacketCipher {
  /** Bytes that sealing adds to an RTP packet. */
  readonly rtpOverheadBytes: number;
  /** Bytes that sealing adds to an RTCP packet, the index among them. */
  readonly rtcpOverheadBytes: number;
  /** Encrypts behind the header and appends the tag; returns the new length. */
  sealRtp(packet: Buffer, headerLength: number, length: number, rolloverCounter: number): number;
  /** Returns the length of the plaintext, or -1 and leaves the packet alone when it is not authentic. */
  openRtp(packet: Buffer, headerLength: number, length: number, rolloverCounter: number): number;
  /** Encrypts behind the first 8 bytes and appends tag and index; returns the new length. */
  sealRtcp(packet: Buffer, length: number, index: number): number;
  /** The word of E flag and index of a sealed RTCP packet, whose length the caller has checked. */
  rtcpIndexWord(packet: Buffer, length: number): number;
  /** Returns the length of the plaintext, or -1 and leaves the packet alone when it is not authentic. */
  openRtcp(packet: Buffer, length: number): number;
}

/** Clear bytes at the front of a sealed RTCP packet (RFC 3711 3.4). */
export const RTCP_CLEAR_BYTES = 8;

/** The E flag of the index word: the packet is encrypted (RFC 3711 3.4). */
export const RTCP_ENCRYPTED = 0x80000000;

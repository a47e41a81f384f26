/** Length of a GCM initialization vector. */
export const GCM_IV_BYTES = 12;

/** Length of an initial counter block. */
export const COUNTER_IV_BYTES = 16;

/** Writes the GCM vector of an RTP packet (RFC 7714 8.1) to `out`. */
export function gcmIv(
  salt: Uint8Array,
  ssrc: number,
  rolloverCounter: number,
  sequence: number,
  out: Uint8Array,
): void {
  out.set(salt);
  xorUint32(out, 2, ssrc);
  xorUint32(out, 6, rolloverCounter);
  xorUint16(out, 10, sequence);
}

/** Writes the GCM vector of an RTCP packet (RFC 7714 9.1) to `out`; `index` is 31 bits. */
export function gcmRtcpIv(salt: Uint8Array, ssrc: number, index: number, out: Uint8Array): void {
  out.set(salt);
  xorUint32(out, 2, ssrc);
  xorUint32(out, 8, index);
}

/** Writes the first counter block of an RTP packet (RFC 3711 4.1.1) to `out`. */
export function counterIv(
  salt: Uint8Array,
  ssrc: number,
  rolloverCounter: number,
  sequence: number,
  out: Uint8Array,
): void {
  out.set(salt);
  out[14] = 0;
  out[15] = 0;
  xorUint32(out, 4, ssrc);
  xorUint32(out, 8, rolloverCounter);
  xorUint16(out, 12, sequence);
}

/** Writes the first counter block of an RTCP packet (RFC 3711 4.1.1) to `out`; `index` is 31 bits. */
export function counterRtcpIv(salt: Uint8Array, ssrc: number, index: number, out: Uint8Array): void {
  counterIv(salt, ssrc, index >>> 16, index & 0xffff, out);
}

function xorUint32(out: Uint8Array, offset: number, value: number): void {
  xorUint16(out, offset, value >>> 16);
  xorUint16(out, offset + 2, value & 0xffff);
}

function xorUint16(out: Uint8Array, offset: number, value: number): void {
  out[offset]! ^= value >>> 8;
  out[offset + 1]! ^= value & 0xff;
}

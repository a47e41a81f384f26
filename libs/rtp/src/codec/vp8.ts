import type { PayloadInfo } from './payload-info.js';

/** Reads a VP8 payload descriptor (RFC 7741 section 4.2) and, at a frame's start, the frame header (section 4.3). */
export function inspectVp8(bytes: Uint8Array, offset: number, length: number, into: PayloadInfo): void {
  const end = offset + length;
  if (length < 1) return;
  const head = bytes[offset]!;
  let at = offset + 1;
  if (head & 0x80) {
    if (at >= end) return;
    const extensions = bytes[at]!;
    at += 1;
    if (extensions & 0x80) {
      if (at >= end) return;
      at += bytes[at]! & 0x80 ? 2 : 1;
    }
    if (extensions & 0x40) at += 1;
    // RFC 7741 section 4.2: the TID/KEYIDX octet is there when T or K is set.
    if (extensions & 0x30) {
      if (at >= end) return;
      if (extensions & 0x20) {
        into.temporalId = bytes[at]! >> 6;
        into.switchingPoint = (bytes[at]! & 0x20) !== 0;
      }
      at += 1;
    }
  }
  if (at >= end) return;
  into.discardable = (head & 0x20) !== 0;
  if ((head & 0x17) !== 0x10) return;
  into.frameStart = true;
  if (bytes[at]! & 1) return;
  into.keyFrame = true;
  into.discardable = false;
  readKeyFrameHeader(bytes, at, end, into);
}

// RFC 6386 section 9.1: the start code and two little-endian 14-bit sizes follow the 3-byte frame tag.
function readKeyFrameHeader(bytes: Uint8Array, at: number, end: number, into: PayloadInfo): void {
  if (at + 10 > end || bytes[at + 3] !== 0x9d || bytes[at + 4] !== 0x01 || bytes[at + 5] !== 0x2a) return;
  into.width = bytes[at + 6]! | ((bytes[at + 7]! & 0x3f) << 8);
  into.height = bytes[at + 8]! | ((bytes[at + 9]! & 0x3f) << 8);
}

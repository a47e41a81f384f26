import { readAv1SequenceHeader } from './av1-sequence-header.js';
import type { PayloadInfo } from './payload-info.js';

const CONTINUES = 0x80;
const NEW_CODED_VIDEO_SEQUENCE = 0x08;
const SEQUENCE_HEADER = 1;
const FRAME_HEADER = 3;
const FRAME = 6;

/** Reads an AV1 aggregation header and its OBU elements (RTP Payload Format For AV1, sections 4.3 and 4.4). */
export function inspectAv1(bytes: Uint8Array, offset: number, length: number, into: PayloadInfo): void {
  if (length < 2) return;
  const end = offset + length;
  const head = bytes[offset]!;
  const counted = (head >> 4) & 3;
  const elements = counted === 0 ? length : counted;
  let first = true;
  let at = offset + 1;
  for (let index = 1; at < end && index <= elements; index += 1) {
    let next = end;
    if (counted === 0 || index < elements) {
      const size = elementSize(bytes, at, end);
      at += sizeBytes(bytes, at, end);
      next = at + size;
      if (next > end) return;
    }
    if (next > at && !(first && (head & CONTINUES) !== 0)) readObu(bytes, at, next, into);
    first = false;
    at = next;
  }
  if ((head & (NEW_CODED_VIDEO_SEQUENCE | CONTINUES)) === NEW_CODED_VIDEO_SEQUENCE) into.keyFrame = true;
}

// AV1 section 4.10.5: leb128, seven bits a byte, lowest first; five bytes hold any size that a packet can.
function elementSize(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = 0; i < 5 && start + i < end; i += 1) {
    value += (bytes[start + i]! & 0x7f) * 2 ** (7 * i);
    if ((bytes[start + i]! & 0x80) === 0) return value;
  }
  return end;
}

function sizeBytes(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at]! & 0x80) !== 0) at += 1;
  return at + 1 - start;
}

// AV1 section 5.3: header byte, extension byte and size, the last two only when the first says so.
function readObu(bytes: Uint8Array, start: number, end: number, into: PayloadInfo): void {
  const head = bytes[start]!;
  let at = start + 1;
  if (head & 0x04) {
    if (at >= end) return;
    into.temporalId = bytes[at]! >> 5;
    into.spatialId = (bytes[at]! >> 3) & 3;
    at += 1;
  }
  if (head & 0x02) at += sizeBytes(bytes, at, end);
  const type = (head >> 3) & 0x0f;
  if (type === SEQUENCE_HEADER || type === FRAME_HEADER || type === FRAME) into.frameStart = true;
  if (type !== SEQUENCE_HEADER) return;
  into.keyFrame = true;
  if (at < end) readAv1SequenceHeader(bytes, at, end, into);
}

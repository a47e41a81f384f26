import { readUint16 } from '../big-endian.js';
import { BitReader } from './bit-reader.js';
import { readH264Sps } from './h264-sps.js';
import type { PayloadInfo } from './payload-info.js';

const NON_IDR = 1;
const PARTITION_A = 2;
const IDR = 5;
const SEI = 6;
const SPS = 7;
const PPS = 8;
const DELIMITER = 9;
const STAP_A = 24;
const FU_A = 28;
const bits = new BitReader();

/** Reads an H.264 payload: single NAL unit, STAP-A or FU-A (RFC 6184 sections 5.6, 5.7.1 and 5.8). */
export function inspectH264(bytes: Uint8Array, offset: number, length: number, into: PayloadInfo): void {
  if (length < 1) return;
  const end = offset + length;
  const head = bytes[offset]!;
  switch (head & 0x1f) {
    case STAP_A:
      return readAggregate(bytes, offset + 1, end, into);
    case FU_A:
      if (length < 3) return;
      into.discardable = isDiscardable(head, bytes[offset + 1]!);
      if (bytes[offset + 1]! & 0x80) readUnit(bytes, bytes[offset + 1]! & 0x1f, offset + 1, end, into);
      return;
    default:
      into.discardable = isDiscardable(head, head);
      return readUnit(bytes, head & 0x1f, offset, end, into);
  }
}

// RFC 6184 section 5.3: a slice (types 1 to 4) whose nal_ref_idc is 0.
function isDiscardable(referenceByte: number, typeByte: number): boolean {
  const type = typeByte & 0x1f;
  return (referenceByte & 0x60) === 0 && type >= NON_IDR && type < IDR;
}

function readAggregate(bytes: Uint8Array, start: number, end: number, into: PayloadInfo): void {
  let at = start;
  let discardable = true;
  while (at + 3 <= end) {
    const next = at + 2 + readUint16(bytes, at);
    if (next > end || next === at + 2) break;
    discardable &&= isDiscardable(bytes[at + 2]!, bytes[at + 2]!);
    readUnit(bytes, bytes[at + 2]! & 0x1f, at + 2, next, into);
    at = next;
  }
  into.discardable = discardable && at > start;
}

function readUnit(bytes: Uint8Array, type: number, offset: number, end: number, into: PayloadInfo): void {
  switch (type) {
    case NON_IDR:
    case PARTITION_A:
    case IDR:
      return readSlice(bytes, type, offset, end, into);
    case SPS:
      into.frameStart = true;
      into.keyFrame = true;
      return readH264Sps(bytes, offset, end, into);
    case SEI:
    case PPS:
    case DELIMITER:
      into.frameStart = true;
      return;
    default:
  }
}

// H.264 section 7.3.3: first_mb_in_slice, then slice_type, of which 1 and 6 are B.
function readSlice(bytes: Uint8Array, type: number, offset: number, end: number, into: PayloadInfo): void {
  bits.open(bytes, offset + 1, end, true);
  const firstMacroblock = bits.unsignedGolomb();
  const sliceType = bits.unsignedGolomb();
  if (bits.exhausted) return;
  if (sliceType % 5 === 1 && sliceType < 10) into.bFrames = true;
  if (firstMacroblock !== 0) return;
  into.frameStart = true;
  if (type === IDR) into.keyFrame = true;
}

import { readUint16 } from '../big-endian.js';
import { readH265Sps } from './h265-sps.js';
import type { PayloadInfo } from './payload-info.js';

const LAST_SUB_LAYER_PICTURE = 14;
const FIRST_IRAP = 16;
const LAST_IRAP = 23;
const LAST_SLICE = 31;
const VPS = 32;
const SPS = 33;
const DELIMITER = 35;
const PREFIX_SEI = 39;
const AGGREGATE = 48;
const FRAGMENT = 49;

/** Reads an H.265 payload: single NAL unit, aggregation packet or fragment (RFC 7798 section 4.4). */
export function inspectH265(bytes: Uint8Array, offset: number, length: number, into: PayloadInfo): void {
  if (length < 3) return;
  const end = offset + length;
  const type = unitType(bytes, offset);
  into.spatialId = Math.min(7, ((bytes[offset]! & 1) << 5) | (bytes[offset + 1]! >> 3));
  into.temporalId = Math.max(0, (bytes[offset + 1]! & 7) - 1);
  if (type === AGGREGATE) return readAggregate(bytes, offset + 2, end, into);
  if (type !== FRAGMENT) return readUnit(bytes, type, offset + 2, end, into);
  const header = bytes[offset + 2]!;
  into.discardable = isDiscardable(header & 0x3f);
  if (header & 0x80) readUnit(bytes, header & 0x3f, offset + 3, end, into);
}

function unitType(bytes: Uint8Array, offset: number): number {
  return (bytes[offset]! >> 1) & 0x3f;
}

// H.265 table 7-1: even types below 16 are sub-layer non-reference pictures.
function isDiscardable(type: number): boolean {
  return type <= LAST_SUB_LAYER_PICTURE && type % 2 === 0;
}

function readAggregate(bytes: Uint8Array, start: number, end: number, into: PayloadInfo): void {
  let at = start;
  let discardable = true;
  while (at + 4 <= end) {
    const next = at + 2 + readUint16(bytes, at);
    if (next > end || next < at + 4) break;
    const type = unitType(bytes, at + 2);
    discardable &&= isDiscardable(type);
    readUnit(bytes, type, at + 4, next, into);
    at = next;
  }
  into.discardable = discardable && at > start;
}

function readUnit(bytes: Uint8Array, type: number, body: number, end: number, into: PayloadInfo): void {
  into.discardable = isDiscardable(type);
  if (type <= LAST_SLICE) {
    // H.265 section 7.3.6.1: first_slice_segment_in_pic_flag.
    if (body >= end || (bytes[body]! & 0x80) === 0) return;
    into.frameStart = true;
    if (type >= FIRST_IRAP && type <= LAST_IRAP) into.keyFrame = true;
    return;
  }
  if (type > DELIMITER && type !== PREFIX_SEI) return;
  into.frameStart = true;
  if (type === VPS || type === SPS) into.keyFrame = true;
  if (type === SPS) readH265Sps(bytes, body, end, into);
}

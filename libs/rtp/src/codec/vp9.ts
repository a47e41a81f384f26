import { readUint16 } from '../big-endian.js';
import type { PayloadInfo } from './payload-info.js';

const PICTURE_ID = 0x80;
const INTER_PICTURE = 0x40;
const LAYER_INDICES = 0x20;
const FLEXIBLE = 0x10;
const BEGINNING = 0x08;
const SCALABILITY = 0x02;

/** Reads a VP9 payload descriptor (RFC 9628 section 4.2). */
export function inspectVp9(bytes: Uint8Array, offset: number, length: number, into: PayloadInfo): void {
  const end = offset + length;
  if (length < 1) return;
  const head = bytes[offset]!;
  let at = offset + 1;
  if (head & PICTURE_ID) {
    if (at >= end) return;
    at += bytes[at]! & 0x80 ? 2 : 1;
  }
  let interLayer = false;
  if (head & LAYER_INDICES) {
    if (at >= end) return;
    into.temporalId = bytes[at]! >> 5;
    into.switchingPoint = (bytes[at]! & 0x10) !== 0;
    into.spatialId = (bytes[at]! >> 1) & 7;
    interLayer = (bytes[at]! & 1) !== 0;
    at += head & FLEXIBLE ? 1 : 2;
  }
  if ((head & FLEXIBLE) !== 0 && (head & INTER_PICTURE) !== 0) at = skipReferences(bytes, at, end);
  if (at >= end) return;
  if (head & SCALABILITY) at = readScalability(bytes, at, end, into);
  if (at >= end || (head & BEGINNING) === 0) return;
  into.frameStart = into.spatialId === 0;
  into.keyFrame = into.frameStart && (head & INTER_PICTURE) === 0 && !interLayer;
}

// RFC 9628 section 4.2: up to three reference differences, each saying whether another follows.
function skipReferences(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end && at < start + 3; at += 1) {
    if ((bytes[at]! & 1) === 0) return at + 1;
  }
  return Math.min(end, start + 3);
}

// RFC 9628 section 4.2.1: the last size belongs to the highest spatial layer.
function readScalability(bytes: Uint8Array, start: number, end: number, into: PayloadInfo): number {
  const layers = (bytes[start]! >> 5) + 1;
  const hasSizes = (bytes[start]! & 0x10) !== 0;
  const hasGroup = (bytes[start]! & 0x08) !== 0;
  let at = start + 1;
  if (hasSizes) {
    at += layers * 4;
    if (at > end) return end;
    into.width = readUint16(bytes, at - 4);
    into.height = readUint16(bytes, at - 2);
  }
  if (!hasGroup) return at;
  if (at >= end) return end;
  const pictures = bytes[at]!;
  at += 1;
  for (let i = 0; i < pictures && at < end; i += 1) at += 1 + ((bytes[at]! >> 2) & 3);
  return at;
}

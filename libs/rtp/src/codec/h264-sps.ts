import { readUint24 } from '../big-endian.js';
import { BitReader } from './bit-reader.js';
import type { PayloadInfo } from './payload-info.js';

const EXTENDED_SAR = 255;
// H.264 section A.3.1: the square root of 8 times MaxFS of level 6.2.
const MAX_SIDE_IN_MACROBLOCKS = 1055;
const bits = new BitReader();

/** Reads an H.264 sequence parameter set that begins with its NAL unit header (H.264 section 7.3.2.1.1). */
export function readH264Sps(bytes: Uint8Array, offset: number, end: number, into: PayloadInfo): void {
  if (offset + 4 > end) return;
  into.profileLevelId = readUint24(bytes, offset + 1);
  bits.open(bytes, offset + 4, end, true);
  bits.unsignedGolomb();
  const chromaFormat = hasChromaFormat(bytes[offset + 1]!) ? readChromaFormat() : 1;
  bits.unsignedGolomb();
  skipPictureOrder();
  bits.unsignedGolomb();
  bits.bit();
  const widthInMacroblocks = bits.unsignedGolomb() + 1;
  const heightInMapUnits = bits.unsignedGolomb() + 1;
  const fieldFactor = bits.bit() === 1 ? 1 : 2;
  if (fieldFactor === 2) bits.bit();
  bits.bit();
  const unitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const unitY = (chromaFormat === 1 ? 2 : 1) * fieldFactor;
  let cropX = 0;
  let cropY = 0;
  if (bits.bit() === 1) {
    cropX = (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitX;
    cropY = (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitY;
  }
  const width = widthInMacroblocks * 16 - cropX;
  const height = heightInMapUnits * fieldFactor * 16 - cropY;
  if (bits.exhausted || width <= 0 || height <= 0) return;
  if (Math.max(widthInMacroblocks, heightInMapUnits * fieldFactor) > MAX_SIDE_IN_MACROBLOCKS) return;
  into.width = width;
  into.height = height;
  if (bits.bit() === 1) readReorderFrames(into);
}

function hasChromaFormat(profile: number): boolean {
  switch (profile) {
    case 100:
    case 110:
    case 122:
    case 244:
    case 44:
    case 83:
    case 86:
    case 118:
    case 128:
    case 138:
    case 139:
    case 134:
    case 135:
      return true;
    default:
      return false;
  }
}

function readChromaFormat(): number {
  const chromaFormat = bits.unsignedGolomb();
  const separatePlanes = chromaFormat === 3 && bits.bit() === 1;
  bits.unsignedGolomb();
  bits.unsignedGolomb();
  bits.bit();
  if (bits.bit() === 1) {
    const lists = chromaFormat === 3 ? 12 : 8;
    for (let i = 0; i < lists; i += 1) {
      if (bits.bit() === 1) skipScalingList(i < 6 ? 16 : 64);
    }
  }
  return separatePlanes ? 0 : chromaFormat;
}

function skipScalingList(size: number): void {
  let next = 8;
  for (let i = 0; i < size && next !== 0 && !bits.exhausted; i += 1) {
    next = (next + bits.signedGolomb() + 256) % 256;
  }
}

function skipPictureOrder(): void {
  const type = bits.unsignedGolomb();
  if (type === 0) bits.unsignedGolomb();
  if (type !== 1) return;
  bits.bit();
  bits.signedGolomb();
  bits.signedGolomb();
  const cycle = bits.unsignedGolomb();
  for (let i = 0; i < cycle && !bits.exhausted; i += 1) bits.signedGolomb();
}

// H.264 section E.1.1: max_num_reorder_frames stands near the end of the VUI parameters.
function readReorderFrames(into: PayloadInfo): void {
  if (bits.bit() === 1 && bits.bits(8) === EXTENDED_SAR) bits.skip(32);
  if (bits.bit() === 1) bits.bit();
  if (bits.bit() === 1) {
    bits.skip(4);
    if (bits.bit() === 1) bits.skip(24);
  }
  if (bits.bit() === 1) {
    bits.unsignedGolomb();
    bits.unsignedGolomb();
  }
  if (bits.bit() === 1) bits.skip(65);
  const nalHrd = bits.bit() === 1;
  if (nalHrd) skipHrd();
  const vclHrd = bits.bit() === 1;
  if (vclHrd) skipHrd();
  if (nalHrd || vclHrd) bits.bit();
  bits.bit();
  if (bits.bit() === 0) return;
  bits.bit();
  for (let i = 0; i < 4; i += 1) bits.unsignedGolomb();
  const reorderFrames = bits.unsignedGolomb();
  if (!bits.exhausted && reorderFrames <= 16) into.reorderFrames = reorderFrames;
}

function skipHrd(): void {
  const count = bits.unsignedGolomb() + 1;
  bits.skip(8);
  for (let i = 0; i < count && !bits.exhausted; i += 1) {
    bits.unsignedGolomb();
    bits.unsignedGolomb();
    bits.bit();
  }
  bits.skip(20);
}

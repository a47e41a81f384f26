import { BitReader } from './bit-reader.js';
import type { PayloadInfo } from './payload-info.js';

const MAX_SIDE = 16_384;
const bits = new BitReader();

/** Reads the size out of an H.265 sequence parameter set, after its NAL unit header (H.265 section 7.3.2.2.1). */
export function readH265Sps(bytes: Uint8Array, offset: number, end: number, into: PayloadInfo): void {
  bits.open(bytes, offset, end, true);
  bits.skip(4);
  const subLayers = bits.bits(3);
  bits.skip(1);
  skipProfileTierLevel(subLayers);
  bits.unsignedGolomb();
  const chromaFormat = bits.unsignedGolomb();
  const separatePlanes = chromaFormat === 3 && bits.bit() === 1;
  let width = bits.unsignedGolomb();
  let height = bits.unsignedGolomb();
  if (bits.bit() === 1) {
    const subsampled = !separatePlanes;
    const unitX = subsampled && (chromaFormat === 1 || chromaFormat === 2) ? 2 : 1;
    const unitY = subsampled && chromaFormat === 1 ? 2 : 1;
    width -= (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitX;
    height -= (bits.unsignedGolomb() + bits.unsignedGolomb()) * unitY;
  }
  if (bits.exhausted || width <= 0 || height <= 0 || width > MAX_SIDE || height > MAX_SIDE) return;
  into.width = width;
  into.height = height;
}

// H.265 section 7.3.3: 88 bits of profile and 8 of level, then the same for each sub-layer that says so.
function skipProfileTierLevel(subLayers: number): void {
  bits.skip(96);
  if (subLayers === 0) return;
  let skipped = 0;
  for (let i = 0; i < 8; i += 1) {
    const profilePresent = bits.bit() === 1;
    const levelPresent = bits.bit() === 1;
    if (i >= subLayers) continue;
    skipped += (profilePresent ? 88 : 0) + (levelPresent ? 8 : 0);
  }
  bits.skip(skipped);
}

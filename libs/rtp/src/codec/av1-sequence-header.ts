import { BitReader } from './bit-reader.js';
import type { PayloadInfo } from './payload-info.js';

const bits = new BitReader();

/** Reads the size out of an AV1 sequence header (AV1 section 5.5.1). */
export function readAv1SequenceHeader(bytes: Uint8Array, offset: number, end: number, into: PayloadInfo): void {
  bits.open(bytes, offset, end, false);
  bits.skip(4);
  if (bits.bit() === 1) bits.skip(5);
  else skipOperatingPoints();
  const widthBits = bits.bits(4) + 1;
  const heightBits = bits.bits(4) + 1;
  const width = bits.bits(widthBits) + 1;
  const height = bits.bits(heightBits) + 1;
  if (bits.exhausted) return;
  into.width = width;
  into.height = height;
}

function skipOperatingPoints(): void {
  let delayBits = 0;
  if (bits.bit() === 1) {
    skipTimingInfo();
    if (bits.bit() === 1) {
      delayBits = bits.bits(5) + 1;
      bits.skip(42);
    }
  }
  const hasDisplayDelay = bits.bit() === 1;
  const points = bits.bits(5) + 1;
  for (let i = 0; i < points && !bits.exhausted; i += 1) {
    bits.skip(12);
    if (bits.bits(5) > 7) bits.skip(1);
    if (delayBits > 0 && bits.bit() === 1) bits.skip(delayBits * 2 + 1);
    if (hasDisplayDelay && bits.bit() === 1) bits.skip(4);
  }
}

// AV1 section 5.5.3: two 32-bit numbers, then num_ticks_per_picture as uvlc when the interval is equal.
function skipTimingInfo(): void {
  bits.skip(64);
  if (bits.bit() === 1) bits.unsignedGolomb();
}

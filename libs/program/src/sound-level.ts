import { SILENT_LEVEL } from '@weir/stage';

/** How loud a block of sound is: decibels below overload, 0 to 127, as RFC 6464 section 3 counts. */
export function levelOf(block: Float32Array): number {
  let sum = 0;
  for (const sample of block) sum += sample * sample;
  if (sum === 0) return SILENT_LEVEL;
  // A square wave of full scale is 0.
  const decibels = -10 * Math.log10(sum / block.length);
  return Math.min(SILENT_LEVEL, Math.max(0, decibels));
}

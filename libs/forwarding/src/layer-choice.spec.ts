import { describe, expect, it } from 'vitest';
import { chooseLayer } from './layer-choice.js';

const layer = (pixels: number, bitrateBps: number, silentMs = 0) => ({ pixels, bitrateBps, silentMs });

describe('chooseLayer', () => {
  it('takes the most pixels', () => {
    expect(chooseLayer([layer(100, 9), layer(400, 5), layer(200, 7)], -1)).toBe(1);
  });

  it('goes by bitrate while the size is unknown, and stays when the gain is small', () => {
    expect(chooseLayer([layer(0, 100), layer(0, 110)], 0)).toBe(0);
    expect(chooseLayer([layer(0, 100), layer(0, 130)], 0)).toBe(1);
  });

  it('leaves a layer that fell silent', () => {
    expect(chooseLayer([layer(400, 0, 2000), layer(100, 5)], 0)).toBe(1);
  });

  it('stays where it is when every layer is silent', () => {
    expect(chooseLayer([layer(400, 0, 2000), layer(100, 0, 2000)], 0)).toBe(0);
    expect(chooseLayer([], 0)).toBe(-1);
  });
});

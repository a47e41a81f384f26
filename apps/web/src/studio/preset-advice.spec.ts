import { describe, expect, it } from 'vitest';
import { PresetAdvice } from './preset-advice.js';

const WEAK = { level: 'good', cause: 'cpu' } as const;
const FINE = { level: 'excellent', cause: 'none' } as const;

describe('PresetAdvice', () => {
  it('offers the next smaller picture after five seconds of a weak computer', () => {
    const advice = new PresetAdvice();
    expect(advice.take(WEAK, '1080p', 0)).toBeUndefined();
    expect(advice.take(WEAK, '1080p', 4999)).toBeUndefined();
    expect(advice.take(WEAK, '1080p', 5000)).toBe('720p');
  });

  it('begins anew when it got better in between, or something was done', () => {
    const advice = new PresetAdvice();
    advice.take(WEAK, '720p', 0);
    advice.take(FINE, '720p', 3000);
    expect(advice.take(WEAK, '720p', 6000)).toBeUndefined();
    advice.reset();
    expect(advice.take(WEAK, '720p', 12_000)).toBeUndefined();
  });

  it('has nothing to offer below the smallest, nor against loss', () => {
    const advice = new PresetAdvice();
    advice.take(WEAK, '360p', 0);
    expect(advice.take(WEAK, '360p', 6000)).toBeUndefined();
    const lossy = { level: 'bad', cause: 'loss' } as const;
    expect([0, 9000].map((at) => advice.take(lossy, '720p', at))).toEqual([undefined, undefined]);
  });
});

import { describe, expect, it } from 'vitest';
import { LossyLink } from './lossy-link.js';

const fates = (link: LossyLink) => Array.from({ length: 10_000 }, () => link.next());

describe('LossyLink', () => {
  it('delivers everything once and at once unless told otherwise', () => {
    expect(fates(new LossyLink({ seed: 1 })).every((delays) => delays.length === 1 && delays[0] === 0)).toBe(true);
  });

  it('loses, doubles and holds back about the shares it is told', () => {
    const link = new LossyLink({ seed: 2, lossRate: 0.05, duplicateRate: 0.1, reorderRate: 0.2, delayMs: 5 });
    const delays = fates(link).flat();
    expect(link.counts.lost / 10_000).toBeCloseTo(0.05, 1);
    expect(link.counts.duplicated / 10_000).toBeCloseTo(0.1, 1);
    expect(link.counts.reordered / 10_000).toBeCloseTo(0.2, 1);
    expect(new Set(delays)).toEqual(new Set([5, 25]));
  });

  it('decides the same for the same seed', () => {
    const options = { seed: 3, lossRate: 0.3, reorderRate: 0.3 };
    expect(fates(new LossyLink(options))).toEqual(fates(new LossyLink(options)));
  });
});

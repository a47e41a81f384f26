import { describe, expect, it } from 'vitest';
import { PublishRate } from './publish-rate.js';
import { RequestLimit } from './request-limit.js';

describe('PublishRate', () => {
  it('starts at the limit and never goes above it', () => {
    const rate = new PublishRate(5_000_000);
    rate.observe(0, 4_000_000);
    expect(rate.bps).toBe(5_000_000);
  });

  it('falls with loss and comes back without', () => {
    const rate = new PublishRate(5_000_000);
    rate.observe(0.2, 2_000_000);
    expect(rate.bps).toBe(2_250_000);
    rate.observe(0, 2_000_000);
    expect(rate.bps).toBe(2_430_000);
  });
});

describe('RequestLimit', () => {
  it('lets so many through in a window', () => {
    const limit = new RequestLimit(2, 1000);
    expect([0, 10, 20, 1000, 1005, 1010].map((now) => limit.allow(now))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});

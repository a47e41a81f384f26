import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.js';
import { TokenBuckets } from './token-buckets.js';

describe('TokenBucket', () => {
  it('lets a burst through, then as many as its rate, and says when the next may come', () => {
    const bucket = new TokenBucket({ burst: 2, perSecond: 4 }, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 250]);
    expect(bucket.take(125)).toBe(125);
    expect(bucket.take(250)).toBe(0);
    expect(bucket.take(100)).toBe(250);
  });
});

describe('TokenBuckets', () => {
  it('keeps keys apart', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 });
    expect([buckets.take('a', 0), buckets.take('a', 0), buckets.take('b', 0)]).toEqual([0, 1000, 0]);
  });

  it('forgets keys that took nothing lately', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 });
    for (let key = 0; key < 20_000; key += 1) buckets.take(`key ${key}`, key * 10);
    expect(buckets.size).toBeLessThan(9000);
  });
});

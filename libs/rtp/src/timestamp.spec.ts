import { describe, expect, it } from 'vitest';
import { TimestampUnwrapper, timestampDistance } from './timestamp.js';

describe('timestampDistance', () => {
  it.each([
    [0, 3000, 3000],
    [3000, 0, -3000],
    [0xffffffff, 1, 2],
    [1, 0xffffffff, -2],
    [0, 0x80000000, -0x80000000],
  ])('from %i to %i is %i', (from, to, distance) => {
    expect(timestampDistance(from, to)).toBe(distance);
  });
});

describe('TimestampUnwrapper', () => {
  it('rises over the wrap and places late timestamps before it', () => {
    const unwrapper = new TimestampUnwrapper();
    expect(unwrapper.latest).toBe(-1);
    expect(unwrapper.unwrap(0xfffffff0)).toBe(2 ** 32 + 0xfffffff0);
    expect(unwrapper.unwrap(0x10)).toBe(2 ** 33 + 0x10);
    expect(unwrapper.unwrap(0xfffffff8)).toBe(2 ** 32 + 0xfffffff8);
    expect(unwrapper.latest).toBe(2 ** 33 + 0x10);
  });

  it('keeps timestamps before the first one positive', () => {
    const unwrapper = new TimestampUnwrapper();
    unwrapper.unwrap(0);
    expect(unwrapper.unwrap(0xffffffff)).toBe(2 ** 32 - 1);
  });
});

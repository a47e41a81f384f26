import { describe, expect, it } from 'vitest';
import { SequenceUnwrapper, sequenceDistance } from './sequence.js';

describe('sequenceDistance', () => {
  it.each([
    [0, 0, 0],
    [10, 12, 2],
    [12, 10, -2],
    [65535, 0, 1],
    [0, 65535, -1],
    [0, 32767, 32767],
    [0, 32768, -32768],
    [65530, 65536 + 70000, 70006 - 65536],
  ])('from %i to %i is %i', (from, to, distance) => {
    expect(sequenceDistance(from, to)).toBe(distance);
  });
});

describe('SequenceUnwrapper', () => {
  it('starts in the second cycle, so that older numbers stay positive', () => {
    const unwrapper = new SequenceUnwrapper();
    expect(unwrapper.latest).toBe(-1);
    expect(unwrapper.unwrap(0)).toBe(65536);
    expect(unwrapper.unwrap(65535)).toBe(65535);
    expect(unwrapper.unwrap(32768)).toBe(32768);
    expect(unwrapper.latest).toBe(65536);
  });

  it('rises over the wrap and places late numbers before it', () => {
    const unwrapper = new SequenceUnwrapper();
    expect(unwrapper.unwrap(65534)).toBe(131070);
    expect(unwrapper.unwrap(1)).toBe(131073);
    expect(unwrapper.unwrap(65535)).toBe(131071);
    expect(unwrapper.unwrap(0)).toBe(131072);
    expect(unwrapper.latest).toBe(131073);
  });

  it('stays exact beyond 2^32', () => {
    const unwrapper = new SequenceUnwrapper();
    let last = unwrapper.unwrap(0);
    for (let i = 1; i < 3 * 65536; i += 1) last = unwrapper.unwrap((i * 32767) & 0xffff);
    expect(last).toBe(65536 + (3 * 65536 - 1) * 32767);
  });
});

import { describe, expect, it } from 'vitest';
import { equalInConstantTime } from './constant-time.js';

describe('equalInConstantTime', () => {
  const a = Uint8Array.of(9, 1, 2, 3);
  const b = Uint8Array.of(1, 2, 3, 4);

  it('compares ranges', () => {
    expect(equalInConstantTime(a, 1, b, 0, 3)).toBe(true);
    expect(equalInConstantTime(a, 0, b, 0, 3)).toBe(false);
  });

  it('finds a difference in any bit', () => {
    for (let bit = 0; bit < 32; bit += 1) {
      const changed = b.slice();
      changed[bit >>> 3]! ^= 1 << (bit & 7);
      expect(equalInConstantTime(b, 0, changed, 0, 4)).toBe(false);
    }
  });

  it('calls ranges that leave their bytes different', () => {
    expect(equalInConstantTime(a, 2, b, 0, 3)).toBe(false);
  });
});

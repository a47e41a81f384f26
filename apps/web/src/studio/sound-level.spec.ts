import { describe, expect, it } from 'vitest';
import { meterPosition } from './sound-level.js';

describe('meterPosition', () => {
  it('runs from silence at 0 to full scale at 1 on a scale of decibels', () => {
    expect(meterPosition(0)).toBe(0);
    expect(meterPosition(0.001)).toBe(0);
    expect(meterPosition(1)).toBe(1);
    expect(meterPosition(10 ** (-27 / 20))).toBeCloseTo(0.5);
  });
});

import { expect, it } from 'vitest';
import { levelOf } from './sound-level.js';

it('counts decibels below overload', () => {
  expect(levelOf(new Float32Array(100).fill(1))).toBeCloseTo(0);
  expect(levelOf(new Float32Array(100).fill(-0.1))).toBeCloseTo(20);
  expect(levelOf(new Float32Array(100))).toBe(127);
  expect(levelOf(new Float32Array(100).fill(7))).toBe(0);
});

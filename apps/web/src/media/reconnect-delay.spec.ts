import { describe, expect, it } from 'vitest';
import { politeDelayMs, reconnectDelayMs } from './reconnect-delay.js';

describe('reconnectDelayMs', () => {
  it('tries at once, then waits longer up to seven seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 100].map((attempt) => reconnectDelayMs(attempt, 0))).toEqual([
      0, 300, 1200, 2700, 4800, 7000, 7000, 7000,
    ]);
  });

  it('spreads the later attempts by up to a second', () => {
    expect(reconnectDelayMs(1, 0.5)).toBe(300);
    expect(reconnectDelayMs(2, 0.5)).toBe(1700);
  });
});

describe('politeDelayMs', () => {
  it('keeps near what the server asked for, within half a second and thirty seconds', () => {
    expect(politeDelayMs(5000, 0.5)).toBe(5000);
    expect(politeDelayMs(0, 0.5)).toBe(500);
    expect(politeDelayMs(3_600_000, 0.5)).toBe(30_000);
  });
});

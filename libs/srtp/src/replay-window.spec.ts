import { describe, expect, it } from 'vitest';
import { ReplayWindow } from './replay-window.js';

function received(size: number, ...indices: number[]): ReplayWindow {
  const window = new ReplayWindow(size);
  for (const index of indices) window.commit(index);
  return window;
}

describe('ReplayWindow', () => {
  it('admits every index once', () => {
    const window = received(128, 5, 3, 9);
    expect([3, 5, 9].map((index) => window.admits(index))).toEqual([false, false, false]);
    expect([0, 4, 8, 10, 5000].every((index) => window.admits(index))).toBe(true);
  });

  it('refuses what is older than the window and below zero', () => {
    const window = received(128, 200);
    expect(window.admits(72)).toBe(false);
    expect(window.admits(73)).toBe(true);
    expect(received(128, 3).admits(-1)).toBe(false);
  });

  it('forgets skipped indices when it advances, by little or by a lot', () => {
    const window = received(128, 0, 1, 2, 130);
    expect(window.admits(129)).toBe(true);
    window.commit(100_000);
    expect(window.admits(99_999)).toBe(true);
    expect(window.admits(100_000)).toBe(false);
  });

  it('agrees with a set that remembers everything, up to 48-bit indices', () => {
    const window = new ReplayWindow(128);
    const seen = new Set<number>();
    let highest = 2 ** 48 - 20_000;
    let random = 12345;
    for (let i = 0; i < 20_000; i += 1) {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      const index = highest - 160 + ((random >>> 8) % 170);
      const fresh = index > window.highest || (window.highest - index < 128 && !seen.has(index));
      expect(window.admits(index)).toBe(fresh);
      if (!fresh) continue;
      window.commit(index);
      seen.add(index);
      highest = Math.max(highest, index);
    }
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { message } from './fake-chat.js';
import { PictureStep } from './picture-step.js';

let shownMs: number | undefined;
let released: number[];

function step(): PictureStep {
  return new PictureStep(
    () => shownMs,
    (messages) => released.push(...messages.map(({ seq }) => seq)),
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  shownMs = 50_000;
  released = [];
});
afterEach(() => void vi.useRealTimers());

describe('PictureStep', () => {
  it('holds nothing that has no time, is near enough, is past, or is too far away to wait for', () => {
    const held = [null, 50_200, 40_000, 80_000].map((mediaAtMs) => step().holds(message(1, { mediaAtMs })));
    expect(held).toEqual([false, false, false, false]);
  });

  it('holds nothing while nobody knows what is on the screen', () => {
    shownMs = undefined;
    expect(step().holds(message(1, { mediaAtMs: 52_000 }))).toBe(false);
  });

  it('releases each message with its picture', () => {
    const held = step();
    for (const [seq, mediaAtMs] of [
      [1, 52_000],
      [2, 54_000],
    ] as const)
      expect(held.holds(message(seq, { mediaAtMs }))).toBe(true);
    shownMs = 52_000;
    vi.advanceTimersByTime(100);
    expect(released).toEqual([1]);
    shownMs = 54_000;
    vi.advanceTimersByTime(100);
    expect(released).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits at most 15 s, as when the picture stands still', () => {
    const held = step();
    held.holds(message(1, { mediaAtMs: 52_000 }));
    vi.advanceTimersByTime(14_900);
    expect(released).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(released).toEqual([1]);
  });

  it('forgets what was deleted, and everything when it is closed', () => {
    const held = step();
    held.holds(message(1, { mediaAtMs: 52_000 }));
    held.holds(message(2, { mediaAtMs: 52_000 }));
    held.forget(({ seq }) => seq === 1);
    shownMs = 52_000;
    vi.advanceTimersByTime(100);
    expect(released).toEqual([2]);
    held.holds(message(3, { mediaAtMs: 54_000 }));
    held.close();
    vi.advanceTimersByTime(20_000);
    expect(released).toEqual([2]);
  });
});

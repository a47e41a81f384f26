import { describe, expect, it } from 'vitest';
import { OverloadGuard } from './overload-guard.js';

/** Seconds after which it asks to give up a rung, of 60. */
function secondsUntilOverload(
  queueAt: (second: number) => number,
  lagAt: (second: number) => number = () => 1,
): number {
  const guard = new OverloadGuard();
  guard.started(0);
  for (let tick = 0; tick < 60 * 30; tick += 1) {
    const second = tick / 30;
    if (guard.observe(second * 1000, queueAt(second), lagAt(second))) return second;
  }
  return Number.POSITIVE_INFINITY;
}

describe('OverloadGuard', () => {
  it('lets pass a full queue while the encoder starts, and short bursts', () => {
    expect(secondsUntilOverload((second) => (second < 5 ? 30 : 0))).toBe(Number.POSITIVE_INFINITY);
    expect(secondsUntilOverload((second) => (second % 4 < 1.5 ? 8 : 0))).toBe(Number.POSITIVE_INFINITY);
  });

  it('lets pass that the machine stood still, whenever that was', () => {
    const STALL_SECONDS = 2;
    const CATCHING_UP_SECONDS = 1;
    for (let begin = 6; begin < 14; begin += 0.1) {
      const guard = new OverloadGuard();
      guard.started(0);
      let isOverloaded = false;
      for (let tick = 0; tick < 20 * 30; tick += 1) {
        const due = tick / 30;
        const now = due >= begin && due < begin + STALL_SECONDS ? begin + STALL_SECONDS : due;
        const isCatchingUp = now >= begin + STALL_SECONDS && now < begin + STALL_SECONDS + CATCHING_UP_SECONDS;
        if (guard.observe(now * 1000, isCatchingUp ? 30 : 0, (now - due) * 1000)) isOverloaded = true;
      }
      expect(isOverloaded, `stalled at ${begin} s`).toBe(false);
    }
  });

  it('asks to give up a rung when the queue stays full or the ticks stay late', () => {
    expect(secondsUntilOverload(() => 4)).toBeCloseTo(9, 0);
    expect(
      secondsUntilOverload(
        () => 0,
        () => 120,
      ),
    ).toBeCloseTo(9, 0);
  });

  it('asks again only after another encoder had its time', () => {
    const guard = new OverloadGuard();
    guard.started(0);
    expect(guard.observe(10_000, 9, 0)).toBe(false);
    expect(guard.observe(14_000, 9, 0)).toBe(true);
    guard.started(14_000);
    expect(guard.observe(15_000, 9, 0)).toBe(false);
    expect(guard.observe(18_500, 9, 0)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { Replay } from './replay.js';

const PACE = { speed: 4, floorBps: 8_000_000 };

describe('Replay', () => {
  it('may send its burst at once and then goes on at its pace', () => {
    const replay = new Replay(0, 10_000, 0);
    expect(replay.credit(0, 1_000_000, PACE)).toBe(10_000);
    replay.spend(10_000);
    expect(replay.credit(5, 1_000_000, PACE)).toBeCloseTo(5000);
    replay.spend(5000);
    expect(replay.credit(10, 4_000_000, PACE)).toBeCloseTo(10_000);
  });

  it('does not save up more than ten milliseconds of its pace', () => {
    const replay = new Replay(0, 0, 0);
    expect(replay.credit(10_000, 0, PACE)).toBeCloseTo(100_000);
  });

  it('stamps old frames with the time of sending, rising, and fresh ones with their own', () => {
    const replay = new Replay(10, 0, 0);
    const present = 900_000;
    const old = replay.stamp(10, 1000, 600_000, present, -1);
    expect(old).toBe(present - 3600);
    replay.cursor = 12;
    const next = replay.stamp(12, 4000, 603_000, present, old);
    expect(next).toBe(old + 90);
    expect(replay.caughtUp).toBe(false);
    expect(replay.stamp(13, 7000, present - 100, present, next)).toBe(present - 100);
    expect(replay.caughtUp).toBe(true);
  });

  it('gives every packet of a frame the same stamp', () => {
    const replay = new Replay(10, 0, 0);
    const first = replay.stamp(10, 1000, 0, 100_000, -1);
    expect(replay.stamp(11, 1000, 0, 100_450, first)).toBe(first);
  });

  it('never goes back behind what was sent', () => {
    const replay = new Replay(10, 0, 0);
    expect(replay.stamp(10, 1000, 5000, 6000, 5990)).toBe(6080);
    expect(replay.caughtUp).toBe(false);
  });

  it('remembers the stamps for retransmission', () => {
    const replay = new Replay(10, 0, 0);
    const a = replay.stamp(10, 1000, 0, 100_000, -1);
    const b = replay.stamp(12, 4000, 0, 100_900, a);
    replay.cursor = 14;
    expect([10, 11, 12, 13, 14].map((sequence) => replay.timestampOf(sequence))).toEqual([a, a, b, b, -1]);
    expect(replay.timestampOf(9)).toBe(-1);
  });

  it('works across the wrap of the timestamp', () => {
    const replay = new Replay(0, 0, 0);
    expect(replay.stamp(0, 1000, 0xffff_0000, 1000, -1)).toBe((1000 - 3600) >>> 0);
  });
});

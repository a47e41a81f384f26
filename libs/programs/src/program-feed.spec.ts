import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgramFeed } from './program-feed.js';

const NOW_MS = 1_790_000_000_000;

let pushed: number[][];
let feed: ProgramFeed;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  pushed = [];
  feed = new ProgramFeed(() => ({
    push: (_kind, packets) => void pushed.push(packets.map(({ timestamp }) => timestamp)),
    clock: () => undefined,
    close: () => undefined,
  }));
});
afterEach(() => {
  vi.useRealTimers();
});

/** The picture of so many milliseconds ago, by a clock that is at 4 294 960 000 now. */
function picture(agoMs: number): void {
  const timestamp = (4_294_960_000 - agoMs * 90) >>> 0;
  const packet = { marker: true, payload: new Uint8Array(1) };
  feed.take({ type: 'rtp', kind: 'video', packets: [{ ...packet, timestamp }] });
}

const clock = () => feed.tell({ type: 'rtp-clock', kind: 'video', timestamp: 4_294_960_000, atMs: NOW_MS });

describe('ProgramFeed', () => {
  it('gives what there is since the last key frame all at once when it has come to the present', () => {
    feed.turn(true);
    clock();
    for (const agoMs of [1900, 1000, 401]) picture(agoMs);
    expect(pushed).toEqual([]);
    picture(399);
    picture(1000);
    expect(pushed.map(({ length }) => length)).toEqual([4, 1]);
  });

  it('waits for the present no longer than half a second, not at all without a clock, and never again', () => {
    feed.turn(true);
    clock();
    picture(1000);
    vi.advanceTimersByTime(501);
    picture(1000);
    expect(pushed.map(({ length }) => length)).toEqual([2]);
    feed.turn(false);
    feed.turn(true);
    picture(1000);
    clock();
    picture(1000);
    expect(pushed.map(({ length }) => length)).toEqual([2, 1, 1]);
  });

  it('gives sound at once, and nothing while it is not wanted', () => {
    const sound = {
      type: 'rtp',
      kind: 'audio',
      packets: [{ timestamp: 1, marker: false, payload: new Uint8Array(1) }],
    } as const;
    feed.take(sound);
    feed.turn(true);
    feed.take(sound);
    feed.turn(false);
    feed.take(sound);
    expect(pushed).toEqual([[1]]);
  });

  it('lets go of what a process told that is no more', () => {
    feed.turn(true);
    clock();
    picture(1000);
    feed.restarted();
    picture(1000);
    expect(pushed.map(({ length }) => length)).toEqual([1]);
  });
});

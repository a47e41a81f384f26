import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestRefused } from '../media/request-refused.js';
import { ChatReplay } from './chat-replay.js';
import { message } from './fake-chat.js';

const START_MS = 600_000_000;

let atMs: number | undefined;
let reads: [number, number][];

function replay(read?: () => Promise<never>): ChatReplay {
  const said = [10, 70, 200].map((seconds, index) => message(index + 1, { mediaAtMs: START_MS + seconds * 1000 }));
  return new ChatReplay({
    channel: 'demo',
    capturedAtMs: () => atMs,
    nowMs: () => Date.now(),
    read:
      read ??
      (async (_channel, fromMs, toMs) => {
        reads.push([fromMs, toMs]);
        return said.filter(({ mediaAtMs }) => mediaAtMs !== null && mediaAtMs >= fromMs && mediaAtMs <= toMs);
      }),
  });
}

const shown = (one: ChatReplay) => one.lines.value.map(({ seq }) => seq);

beforeEach(() => {
  vi.useFakeTimers();
  [atMs, reads] = [START_MS, []];
});
afterEach(() => void vi.useRealTimers());

describe('ChatReplay', () => {
  it('shows what was said up to the picture on the screen, also after a jump back', async () => {
    const held = replay();
    held.start();
    await vi.advanceTimersByTimeAsync(300);
    expect(shown(held)).toEqual([]);
    atMs = START_MS + 75_000;
    await vi.advanceTimersByTimeAsync(600);
    expect(shown(held)).toEqual([1, 2]);
    atMs = START_MS + 15_000;
    await vi.advanceTimersByTimeAsync(300);
    expect(shown(held)).toEqual([1]);
    held.close();
  });

  it('reads each minute once, and the next one ahead', async () => {
    const held = replay();
    held.start();
    await vi.advanceTimersByTimeAsync(5000);
    const before = reads.length;
    expect(reads).toContainEqual([START_MS, START_MS + 59_999]);
    atMs = START_MS + 50_000;
    await vi.advanceTimersByTimeAsync(5000);
    expect(reads.slice(before)).toEqual([[START_MS + 60_000, START_MS + 119_999]]);
    held.close();
  });

  it('waits until somebody knows where the picture is', async () => {
    atMs = undefined;
    const held = replay();
    held.start();
    await vi.advanceTimersByTimeAsync(5000);
    expect(reads).toEqual([]);
    held.close();
  });

  it('asks again after ten seconds when the server failed, and not where it may not be read', async () => {
    let asks = 0;
    const failing = replay(async () => {
      asks += 1;
      throw new RequestRefused(503, '');
    });
    failing.start();
    await vi.advanceTimersByTimeAsync(9000);
    const first = asks;
    await vi.advanceTimersByTimeAsync(2000);
    expect(asks).toBe(2 * first);
    failing.close();
    const closed = replay(async () => {
      throw new RequestRefused(404, '');
    });
    closed.start();
    await vi.advanceTimersByTimeAsync(300);
    expect(closed.closedToReader.value).toBe(true);
    closed.close();
  });
});

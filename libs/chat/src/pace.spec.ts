import type { ChatMessageTable } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatRefused } from './chat-refused.js';
import { Pace } from './pace.js';

let lastSaidAtMs: number | undefined;
let pace: Pace;
const anna = { key: 'a:1', guestAddress: undefined };

beforeEach(() => {
  vi.useFakeTimers();
  lastSaidAtMs = undefined;
  const table = { lastSaidAtMs: () => Promise.resolve(lastSaidAtMs) };
  pace = new Pace(table as unknown as ChatMessageTable, 'ch');
});

afterEach(() => vi.useRealTimers());

async function outcome(act: () => unknown): Promise<string> {
  try {
    await act();
    return 'granted';
  } catch (error) {
    return error instanceof ChatRefused ? `${error.fault.code} ${error.fault.retryAfterMs}` : String(error);
  }
}

describe('Pace', () => {
  it('takes five messages at once and one a second', async () => {
    const many = await Promise.all(Array.from({ length: 6 }, () => outcome(() => pace.say(anna, 0))));
    expect(many).toEqual([...Array.from({ length: 5 }, () => 'granted'), 'too-fast 1000']);
    vi.advanceTimersByTime(1000);
    expect(await outcome(() => pace.say(anna, 0))).toBe('granted');
  });

  it('takes guests of one address together', async () => {
    const guest = (n: number) => ({ key: `g:${n}`, guestAddress: '192.0.2.1' });
    const many = await Promise.all(Array.from({ length: 25 }, (_, n) => outcome(() => pace.say(guest(n), 0))));
    expect(many.filter((one) => one === 'granted')).toHaveLength(20);
    expect(await outcome(() => pace.say(anna, 0))).toBe('granted');
  });

  it('lets one message in the time of slow mode, unless that was not stored', async () => {
    const takeBack = await pace.say(anna, 10);
    vi.advanceTimersByTime(4000);
    expect(await outcome(() => pace.say(anna, 10))).toBe('slow-mode 6000');
    takeBack();
    expect(await outcome(() => pace.say(anna, 10))).toBe('granted');
    vi.advanceTimersByTime(10_000);
    expect(await outcome(() => pace.say(anna, 10))).toBe('granted');
  });

  it('remembers what was said before the room was opened', async () => {
    lastSaidAtMs = Date.now() - 3000;
    expect(await outcome(() => pace.say(anna, 10))).toBe('slow-mode 7000');
  });

  it('takes only so many reactions', async () => {
    const many = await Promise.all(Array.from({ length: 16 }, () => outcome(() => pace.react(anna))));
    expect(many.filter((one) => one === 'granted')).toHaveLength(15);
    expect(many.at(-1)).toBe('too-fast 200');
  });
});

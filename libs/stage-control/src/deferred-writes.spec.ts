import { Log } from '@weir/telemetry';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeferredWrites } from './deferred-writes.js';

let writes: DeferredWrites;
let written: string[];

beforeEach(() => {
  vi.useFakeTimers();
  writes = new DeferredWrites(Log.open({ level: 'silent', text: false }));
  written = [];
});

afterEach(() => vi.useRealTimers());

const write = (text: string) => (): Promise<void> => {
  written.push(text);
  return Promise.resolve();
};

it('writes the newest of each key', async () => {
  for (const text of ['a1', 'b1', 'a2', 'a3']) writes.put(text.slice(0, 1), write(text));
  await writes.flush();
  expect(written.at(-1)).toBe('a3');
  expect(written).toContain('b1');
  expect(written).not.toContain('a2');
});

it('tries again what could not be written, unless something newer is to be', async () => {
  const failing = vi.fn(() => Promise.reject(new Error('away')));
  writes.put('a', failing);
  await vi.advanceTimersByTimeAsync(0);
  writes.put('b', write('b'));
  await vi.advanceTimersByTimeAsync(2000);
  expect([failing.mock.calls.length, written]).toEqual([2, []]);
  writes.put('a', write('a'));
  await vi.advanceTimersByTimeAsync(2000);
  expect(written.toSorted()).toEqual(['a', 'b']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(failing).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Countdown } from './countdown.js';

let countdown: Countdown;
let told: number[];

beforeEach(() => {
  vi.useFakeTimers();
  countdown = new Countdown();
  told = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const run = () => countdown.run(3, (left) => told.push(left));

it('tells each second and reaches zero', async () => {
  const reached = run();
  expect(countdown.left.value).toBe(3);
  await vi.advanceTimersByTimeAsync(2999);
  expect(countdown.left.value).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await reached).toBe(true);
  expect(told).toEqual([3, 2, 1]);
  expect(countdown.left.value).toBeUndefined();
});

it('can be called off until the end, and leaves no timer', async () => {
  const reached = run();
  await vi.advanceTimersByTimeAsync(1500);
  countdown.cancel();
  expect(await reached).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([3, 2]);
});

it('can be skipped', async () => {
  const reached = run();
  countdown.skip();
  expect(await reached).toBe(true);
});

it('gives up an old count for a new one', async () => {
  const first = run();
  const second = run();
  expect(await first).toBe(false);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await second).toBe(true);
});

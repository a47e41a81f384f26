import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { failedOnThisNetwork, rememberNetwork } from './network-memory.js';

const NOW_MS = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  vi.stubGlobal('navigator', { connection: { type: 'wifi' } });
});

afterEach(() => vi.unstubAllGlobals());

it('knows nothing at first', () => {
  expect(failedOnThisNetwork(NOW_MS)).toBe(false);
});

it('remembers a failure for an hour', () => {
  rememberNetwork(true, NOW_MS);
  expect(failedOnThisNetwork(NOW_MS)).toBe(true);
  expect(failedOnThisNetwork(NOW_MS + HOUR_MS - 1)).toBe(true);
  expect(failedOnThisNetwork(NOW_MS + HOUR_MS)).toBe(false);
});

it('forgets it when real time works', () => {
  rememberNetwork(true, NOW_MS);
  rememberNetwork(false, NOW_MS + 1);
  expect(failedOnThisNetwork(NOW_MS + 2)).toBe(false);
});

it('keeps it apart from networks of another kind, where browsers tell the kind', () => {
  rememberNetwork(true, NOW_MS);
  vi.stubGlobal('navigator', { connection: { type: 'cellular' } });
  expect(failedOnThisNetwork(NOW_MS)).toBe(false);
  vi.stubGlobal('navigator', {});
  rememberNetwork(true, NOW_MS);
  expect(failedOnThisNetwork(NOW_MS)).toBe(true);
});

it('does not trust a clock that was set back', () => {
  rememberNetwork(true, NOW_MS);
  expect(failedOnThisNetwork(NOW_MS - 10 * HOUR_MS)).toBe(false);
});

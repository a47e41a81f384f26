import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReactionTally, type ReactionCounts } from './reaction-tally.js';

let told: ReactionCounts[];
let tally: ReactionTally;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  tally = new ReactionTally((counts) => told.push(counts));
});

afterEach(() => vi.useRealTimers());

describe('ReactionTally', () => {
  it('tells the sums every 200 ms, and nothing when there is nothing', () => {
    for (const reaction of ['🔥', '🔥', '❤️'] as const) tally.add(reaction);
    vi.advanceTimersByTime(199);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    tally.add('🎉');
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([{ '🔥': 2, '❤️': 1 }, { '🎉': 1 }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer when it is closed', () => {
    tally.add('🎉');
    tally.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EntryDeadline } from './entry-deadline.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('EntryDeadline', () => {
  it('is missed once after ten seconds, counted from its last beginning', () => {
    const missed = vi.fn();
    const deadline = new EntryDeadline(missed);
    vi.advanceTimersByTime(9000);
    deadline.begin();
    vi.advanceTimersByTime(9999);
    expect(missed).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20_000);
    expect(missed).toHaveBeenCalledTimes(1);
  });

  it('is not missed once it was lifted', () => {
    const missed = vi.fn();
    const deadline = new EntryDeadline(missed);
    deadline.lift();
    deadline.lift();
    vi.advanceTimersByTime(20_000);
    expect(missed).not.toHaveBeenCalled();
  });
});

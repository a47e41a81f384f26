import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer } from './announcer.js';

const said = (name: string, body: string) => ({ name, body });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Announcer', () => {
  it('reads out messages that come together in one go', () => {
    const announcer = new Announcer('all');
    announcer.hear([said('Bob', 'one')], 'Ann');
    announcer.hear([said('Eve', 'two')], 'Ann');
    expect(announcer.announcement.value.lines).toEqual([]);
    vi.advanceTimersByTime(1500);
    expect(announcer.announcement.value).toMatchObject({ serial: 1, lines: ['Bob: one', 'Eve: two'], more: 0 });
  });

  it('reads the newest of many and tells how many more there were', () => {
    const announcer = new Announcer('all');
    announcer.hear(
      Array.from({ length: 9 }, (_, index) => said('Bob', String(index))),
      'Ann',
    );
    vi.advanceTimersByTime(1500);
    expect(announcer.announcement.value.lines).toEqual(['Bob: 5', 'Bob: 6', 'Bob: 7', 'Bob: 8']);
    expect(announcer.announcement.value.more).toBe(5);
  });

  it('reads only mentions, or nothing, when that was chosen', () => {
    for (const [choice, lines] of [
      ['mentions', ['Eve: hi @ann']],
      ['off', []],
    ] as const) {
      const announcer = new Announcer(choice);
      announcer.hear([said('Bob', 'one'), said('Eve', 'hi @ann')], 'Ann');
      vi.advanceTimersByTime(1500);
      expect(announcer.announcement.value.lines).toEqual(lines);
    }
  });

  it('reads only mentions while more than 20 messages a minute come in, and all again after that', () => {
    let nowMs = 0;
    const announcer = new Announcer('all', () => nowMs);
    for (let count = 0; count < 30; count += 1) announcer.hear([said('Bob', 'spam')], 'Ann');
    vi.advanceTimersByTime(1500);
    announcer.hear([said('Bob', 'more'), said('Eve', '@Ann look')], 'Ann');
    vi.advanceTimersByTime(1500);
    expect(announcer.announcement.value.lines).toEqual(['Eve: @Ann look']);
    nowMs = 61_000;
    announcer.hear([said('Bob', 'calm')], 'Ann');
    vi.advanceTimersByTime(1500);
    expect(announcer.announcement.value.lines).toEqual(['Bob: calm']);
  });

  it('says what the page itself has to say, also when messages are off', () => {
    const announcer = new Announcer('off');
    announcer.say('Message deleted');
    vi.advanceTimersByTime(1500);
    expect(announcer.announcement.value.lines).toEqual(['Message deleted']);
  });
});

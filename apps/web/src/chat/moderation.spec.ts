import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatRoom } from './chat-room.js';
import { message } from './fake-chat.js';
import { Moderation } from './moderation.js';
import { sentLine } from './transcript.js';
import type { Trouble } from './trouble.js';

let asked: unknown[];
let trouble: Trouble | undefined;

function moderation(): Moderation {
  const room = {
    ask: async (name: string, body: object) => {
      asked.push([name, body]);
      return trouble;
    },
  };
  return new Moderation(room as unknown as ChatRoom);
}

beforeEach(() => {
  vi.useFakeTimers();
  [asked, trouble] = [[], undefined];
});
afterEach(() => void vi.useRealTimers());

describe('Moderation', () => {
  it('deletes in five seconds unless it is taken back', () => {
    const held = moderation();
    held.delete(sentLine(message(1)));
    expect(held.leaving.value).toBe('m1');
    vi.advanceTimersByTime(4900);
    expect(asked).toEqual([]);
    held.undoable.value?.revert();
    vi.advanceTimersByTime(5000);
    expect([asked, held.leaving.value]).toEqual([[], '']);
    held.delete(sentLine(message(2)));
    vi.advanceTimersByTime(5000);
    expect(asked).toEqual([['delete', { id: 'm2' }]]);
    expect(held.undoable.value).toBeUndefined();
  });

  it('deletes at once what waits when something else is done or the page goes', () => {
    const held = moderation();
    held.delete(sentLine(message(1)));
    held.delete(sentLine(message(2)));
    expect(asked).toEqual([['delete', { id: 'm1' }]]);
    held.settle();
    held.settle();
    expect(asked).toHaveLength(2);
  });

  it('bans at once, and lifts the ban when it is taken back', async () => {
    const held = moderation();
    await held.ban(sentLine(message(1)), 600);
    expect(asked).toEqual([['ban', { author: 'g:bob', seconds: 600, reason: '' }]]);
    expect(held.undoable.value).toMatchObject({ kind: 'banned', seconds: 600 });
    held.undoable.value?.revert();
    expect(asked.at(-1)).toEqual(['unban', { author: 'g:bob' }]);
  });

  it('tells why it was refused, and offers no way back then', async () => {
    trouble = { code: 'not-allowed' };
    const held = moderation();
    await held.ban(sentLine(message(1)), null);
    expect(held.trouble.value).toEqual(trouble);
    expect(held.undoable.value).toBeUndefined();
  });
});

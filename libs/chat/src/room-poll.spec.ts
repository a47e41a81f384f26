import type { Poll } from '@weir/contract';
import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelRow } from './channel-row.fixture.js';
import { RoomPoll } from './room-poll.js';

let database: Database;
let told: Poll[];
const draft = { question: 'Tea?', options: ['Yes', 'No'], seconds: undefined, createdBy: 'a:1' };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  database = Database.inMemory();
  told = [];
  await database.channels.insert(channelRow);
});

afterEach(async () => {
  vi.useRealTimers();
  await database.close();
});

function open(): Promise<RoomPoll> {
  return RoomPoll.open(database.polls, 'ch', (poll) => told.push(poll));
}

function voter(key: string) {
  return { key, guestAddress: undefined };
}

describe('RoomPoll', () => {
  it('tells votes at most twice a second', async () => {
    const poll = await open();
    const { id } = await poll.ask(draft);
    for (let n = 0; n < 50; n += 1) await poll.vote(id, voter(`a:${n}`), n % 2);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(500);
    expect(told).toHaveLength(2);
    expect(told[1]?.options.map(({ votes }) => votes)).toEqual([25, 25]);
    poll.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closes by itself, and takes no vote from then on', async () => {
    const poll = await open();
    const { id } = await poll.ask({ ...draft, seconds: 10 });
    await vi.advanceTimersByTimeAsync(10_000);
    await poll.idle();
    expect(told.at(-1)?.closedAtMs).not.toBeNull();
    await expect(poll.vote(id, voter('a:1'), 0)).rejects.toThrow('closed');
    expect(vi.getTimerCount()).toBe(0);
    vi.setSystemTime(Date.now() + 299_000);
    expect(poll.current).not.toBeNull();
    vi.setSystemTime(Date.now() + 2000);
    expect(poll.current).toBeNull();
  });

  it('goes on where it was left, and is closed when its time came meanwhile', async () => {
    const first = await open();
    const { id } = await first.ask({ ...draft, seconds: 60 });
    await first.vote(id, voter('a:1'), 1);
    first.close();
    const second = await open();
    expect(second.current?.options.map(({ votes }) => votes)).toEqual([0, 1]);
    expect(await second.choiceOf('a:1')).toBe(1);
    expect(vi.getTimerCount()).toBe(1);
    second.close();
    vi.setSystemTime(Date.now() + 61_000);
    const third = await open();
    expect(third.current).toMatchObject({ id, closedAtMs: third.current?.closesAtMs });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tries again to close when the database was away', async () => {
    const poll = await open();
    await poll.ask({ ...draft, seconds: 10 });
    const close = database.polls.close.bind(database.polls);
    database.polls.close = () => Promise.reject(new Error('away'));
    await vi.advanceTimersByTimeAsync(10_000);
    await poll.idle();
    expect(poll.current?.closedAtMs).toBeNull();
    database.polls.close = close;
    await vi.advanceTimersByTimeAsync(5000);
    await poll.idle();
    expect(poll.current?.closedAtMs).not.toBeNull();
  });
});

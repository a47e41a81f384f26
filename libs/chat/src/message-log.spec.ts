import type { ChatMessage } from '@weir/contract';
import type { ChatMessageRow } from '@weir/store';
import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelRow } from './channel-row.fixture.js';
import { type MessageDraft, MessageLog } from './message-log.js';

let database: Database;
let said: ChatMessage[];

beforeEach(async () => {
  database = Database.inMemory();
  said = [];
  await database.channels.insert(channelRow);
});

afterEach(() => database.close());

function open(keep?: number): Promise<MessageLog> {
  return MessageLog.open(database.chatMessages, 'ch', (message) => said.push(message), keep);
}

function draft(n: number, more: Partial<MessageDraft> = {}): MessageDraft {
  const base = { author: 'g:1', name: 'Anna', role: undefined, replyTo: undefined, mediaAtMs: undefined };
  return { ...base, body: `m${n}`, clientId: `client-${n}`, ...more };
}

describe('MessageLog', () => {
  it('stores many messages in few goes, in order, and tells each once it is stored', async () => {
    const log = await open();
    const batches: number[] = [];
    const { chatMessages } = database;
    const insert = chatMessages.insert.bind(chatMessages);
    chatMessages.insert = async (rows: readonly ChatMessageRow[]) => {
      expect(said.length).toBe(batches.reduce((sum, size) => sum + size, 0));
      await insert(rows);
      batches.push(rows.length);
    };
    const stored = await Promise.all(Array.from({ length: 450 }, (_, n) => log.append(draft(n))));
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 450 }, (_, n) => n + 1));
    expect(said).toEqual(stored);
    expect(batches).toEqual([200, 200, 50]);
  });

  it('leaves no hole where messages could not be stored', async () => {
    const log = await open();
    await log.append(draft(1));
    const { chatMessages } = database;
    const insert = chatMessages.insert.bind(chatMessages);
    chatMessages.insert = () => Promise.reject(new Error('away'));
    await expect(log.append(draft(2))).rejects.toThrow('away');
    chatMessages.insert = insert;
    expect((await log.append(draft(3))).seq).toBe(2);
    expect(said.map(({ body }) => body)).toEqual(['m1', 'm3']);
  });

  it('deletes what was said before, not what is said after', async () => {
    const log = await open();
    const first = log.append(draft(1));
    const purge = log.purge('g:1');
    const { id } = await first;
    await Promise.all([purge, log.append(draft(2))]);
    expect(log.page().messages.map(({ body }) => body)).toEqual(['m2']);
    expect(await log.find(id)).toBeUndefined();
  });

  it('goes on from the database, with more old messages when newer ones are deleted', async () => {
    const first = await open();
    for (let n = 0; n < 400; n += 1) await first.append(draft(n, { author: n < 200 ? 'g:1' : 'g:2' }));
    await first.purge('g:2');
    expect(first.page().messages).toHaveLength(100);
    expect(first.page().messages.at(-1)?.seq).toBe(200);
    expect(first.page(0)).toMatchObject({ gap: false });
    const second = await open();
    expect(second.page()).toEqual(first.page());
    expect((await second.append(draft(999))).seq).toBe(401);
    expect(await second.nameOf('g:2')).toBe('Anna');
  });

  it('forgets all but the newest in the end', async () => {
    const log = await open(100);
    for (let n = 0; n < 500; n += 1) void log.append(draft(n));
    await log.idle();
    expect(await database.chatMessages.newest('ch', 1000)).toHaveLength(100);
  });
});

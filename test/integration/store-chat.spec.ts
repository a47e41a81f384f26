import type { ChatMessageRow, Database } from '@weir/store';
import { expect, it } from 'vitest';
import { channelRow } from '../../libs/chat/src/channel-row.fixture.js';
import { eachDatabase } from '../harness/each-database.js';

function row(seq: number, more: Partial<ChatMessageRow> = {}): ChatMessageRow {
  return {
    id: `m${seq}`,
    channel: 'ch',
    seq,
    author: 'g:1',
    name: 'Anna',
    role: undefined,
    body: `message ${seq} 👋`,
    replyTo: undefined,
    clientId: `client-${seq}`,
    sentAtMs: seq * 1000,
    mediaAtMs: undefined,
    isDeleted: false,
    ...more,
  };
}

async function withChannel(database: Database, name = 'ch'): Promise<Database> {
  await database.channels.insert({ ...channelRow, name });
  return database;
}

eachDatabase('ChatMessageTable', ({ open }) => {
  it('keeps messages in order with what they answer, until that is deleted', async () => {
    const { chatMessages } = await withChannel(await open());
    const replyTo = { id: 'm1', name: 'Anna', body: 'message 1 👋' };
    const rows = [row(1), row(2, { author: 'g:2', role: 'owner', replyTo, mediaAtMs: 1500 }), row(3)];
    expect(await chatMessages.lastSeq('ch')).toBe(0);
    await chatMessages.insert(rows);
    await chatMessages.insert([]);
    expect(await chatMessages.newest('ch', 10)).toEqual(rows);
    expect(await chatMessages.newest('ch', 2)).toEqual(rows.slice(1));
    expect(await chatMessages.delete('ch', 'm1', 9)).toBe(true);
    expect(await chatMessages.delete('ch', 'm1', 9)).toBe(false);
    expect(await chatMessages.delete('other', 'm2', 9)).toBe(false);
    expect(await chatMessages.newest('ch', 10)).toEqual([{ ...rows[1], replyTo: undefined }, rows[2]]);
    expect(await chatMessages.find('ch', 'm1')).toBeUndefined();
    expect(await chatMessages.find('other', 'm2')).toBeUndefined();
    expect(await chatMessages.findSaid('ch', 'g:1', 'client-1')).toMatchObject({ id: 'm1', body: '', isDeleted: true });
    expect(await chatMessages.lastSeq('ch')).toBe(3);
  });

  it('takes a client id of an author and a place in the channel once', async () => {
    const { chatMessages } = await withChannel(await open());
    await chatMessages.insert([row(1)]);
    await expect(chatMessages.insert([row(2), row(3, { clientId: 'client-1' })])).rejects.toThrow();
    await expect(chatMessages.insert([row(1, { id: 'x', clientId: 'client-9' })])).rejects.toThrow();
    expect(await chatMessages.newest('ch', 10)).toEqual([row(1)]);
    await chatMessages.insert([row(2, { author: 'g:2', clientId: 'client-1' })]);
  });

  it('tells what stands at a span of pictures, and who said what last', async () => {
    const { chatMessages } = await withChannel(await open());
    await chatMessages.insert([row(1), row(2, { mediaAtMs: 500 }), row(3, { author: 'g:2', name: 'Bert' })]);
    const seqs = async (...span: [number, number, number]) =>
      (await chatMessages.between('ch', ...span)).map(({ seq }) => seq);
    expect(await seqs(500, 3000, 10)).toEqual([2, 1, 3]);
    expect(await seqs(501, 2999, 10)).toEqual([1]);
    expect(await seqs(0, 9999, 2)).toEqual([2, 1]);
    await chatMessages.purge('ch', 'g:1', 9);
    expect(await seqs(0, 9999, 10)).toEqual([3]);
    expect(await chatMessages.lastSaidAtMs('ch', 'g:1')).toBe(2000);
    expect(await chatMessages.lastNameOf('ch', 'g:2')).toBe('Bert');
    expect(await chatMessages.lastSaidAtMs('ch', 'g:3')).toBeUndefined();
  });

  it('forgets old messages but those that belong to a recording', async () => {
    const database = await withChannel(await withChannel(await open()), 'other');
    const { chatMessages, recordings } = database;
    await chatMessages.insert(Array.from({ length: 20 }, (_, i) => row(i + 1)));
    const recording = { id: 'r', channel: 'ch', title: '', state: 'ready', reason: undefined, durationMs: 1 } as const;
    const size = { bytes: 1, width: 1, height: 1, isProtected: false, files: [] };
    await recordings.insert({ ...recording, ...size, startedAtMs: 3000, endedAtMs: 5000 });
    await recordings.insert({ ...recording, ...size, id: 'o', channel: 'other', startedAtMs: 0, endedAtMs: 99_000 });
    expect(await chatMessages.prune('ch', 50)).toBe(0);
    expect(await chatMessages.prune('ch', 10)).toBe(7);
    expect((await chatMessages.newest('ch', 50)).map(({ seq }) => seq)).toEqual([
      3,
      4,
      5,
      ...Array.from({ length: 10 }, (_, i) => i + 11),
    ]);
    await recordings.insert({ ...recording, ...size, id: 'running', startedAtMs: 15_000, endedAtMs: undefined });
    expect(await chatMessages.prune('ch', 1)).toBe(4);
    expect(await chatMessages.lastSeq('ch')).toBe(20);
  });

  it('goes with its channel', async () => {
    const database = await withChannel(await open());
    await database.chatMessages.insert([row(1)]);
    await database.channels.delete('ch');
    expect(await database.chatMessages.newest('ch', 10)).toEqual([]);
    await expect(database.chatMessages.insert([row(1)])).rejects.toThrow();
  });
});

eachDatabase('PollTable', ({ open }) => {
  const poll = {
    channel: 'ch',
    question: 'Tea?',
    options: ['Yes', 'No "really"'],
    createdBy: 'a:1',
    closesAtMs: undefined,
  };

  it('keeps polls, and one vote of each person', async () => {
    const { polls } = await withChannel(await open());
    expect(await polls.newest('ch')).toBeUndefined();
    await polls.insert({ ...poll, id: 'p1', createdAtMs: 1 });
    await polls.insert({ ...poll, id: 'p2', createdAtMs: 2, closesAtMs: 9 });
    expect(await polls.newest('ch')).toEqual({
      ...poll,
      id: 'p2',
      createdAtMs: 2,
      closesAtMs: 9,
      closedAtMs: undefined,
    });
    expect([
      await polls.vote('p2', 'g:1', 1),
      await polls.vote('p2', 'g:1', 0),
      await polls.vote('p2', 'a:1', 1),
    ]).toEqual([true, false, true]);
    expect([...(await polls.count('p2'))]).toEqual([[1, 2]]);
    expect([await polls.choiceOf('p2', 'g:1'), await polls.choiceOf('p1', 'g:1')]).toEqual([1, undefined]);
    expect([await polls.withdraw('p2', 'g:1'), await polls.withdraw('p2', 'g:1')]).toEqual([true, false]);
    expect([await polls.close('p2', 5), await polls.close('p2', 6), await polls.close('x', 6)]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await polls.newest('ch'))?.closedAtMs).toBe(5);
  });
});

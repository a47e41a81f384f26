import { defaultChatSettings } from '@weir/contract';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Voice } from '../../libs/chat/src/voice.js';
import { ChatApp } from '../harness/chat-app.js';
import type { ChatClient } from '../harness/chat-client.js';

let app: ChatApp;

beforeEach(async () => {
  app = await ChatApp.open();
  await app.channels.create('ch', 'A channel');
});

afterEach(() => app.close());

function idOf(n: number): string {
  return `client-${String(n).padStart(4, '0')}`;
}

function say(client: ChatClient, n: number, more: object = {}) {
  return client.ask('say', { channel: 'ch', clientId: idOf(n), body: `message ${n}`, ...more });
}

/** Messages as if they had been said before. */
async function saidBefore(count: number, author = 'g:before'): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => ({
    id: `before-${i + 1}`,
    channel: 'ch',
    seq: i + 1,
    author,
    name: 'Before',
    role: undefined,
    body: `before ${i + 1}`,
    replyTo: undefined,
    clientId: idOf(i),
    sentAtMs: 1000 + i,
    mediaAtMs: undefined,
    isDeleted: false,
  }));
  await app.database.chatMessages.insert(rows);
}

describe('the chat of a channel', () => {
  it('tells everybody what somebody says, in the same order, and whoever comes later too', async () => {
    const anna = await app.enter('ch', undefined, 'Anna');
    const bert = await app.enter('ch', await app.account());
    const said = await Promise.all([1, 2, 3].map((n) => say(anna, n)));
    await bert.until(() => bert.all('message').length === 3, 'three messages');
    expect(said.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(bert.all('message')).toEqual(said);
    expect(anna.all('message')).toEqual(said);
    expect(said[0]).toMatchObject({ name: 'Anna', role: null, body: 'message 1', replyTo: null, mediaAtMs: null });
    const late = await app.connect();
    const joined = await late.ask('join', { channel: 'ch' });
    expect(joined).toMatchObject({ messages: said, gap: false, live: false, viewers: 0, poll: null, choice: null });
    expect(joined.settings).toEqual(defaultChatSettings);
  });

  it('says a thing once however often it is asked for, at the same time, later and after a restart', async () => {
    const who = await app.account();
    const anna = await app.enter('ch', who);
    const once = await Promise.all(Array.from({ length: 5 }, () => say(anna, 1)));
    const twin = await app.enter('ch', who);
    const again = await Promise.all([say(twin, 1, { body: 'another text' }), say(anna, 1)]);
    expect(new Set([...once, ...again].map(({ id }) => id)).size).toBe(1);
    expect(anna.all('message')).toHaveLength(1);
    const other = await app.enter('ch', await app.account());
    expect((await say(other, 1)).seq).toBe(2);
    app.disconnect();
    await expect.poll(() => app.rooms).toBe(0);
    const back = await app.enter('ch', who);
    expect(await say(back, 1)).toEqual(once[0]);
    expect((await say(back, 2)).seq).toBe(3);
  });

  it('tells who comes the newest 100, and who comes back what was said meanwhile', async () => {
    await saidBefore(150);
    const anna = await app.enter('ch', undefined, 'Anna');
    const reader = await app.connect();
    const fresh = await reader.ask('join', { channel: 'ch' });
    expect([fresh.messages.length, fresh.messages[0]?.seq, fresh.gap]).toEqual([100, 51, false]);
    await say(anna, 1);
    const resumed = await (await app.connect()).ask('join', { channel: 'ch', after: 148 });
    expect(resumed.messages.map(({ seq }) => seq)).toEqual([149, 150, 151]);
    expect(resumed.gap).toBe(false);
    const whole = await (await app.connect()).ask('join', { channel: 'ch', after: 0 });
    expect([whole.messages.length, whole.gap]).toEqual([151, false]);
  });

  it('says when there is more than it tells', async () => {
    await saidBefore(500);
    const { messages, gap } = await (await app.connect()).ask('join', { channel: 'ch', after: 100 });
    expect([messages.length, messages[0]?.seq, gap]).toEqual([300, 201, true]);
    const exact = await (await app.connect()).ask('join', { channel: 'ch', after: 200 });
    expect([exact.messages.length, exact.gap]).toEqual([300, false]);
    const ahead = await (await app.connect()).ask('join', { channel: 'ch', after: 9999 });
    expect([ahead.messages.length, ahead.gap]).toEqual([100, true]);
  });

  it('loses and doubles nothing for who comes and goes while others write', async () => {
    const writers = await Promise.all([1, 2, 3, 4, 5, 6].map(async () => app.enter('ch', await app.account())));
    const seen: number[] = [];
    const writing = { isOn: true };
    const reading = (async () => {
      while (writing.isOn) {
        const reader = await app.connect();
        const { messages } = await reader.ask('join', { channel: 'ch', after: seen.at(-1) ?? 0 });
        await reader.ask('leave', { channel: 'ch' });
        seen.push(...messages.map(({ seq }) => seq), ...reader.all('message').map(({ seq }) => seq));
        reader.close();
      }
    })();
    await Promise.all(
      writers.map(async (writer, i) => {
        for (let n = 0; n < 5; n += 1) await say(writer, i * 100 + n);
      }),
    );
    writing.isOn = false;
    await reading;
    const last = await (await app.connect()).ask('join', { channel: 'ch', after: seen.at(-1) ?? 0 });
    seen.push(...last.messages.map(({ seq }) => seq));
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('answers a message with what it was, and takes the quote away with the message', async () => {
    const anna = await app.enter('ch', undefined, 'Anna');
    const bert = await app.enter('ch', undefined, 'Bert');
    const first = await say(anna, 1);
    const answer = await say(bert, 2, { replyTo: first.id });
    expect(answer.replyTo).toEqual({ id: first.id, name: 'Anna', body: 'message 1' });
    await anna.ask('delete', { channel: 'ch', id: first.id });
    expect(await bert.next('deleted')).toEqual({ channel: 'ch', ids: [first.id] });
    const { messages } = await (await app.connect()).ask('join', { channel: 'ch' });
    expect(messages).toEqual([{ ...answer, replyTo: null }]);
    expect(await bert.fault('say', { channel: 'ch', clientId: idOf(3), body: 'x', replyTo: first.id })).toBe(
      'not-found',
    );
    expect(await anna.fault('delete', { channel: 'ch', id: first.id })).toBe('not-found');
    expect(await anna.fault('delete', { channel: 'ch', id: answer.id })).toBe('not-allowed');
    expect(await anna.fault('say', { channel: 'ch', clientId: idOf(1), body: 'again' })).toBe('not-found');
  });

  it('counts reactions and tells the sums', async () => {
    const anna = await app.enter('ch');
    const reader = await app.connect();
    await reader.ask('join', { channel: 'ch' });
    for (const reaction of ['🔥', '🔥', '🎉']) await anna.ask('react', { channel: 'ch', reaction });
    const sums: Record<string, number> = {};
    const isAll = (): boolean => {
      Object.assign(sums, { '🔥': 0, '🎉': 0 });
      for (const { counts } of reader.all('reactions')) {
        for (const [reaction, count] of Object.entries(counts)) sums[reaction]! += count;
      }
      return sums['🔥'] === 2 && sums['🎉'] === 1;
    };
    await reader.until(isAll, 'three reactions');
  });

  it('tells that the channel goes live and offline, and keeps media time of what was shown only', async () => {
    const anna = await app.enter('ch');
    expect((await say(anna, 1, { mediaAtMs: Date.now() })).mediaAtMs).toBeNull();
    app.channels.publisherConnected('ch', 's1');
    expect(await anna.next('live')).toEqual({ channel: 'ch', live: true });
    const mediaAtMs = Date.now() - 400;
    expect((await say(anna, 2, { mediaAtMs })).mediaAtMs).toBe(mediaAtMs);
    expect((await say(anna, 3, { mediaAtMs: Date.now() + 3_600_000 })).mediaAtMs).toBeNull();
    expect((await say(anna, 4, { mediaAtMs: 5 })).mediaAtMs).toBeNull();
    const late = await app.connect();
    expect(await late.ask('join', { channel: 'ch' })).toMatchObject({ live: true });
    app.channels.publisherLeft('ch', 's1', true);
    await anna.next('live', ({ live }) => !live);
  });

  it("lets guests choose a name that is nobody else's, and nobody write without one", async () => {
    await app.account(undefined, 'Annabel');
    const guest = await app.connect(await app.guest());
    const { you } = await guest.ask('join', { channel: 'ch' });
    expect(you).toMatchObject({ name: null, role: null, isAccount: false, follows: false });
    expect(you.author).toMatch(/^g:[\w-]{22}$/);
    expect(await guest.fault('say', { channel: 'ch', clientId: idOf(1), body: 'hi' })).toBe('name-needed');
    for (const name of ['Admin', 'moderаtor', 'ch', 'Annаbel', 'ANNA-BEL']) {
      expect(await guest.fault('name', { name }), name).toBe('name-taken');
    }
    for (const name of ['', 'x', '<script>', '\u202e\u200b', 'a'.repeat(40)]) {
      expect(await guest.fault('name', { name }), name).toBe('name-invalid');
    }
    expect((await guest.ask('name', { name: 'Carla' })).name).toBe('Carla');
    const other = await app.connect(await app.guest());
    await other.ask('join', { channel: 'ch' });
    expect(await other.fault('name', { name: 'cаrla' })).toBe('name-taken');
    expect((await say(guest, 1)).name).toBe('Carla');
    const account = await app.enter('ch', await app.account());
    expect(await account.fault('name', { name: 'Whoever' })).toBe('not-allowed');
  });

  it('lets who has no cookie read, and nothing else', async () => {
    const nobody = await app.connect();
    expect((await nobody.ask('join', { channel: 'ch' })).you.author).toBe('');
    expect(await nobody.fault('name', { name: 'Carla' })).toBe('not-allowed');
    expect(await nobody.fault('say', { channel: 'ch', clientId: idOf(1), body: 'hi' })).toBe('not-allowed');
    expect(await nobody.fault('react', { channel: 'ch', reaction: '🔥' })).toBe('not-allowed');
  });

  it('is heard by polling too, and no more after leaving', async () => {
    const anna = await app.enter('ch');
    const reader = await app.connect(undefined, { transports: ['polling'] });
    await reader.ask('join', { channel: 'ch' });
    await say(anna, 1);
    await reader.next('message');
    await reader.ask('leave', { channel: 'ch' });
    await say(anna, 2);
    expect(await reader.fault('react', { channel: 'ch', reaction: '🔥' })).toBe('not-joined');
    expect(reader.all('message')).toHaveLength(1);
  });

  it('is in as many channels as a page needs, and keeps them apart', async () => {
    for (const name of ['c2', 'c3', 'c4', 'c5', 'c6']) await app.channels.create(name, name);
    const anna = await app.enter('ch');
    expect(await anna.fault('join', { channel: 'nowhere' })).toBe('not-found');
    for (const channel of ['c2', 'c3', 'c4', 'c5']) await anna.ask('join', { channel });
    expect(await anna.fault('join', { channel: 'c6' })).toBe('not-allowed');
    await say(anna, 1);
    const other = await (await app.connect()).ask('join', { channel: 'c2' });
    expect(other.messages).toEqual([]);
  });
});

describe('what is told to a room', () => {
  it('is written down once, however many are in it', async () => {
    const voice = app.get(Voice);
    const countOf = (): number => {
      let times = 0;
      const payload = { channel: 'ch', live: true };
      voice.tell('ch', 'live', Object.assign(payload, { toJSON: () => ((times += 1), { channel: 'ch', live: true }) }));
      return times;
    };
    const readers = [await app.connect()];
    await readers[0]!.ask('join', { channel: 'ch' });
    const one = countOf();
    for (let n = 0; n < 9; n += 1) {
      readers.push(await app.connect());
      await readers.at(-1)!.ask('join', { channel: 'ch' });
    }
    expect(countOf()).toBe(one);
    await Promise.all(readers.map((reader) => reader.next('live')));
  });
});

describe('a server that starts again', () => {
  it('has the chat as it was, and says nothing twice', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'weir-chat-'));
    const open = async () => ChatApp.open({ database: await Database.open({ dataDir }, () => undefined) });
    const first = await open();
    await first.channels.create('ch', 'A channel');
    const who = await first.account({ channel: 'ch', role: 'owner' });
    const before = await first.enter('ch', who);
    const said = await say(before, 1);
    const poll = await before.ask('openPoll', { channel: 'ch', question: 'Tea?', options: ['Yes', 'No'] });
    await before.ask('vote', { channel: 'ch', poll: poll.id, choice: 1 });
    await before.ask('settings', { channel: 'ch', change: { slowSeconds: 9, blockedWords: ['badger'] } });
    await first.close();
    const second = await open();
    const after = await second.connect(who);
    expect(await after.ask('join', { channel: 'ch' })).toMatchObject({
      messages: [said],
      choice: 1,
      poll: { id: poll.id, options: [{ votes: 0 }, { votes: 1 }] },
      settings: { slowSeconds: 9, blockedWords: ['badger'] },
    });
    expect(await say(after, 1)).toEqual(said);
    expect((await say(after, 2)).seq).toBe(2);
    await second.close();
    await rm(dataDir, { recursive: true });
  });
});

describe('a database that does not answer', () => {
  it('makes nothing said, nothing told and nothing lost', async () => {
    const database = Database.inMemory();
    const broken = await ChatApp.open({ database });
    await broken.channels.create('ch', 'A channel');
    const anna = await broken.enter('ch');
    const insert = database.chatMessages.insert.bind(database.chatMessages);
    database.chatMessages.insert = () => Promise.reject(new Error('the disk is full'));
    expect(await anna.fault('say', { channel: 'ch', clientId: idOf(1), body: 'lost?' })).toBe('internal');
    database.chatMessages.insert = insert;
    expect(await say(anna, 1)).toMatchObject({ seq: 1 });
    await anna.next('message');
    expect(anna.all('message')).toHaveLength(1);
    await broken.close();
  });
});

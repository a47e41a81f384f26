import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatRoom } from './chat-room.js';
import type { ChatRoomOptions } from './chat-room.js';
import { ann, FakeChat, joined, message } from './fake-chat.js';

let chat: FakeChat;
const kept: string[] = [];

function open(more: Partial<ChatRoomOptions> = {}): ChatRoom {
  const room = new ChatRoom({
    channel: 'demo',
    connect: (listener) => (chat = new FakeChat(listener)),
    identify: async () => undefined,
    nameMemory: { recall: () => undefined, keep: (name) => kept.push(name) },
    ...more,
  });
  room.start();
  return room;
}

async function entered(messages = [message(1), message(2)], more: Partial<ChatRoomOptions> = {}): Promise<ChatRoom> {
  const room = open(more);
  await vi.advanceTimersByTimeAsync(0);
  await chat.last('join').answer(joined(messages));
  return room;
}

async function reconnect(): Promise<void> {
  chat.listener.disconnected();
  chat.listener.connected();
  await vi.advanceTimersByTimeAsync(0);
}

const bodies = (room: ChatRoom) => room.lines.value.map(({ body }) => body);
const states = (room: ChatRoom) => room.lines.value.map(({ delivery }) => delivery);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('ChatRoom', () => {
  it('joins on connecting and shows what was said', async () => {
    const room = await entered();
    expect(chat.last('join').body).toEqual({ channel: 'demo' });
    expect(room.phase.value).toBe('joined');
    expect(bodies(room)).toEqual(['message 1', 'message 2']);
    expect(room.you.value).toEqual(ann);
  });

  it('shows an own message at once, and once only when it comes back', async () => {
    const room = await entered();
    room.say('  hello\nthere ');
    expect(bodies(room).at(-1)).toBe('hello there');
    expect(states(room).at(-1)).toBe('pending');
    const { clientId } = chat.last('say').body as { clientId: string };
    const own = message(3, { author: ann.author, clientId, body: 'hello there' });
    chat.tell('message', own);
    await chat.last('say').answer(own);
    await vi.advanceTimersByTimeAsync(100);
    expect(bodies(room)).toEqual(['message 1', 'message 2', 'hello there']);
    expect(states(room).at(-1)).toBe('sent');
  });

  it('keeps what was refused, with the reason, and sends it again under the same id', async () => {
    const room = await entered();
    room.say('hello');
    const first = chat.last('say').body;
    await chat.last('say').refuse('too-fast', 500);
    const failed = room.lines.value.at(-1);
    expect(failed?.delivery).toBe('failed');
    expect(failed?.trouble).toMatchObject({ code: 'too-fast', retryAfterMs: 500 });
    if (failed) room.retry(failed);
    expect(states(room).at(-1)).toBe('pending');
    expect(chat.last('say').body).toEqual(first);
    expect(chat.count('say')).toBe(2);
  });

  it('asks after a lost connection for what came later, with an overlap, and shows nothing twice', async () => {
    const room = await entered(Array.from({ length: 80 }, (_, index) => message(index + 1)));
    await reconnect();
    expect(chat.last('join').body).toEqual({ channel: 'demo', after: 30 });
    const told = Array.from({ length: 53 }, (_, index) => message(index + 31));
    await chat.last('join').answer(joined(told));
    expect(room.lines.value.map(({ seq }) => seq)).toEqual(Array.from({ length: 83 }, (_, index) => index + 1));
  });

  it('notices on coming back what was deleted meanwhile', async () => {
    const room = await entered([message(1), message(2), message(3)]);
    await reconnect();
    await chat.last('join').answer(joined([message(1), message(3), message(4)]));
    expect(bodies(room)).toEqual(['message 1', 'message 3', 'message 4']);
  });

  it('begins anew where messages between are lost for good', async () => {
    const room = await entered();
    await reconnect();
    await chat.last('join').answer(joined([message(500), message(501)], { gap: true }));
    expect(bodies(room)).toEqual(['message 500', 'message 501']);
  });

  it('keeps what came in while it was joining', async () => {
    const room = await entered();
    await reconnect();
    chat.tell('message', message(4));
    await vi.advanceTimersByTimeAsync(100);
    await chat.last('join').answer(joined([message(1), message(2), message(3)]));
    expect(bodies(room)).toEqual(['message 1', 'message 2', 'message 3', 'message 4']);
  });

  it('sends what waited through a lost connection, in its order, and not again what the server had', async () => {
    const room = await entered();
    room.say('first');
    const sent = chat.last('say');
    chat.listener.disconnected();
    await sent.lose();
    room.say('second');
    expect(states(room).slice(-2)).toEqual(['pending', 'pending']);
    expect(chat.count('say')).toBe(1);
    chat.listener.connected();
    const clientId = String(sent.body['clientId']);
    await chat
      .last('join')
      .answer(joined([message(1), message(2), message(3, { author: ann.author, clientId, body: 'first' })]));
    expect(chat.count('say')).toBe(2);
    expect(chat.last('say').body['body']).toBe('second');
    expect(states(room)).toEqual(['sent', 'sent', 'sent', 'pending']);
  });

  it('says that a message failed when the server does not answer although it is connected', async () => {
    const room = await entered();
    room.say('hello');
    await chat.last('say').lose();
    expect(room.lines.value.at(-1)).toMatchObject({ delivery: 'failed', trouble: { code: 'unanswered' } });
  });

  it('puts messages in the order of the server, whatever the order in which they come', async () => {
    const room = await entered();
    chat.tell('message', message(4));
    chat.tell('message', message(3));
    await vi.advanceTimersByTimeAsync(100);
    expect(room.lines.value.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it('removes what was deleted, with what others quoted of it, and everything of a purged author', async () => {
    const room = await entered([message(1), message(2, { replyTo: { id: 'm1', name: 'Bob', body: 'message 1' } })]);
    chat.tell('message', message(3, { author: 'g:eve', name: 'Eve' }));
    chat.tell('deleted', { channel: 'demo', ids: ['m1'] });
    expect(room.lines.value.map(({ id, replyTo }) => [id, replyTo?.body])).toEqual([
      ['m2', ''],
      ['m3', undefined],
    ]);
    chat.tell('purged', { channel: 'demo', author: 'g:bob' });
    expect(bodies(room)).toEqual(['message 3']);
  });

  it('ignores what belongs to another channel', async () => {
    const room = await entered();
    chat.tell('message', message(9, { channel: 'other' }));
    await vi.advanceTimersByTimeAsync(100);
    expect(bodies(room)).toHaveLength(2);
  });

  it('counts down after a message in slow mode, and not for moderators', async () => {
    const room = await entered();
    chat.tell('settings', { channel: 'demo', settings: { ...room.settings.value, slowSeconds: 10 } });
    room.say('one');
    await chat.last('say').answer(message(3, { author: ann.author }));
    expect(room.slowUntilMs.value - Date.now()).toBe(10_000);
    room.slowUntilMs.value = 0;
    chat.tell('you', { channel: 'demo', you: { ...ann, role: 'moderator' } });
    room.say('two');
    await chat.last('say').answer(message(4, { author: ann.author }));
    expect(room.slowUntilMs.value).toBe(0);
  });

  it('lets everybody write again once slow mode is off', async () => {
    const room = await entered();
    const slow = (slowSeconds: number) =>
      chat.tell('settings', { channel: 'demo', settings: { ...room.settings.value, slowSeconds } });
    slow(30);
    room.say('one');
    await chat.last('say').answer(message(3, { author: ann.author }));
    expect(room.slowUntilMs.value).toBeGreaterThan(Date.now());
    slow(0);
    expect(room.slowUntilMs.value).toBe(0);
  });

  it('takes the wait of slow mode from the server', async () => {
    const room = await entered();
    room.say('one');
    await chat.last('say').refuse('slow-mode', 7000);
    expect(room.slowUntilMs.value - Date.now()).toBe(7000);
  });

  it('is out when it is banned, and comes in again by itself when the time is over', async () => {
    const room = await entered([message(1, { author: ann.author }), message(2)]);
    chat.tell('banned', { channel: 'demo', untilMs: Date.now() + 10_000, reason: 'rude' });
    expect(room.phase.value).toBe('out');
    expect(room.ban.value).toMatchObject({ reason: 'rude' });
    expect(bodies(room)).toEqual(['message 2']);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(chat.count('join')).toBe(2);
    await chat.last('join').answer(joined([message(2)]));
    expect(room.phase.value).toBe('joined');
    expect(room.ban.value).toBeUndefined();
  });

  it('is refused for good where there is no channel, and tries again where something is wrong', async () => {
    const room = open();
    await vi.advanceTimersByTimeAsync(0);
    await chat.last('join').refuse('internal');
    expect(room.phase.value).toBe('connecting');
    await vi.advanceTimersByTimeAsync(3000);
    expect(chat.count('join')).toBe(2);
    await chat.last('join').refuse('not-found');
    expect(room.phase.value).toBe('refused');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(chat.count('join')).toBe(2);
  });

  it('offers a guest’s name that this browser knows, and keeps a new one', async () => {
    const nameMemory = { recall: () => 'Ann', keep: (name: string) => kept.push(name) };
    const room = open({ nameMemory });
    await vi.advanceTimersByTimeAsync(0);
    await chat.last('join').answer(joined([], { you: { ...ann, name: null } }));
    expect(room.leave.value).toBe('name');
    expect(chat.last('name').body).toEqual({ name: 'Ann' });
    await chat.last('name').answer(ann);
    expect(room.leave.value).toBe('yes');
    expect(kept).toContain('Ann');
  });

  it('shows a message when the picture is there that it is about, own ones at once', async () => {
    let capturedAtMs = 100_000;
    const room = await entered([], { capturedAtMs: () => capturedAtMs });
    chat.tell('message', message(1, { mediaAtMs: 103_000 }));
    chat.tell('message', message(2));
    chat.tell('message', message(3, { mediaAtMs: 103_000, author: ann.author }));
    await vi.advanceTimersByTimeAsync(200);
    expect(room.lines.value.map(({ seq }) => seq)).toEqual([2, 3]);
    capturedAtMs = 103_000;
    await vi.advanceTimersByTimeAsync(300);
    expect(room.lines.value.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    room.say('now');
    expect(chat.last('say').body['mediaAtMs']).toBe(103_000);
  });

  it('never shows a message that was deleted while it waited for its picture', async () => {
    const room = await entered([], { capturedAtMs: () => 100_000 });
    chat.tell('message', message(1, { mediaAtMs: 105_000 }));
    chat.tell('deleted', { channel: 'demo', ids: ['m1'] });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bodies(room)).toEqual([]);
  });

  it('keeps the poll, the vote in it, and forgets the vote with the next poll', async () => {
    const room = await entered();
    const poll = {
      id: 'p1',
      question: 'Tea?',
      options: [{ text: 'yes', votes: 0 }],
      createdAtMs: 0,
      closesAtMs: null,
      closedAtMs: null,
    };
    chat.tell('poll', { channel: 'demo', poll });
    const vote = room.ask('vote', { poll: 'p1', choice: 0 });
    await chat.last('vote').answer({ ...poll, options: [{ text: 'yes', votes: 1 }] });
    expect(await vote).toBeUndefined();
    expect([room.choice.value, room.poll.value?.options[0]?.votes]).toEqual([0, 1]);
    chat.tell('poll', { channel: 'demo', poll: { ...poll, id: 'p2' } });
    expect(room.choice.value).toBeNull();
  });

  it('tells why something was not done', async () => {
    const room = await entered();
    const asked = room.ask('react', { reaction: '🔥' });
    await chat.last('react').refuse('too-fast');
    expect(await asked).toMatchObject({ code: 'too-fast' });
  });

  it('keeps the newest lines only, and more of them for who reads further up', async () => {
    const room = await entered([]);
    for (let seq = 1; seq <= 400; seq += 1) chat.tell('message', message(seq));
    await vi.advanceTimersByTimeAsync(100);
    expect(room.lines.value).toHaveLength(300);
    expect(room.lines.value.at(-1)?.seq).toBe(400);
    room.reading = true;
    for (let seq = 401; seq <= 500; seq += 1) chat.tell('message', message(seq));
    await vi.advanceTimersByTimeAsync(100);
    expect(room.lines.value).toHaveLength(400);
  });

  it('does nothing more once it is closed', async () => {
    const room = await entered();
    room.close();
    expect(chat.isOpen).toBe(false);
    room.renew();
    expect(chat.renewals).toBe(0);
  });
});

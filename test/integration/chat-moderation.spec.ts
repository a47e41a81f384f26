import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatApp } from '../harness/chat-app.js';
import type { ChatClient } from '../harness/chat-client.js';

let app: ChatApp;
let owner: ChatClient;
let moderator: ChatClient;
let said = 0;

beforeEach(async () => {
  app = await ChatApp.open();
  await app.channels.create('ch', 'A channel');
  owner = await app.enter('ch', await app.account({ channel: 'ch', role: 'owner' }));
  moderator = await app.enter('ch', await app.account({ channel: 'ch', role: 'moderator' }));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await app.close();
});

function saying(body: string) {
  return { channel: 'ch', clientId: `client-${String((said += 1)).padStart(4, '0')}`, body };
}

async function authorOf(client: ChatClient): Promise<string> {
  return (await client.ask('join', { channel: 'ch' })).you.author;
}

async function actions(): Promise<string[]> {
  const response = await app.http('GET', '/api/channels/ch/audit', app.operator);
  return ((await response.json()) as { entries: { action: string }[] }).entries.map(({ action }) => action);
}

describe('a ban', () => {
  it('puts somebody out on every tab at once, and all he wrote', async () => {
    const guest = await app.guest();
    const tab = await app.enter('ch', guest, 'Trouble');
    const otherTab = await app.connect(guest);
    await otherTab.ask('join', { channel: 'ch' });
    const poll = await owner.ask('openPoll', { channel: 'ch', question: 'Well?', options: ['Yes', 'No'] });
    await tab.ask('vote', { channel: 'ch', poll: poll.id, choice: 0 });
    const first = await tab.ask('say', saying('one'));
    await tab.ask('say', saying('two'));
    const answer = await owner.ask('say', { ...saying('an answer'), replyTo: first.id });
    await moderator.ask('ban', { channel: 'ch', author: first.author, seconds: null, reason: 'spam' });
    for (const client of [tab, otherTab]) {
      expect(await client.next('banned')).toEqual({ channel: 'ch', untilMs: null, reason: 'spam' });
      expect(await client.fault('say', saying('still here'))).toBe('banned');
      expect(await client.fault('react', { channel: 'ch', reaction: '🔥' })).toBe('banned');
      expect(await client.fault('vote', { channel: 'ch', poll: poll.id, choice: 1 })).toBe('banned');
      expect(await client.fault('join', { channel: 'ch' })).toBe('banned');
    }
    expect(await owner.next('purged')).toEqual({ channel: 'ch', author: first.author });
    expect(await owner.next('deleted')).toEqual({ channel: 'ch', ids: [first.id] });
    const late = await (await app.connect()).ask('join', { channel: 'ch' });
    expect(late.messages).toEqual([{ ...answer, replyTo: null }]);
    expect(late.poll?.options.map(({ votes }) => votes)).toEqual([0, 0]);
    await owner.ask('say', saying('in peace'));
    expect(tab.all('message').map(({ body }) => body)).not.toContain('in peace');
    expect(await actions()).toEqual(['chat.ban', 'poll.open']);
  });

  it('is over when its time is, and when it is lifted', async () => {
    const guest = await app.guest();
    const client = await app.enter('ch', guest, 'Trouble');
    const author = await authorOf(client);
    await moderator.ask('ban', { channel: 'ch', author, seconds: 20, reason: '' });
    const reply = await client.request('join', { channel: 'ch' });
    expect(reply).toMatchObject({ ok: false, fault: { code: 'banned', retryAfterMs: expect.any(Number) } });
    const { untilMs } = await client.next('banned');
    const clock = vi.spyOn(Date, 'now').mockReturnValue(untilMs! - 1);
    expect(await client.fault('join', { channel: 'ch' })).toBe('banned');
    clock.mockReturnValue(untilMs! + 1);
    expect(await client.fault('join', { channel: 'ch' })).toBe('granted');
    clock.mockRestore();
    await moderator.ask('ban', { channel: 'ch', author, seconds: null });
    await moderator.ask('unban', { channel: 'ch', author });
    await client.ask('join', { channel: 'ch' });
    expect(await moderator.fault('unban', { channel: 'ch', author })).toBe('not-found');
  });

  it('is only for who stands above somebody', async () => {
    const member = await app.enter('ch', await app.account({ channel: 'ch', role: 'viewer' }));
    const [ownerKey, moderatorKey, memberKey] = await Promise.all([owner, moderator, member].map(authorOf));
    const ban = { channel: 'ch', seconds: null };
    expect(await member.fault('ban', { ...ban, author: moderatorKey })).toBe('not-allowed');
    expect(await moderator.fault('ban', { ...ban, author: ownerKey })).toBe('not-allowed');
    expect(await moderator.fault('ban', { ...ban, author: moderatorKey })).toBe('not-allowed');
    expect(await owner.fault('ban', { ...ban, author: ownerKey })).toBe('not-allowed');
    expect(await member.fault('settings', { channel: 'ch', change: { slowSeconds: 5 } })).toBe('not-allowed');
    const message = await owner.ask('say', saying('mine'));
    expect(await moderator.fault('delete', { channel: 'ch', id: message.id })).toBe('not-allowed');
    expect(await moderator.fault('ban', { ...ban, author: memberKey })).toBe('granted');
    expect(await owner.fault('ban', { ...ban, author: moderatorKey })).toBe('granted');
    expect(await moderator.fault('ban', { ...ban, author: memberKey })).toBe('banned');
  });
});

describe('the rules of a room', () => {
  it('are told to everybody at once, blocked words to moderators only', async () => {
    const guest = await app.enter('ch');
    const change = { slowSeconds: 30, blockedWords: ['badger'] };
    await moderator.ask('settings', { channel: 'ch', change });
    expect((await guest.next('settings')).settings).toMatchObject({ slowSeconds: 30, blockedWords: [] });
    await owner.until(() => owner.all('settings').at(-1)?.settings.blockedWords.length === 1, 'the blocked words');
    const joined = await (await app.connect()).ask('join', { channel: 'ch' });
    expect(joined.settings).toMatchObject({ slowSeconds: 30, blockedWords: [] });
    expect((await owner.ask('join', { channel: 'ch' })).settings).toMatchObject(change);
  });

  it('slow the chat down for all but moderators, also for who comes back', async () => {
    await moderator.ask('settings', { channel: 'ch', change: { slowSeconds: 3600 } });
    const who = await app.guest();
    const guest = await app.enter('ch', who, 'Carla');
    const twice = await Promise.all([guest.request('say', saying('one')), guest.request('say', saying('two'))]);
    expect(twice.map(({ ok }) => ok)).toEqual([true, false]);
    expect(twice[1]).toMatchObject({ fault: { code: 'slow-mode', retryAfterMs: expect.any(Number) } });
    guest.close();
    const again = await app.enter('ch', who, 'Carla');
    expect(await again.fault('say', saying('three'))).toBe('slow-mode');
    for (const body of ['a', 'b']) expect(await moderator.fault('say', saying(body))).toBe('granted');
  });

  it('keep blocked words and links out, in whatever disguise', async () => {
    await moderator.ask('settings', { channel: 'ch', change: { blockedWords: ['badger'], links: false } });
    const guest = await app.enter('ch');
    for (const body of ['b.a.d.g.e.r', 'ВADGER'.replace('В', 'B'), 'bаdgеrrr']) {
      expect(await guest.fault('say', saying(body)), body).toBe('blocked-word');
    }
    expect(await guest.fault('say', saying('see example.com'))).toBe('no-links');
    expect(await moderator.fault('say', saying('badger https://example.com'))).toBe('granted');
    expect(await guest.fault('say', saying('fine'))).toBe('granted');
  });

  it('say who may write', async () => {
    const guest = await app.enter('ch');
    const who = await app.account();
    const account = await app.enter('ch', who);
    const member = await app.enter('ch', await app.account({ channel: 'ch', role: 'viewer' }));
    const mode = async (value: string) => moderator.ask('settings', { channel: 'ch', change: { mode: value } });
    const faults = async () =>
      Promise.all([guest, account, member].map((client) => client.fault('say', saying('may I?'))));
    await mode('accounts');
    expect(await faults()).toEqual(['accounts-only', 'granted', 'granted']);
    await mode('followers');
    expect(await faults()).toEqual(['accounts-only', 'followers-only', 'granted']);
    await app.follows.add('ch', who.key.slice(2));
    expect((await account.next('you', ({ you }) => you.follows)).channel).toBe('ch');
    expect(await faults()).toEqual(['accounts-only', 'granted', 'granted']);
    await mode('members');
    expect(await faults()).toEqual(['accounts-only', 'members-only', 'granted']);
    await app.members.set('ch', who.key.slice(2), 'moderator');
    expect((await account.next('you', ({ you }) => you.role !== null)).you.role).toBe('moderator');
    await account.ask('settings', { channel: 'ch', change: { mode: 'everyone' } });
    expect(await faults()).toEqual(['granted', 'granted', 'granted']);
  });

  it('let nobody flood the room', async () => {
    const guest = await app.enter('ch');
    // With time he is let speak again.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const faults = await Promise.all(Array.from({ length: 10 }, () => guest.fault('say', saying('spam'))));
    expect(faults.filter((fault) => fault === 'granted')).toHaveLength(5);
    expect(faults.filter((fault) => fault === 'too-fast')).toHaveLength(5);
  });
});

describe('the HTTP side of a chat', () => {
  it('tells what was said to the pictures of a span of time', async () => {
    app.channels.publisherConnected('ch', 's1');
    const nowMs = Date.now();
    const late = await owner.ask('say', { ...saying('late'), mediaAtMs: nowMs - 2000 });
    const early = await owner.ask('say', { ...saying('early'), mediaAtMs: nowMs - 4000 });
    const ask = async (query: string) => app.http('GET', `/api/channels/ch/chat?${query}`, {});
    expect(await (await ask(`from=${nowMs - 5000}&to=${nowMs - 1000}`)).json()).toEqual([early, late]);
    expect(await (await ask(`from=${nowMs - 3000}&to=${nowMs - 1000}`)).json()).toEqual([late]);
    expect(await (await ask(`from=${nowMs}&to=0`)).json()).toEqual([]);
    for (const query of ['', 'from=1', 'from=x&to=y', 'from=-1&to=5']) expect((await ask(query)).status).toBe(400);
    expect((await app.http('GET', '/api/channels/nowhere/chat?from=0&to=1', {})).status).toBe(404);
  });

  it('lists and lifts bans, and changes the rules, for moderators', async () => {
    const guest = await app.enter('ch', undefined, 'Trouble');
    const author = await authorOf(guest);
    await moderator.ask('ban', { channel: 'ch', author, seconds: 3600, reason: 'spam' });
    const list = await app.http('GET', '/api/channels/ch/bans', app.operator);
    expect(await list.json()).toMatchObject([{ author, name: 'Trouble', reason: 'spam', until: expect.any(String) }]);
    const lift = async () => app.http('DELETE', `/api/channels/ch/bans/${author}`, app.operator);
    expect([(await lift()).status, (await lift()).status]).toEqual([204, 404]);
    await guest.ask('join', { channel: 'ch' });
    const change = await app.http('PATCH', '/api/channels/ch/chat/settings', app.operator, { slowSeconds: 7 });
    expect(await change.json()).toMatchObject({ slowSeconds: 7, mode: 'everyone' });
    expect((await guest.next('settings')).settings.slowSeconds).toBe(7);
    const wrong = await app.http('PATCH', '/api/channels/ch/chat/settings', app.operator, { slowSeconds: -1 });
    expect(wrong.status).toBe(400);
    expect(await actions()).toEqual(['chat.settings', 'chat.unban', 'chat.ban']);
    for (const path of ['bans', 'audit', 'chat/settings']) {
      expect((await app.http('GET', `/api/channels/ch/${path}`, {})).status, path).toBe(401);
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sessions } from '@weir/auth';
import { hashOfWatchToken } from '../../libs/channels/src/watch-token.js';
import { ChatApp } from '../harness/chat-app.js';

let app: ChatApp;

beforeEach(async () => {
  app = await ChatApp.open({ chatSocketsPerAddress: 40 });
  await app.channels.create('ch', 'A channel');
});

afterEach(() => app.close());

function anonymous(told: unknown, channel: string): string {
  return JSON.stringify(told).replaceAll(new RegExp(`"${channel}\\\\+"`, 'g'), '"*"');
}

const saying = { channel: 'ch', clientId: 'client-0001', body: 'hello' };

describe('the handshake of the chat', () => {
  it('lets no page of another site use the cookies of who visits it', async () => {
    const victim = await app.account({ channel: 'ch', role: 'owner' });
    for (const transports of [['websocket'], ['polling']] as const) {
      for (const origin of ['https://evil.example', 'null', `${app.url}.evil.example`, 'http://127.0.0.1:1']) {
        await expect(app.connect(victim, { transports, headers: { origin } }), origin).rejects.toThrow();
      }
      const own = await app.connect(victim, { transports, headers: { origin: app.url } });
      expect((await own.ask('join', { channel: 'ch' })).you.role).toBe('owner');
    }
  });

  it('takes neither a token that is none nor a cookie that was made up', async () => {
    await expect(app.connect(undefined, { headers: { authorization: 'Bearer made-up' } })).rejects.toThrow();
    for (const cookie of [
      'weir_session=made-up',
      `weir_guest=${'a'.repeat(22)}.${'b'.repeat(43)}`,
      'weir_guest=x; ;=',
    ]) {
      const client = await app.connect({ cookie });
      expect((await client.ask('join', { channel: 'ch' })).you).toMatchObject({ author: '', isAccount: false });
    }
  });

  it('gives one address only so many sockets', async () => {
    const clients = await Promise.all(Array.from({ length: 39 }, () => app.connect()));
    clients.push(await app.connect());
    await expect(app.connect()).rejects.toThrow();
    for (const client of clients) client.close();
  });
});

describe('who is signed out', () => {
  it('is disconnected with the session that the socket was opened with', async () => {
    const who = await app.account({ channel: 'ch', role: 'owner' });
    const client = await app.enter('ch', who);
    const account = who.key.slice(2);
    const sessions = app.get(Sessions);
    const [session] = await sessions.list(account);
    await sessions.end(account, session!.id);
    expect(await client.next('closed')).toMatchObject({
      channel: null,
      fault: { code: 'not-allowed', retryAfterMs: 0 },
    });
    await client.end();
    const back = await app.connect(who);
    expect((await back.ask('join', { channel: 'ch' })).you.role).toBeNull();
  });

  it('moderates no more, even where nobody told the socket', async () => {
    const who = await app.account({ channel: 'ch', role: 'moderator' });
    const client = await app.enter('ch', who);
    app.get(Sessions).events.removeAllListeners('ended');
    const [session] = await app.get(Sessions).list(who.key.slice(2));
    await app.get(Sessions).end(who.key.slice(2), session!.id);
    const settings = { channel: 'ch', change: { slowSeconds: 5 } };
    expect(await client.fault('settings', settings).catch(() => 'disconnected')).not.toBe('granted');
    await client.end();
  });
});

describe('a private channel', () => {
  it('is as if it were not there for who may not watch it, by every request', async () => {
    await app.channels.update('ch', { visibility: 'private', watchHash: hashOfWatchToken('the-token') });
    const stranger = await app.connect(await app.account());
    const unknown = await stranger.request('join', { channel: 'nowhere' });
    const hidden = await stranger.request('join', { channel: 'ch' });
    expect(anonymous(hidden, 'ch')).toBe(anonymous(unknown, 'nowhere'));
    expect(await stranger.fault('join', { channel: 'ch', watchToken: 'wrong' })).toBe('not-found');
    const requests = [
      ['say', saying],
      ['react', { channel: 'ch', reaction: '🔥' }],
      ['delete', { channel: 'ch', id: 'x' }],
      ['ban', { channel: 'ch', author: 'g:x', seconds: null }],
      ['unban', { channel: 'ch', author: 'g:x' }],
      ['settings', { channel: 'ch', change: {} }],
      ['openPoll', { channel: 'ch', question: 'q', options: ['a', 'b'] }],
      ['vote', { channel: 'ch', poll: 'x', choice: 0 }],
      ['closePoll', { channel: 'ch', poll: 'x' }],
    ] as const;
    for (const [name, body] of requests) {
      const told = await stranger.request(name, body);
      expect(told, name).toEqual(await stranger.request(name, { ...body, channel: 'nowhere' }));
    }
    for (const path of ['chat?from=0&to=1', 'chat/settings', 'bans', 'audit']) {
      const told = async (name: string) => {
        const response = await app.http('GET', `/api/channels/${name}/${path}`, {});
        return anonymous([response.status, await response.text()], name);
      };
      expect(await told('ch'), path).toBe(await told('nowhere'));
    }
    const guest = await app.connect(await app.guest());
    expect((await guest.ask('join', { channel: 'ch', watchToken: 'the-token' })).you.role).toBeNull();
    const member = await app.enter('ch', await app.account({ channel: 'ch', role: 'viewer' }));
    expect(await member.fault('say', saying)).toBe('granted');
    await guest.next('message');
  });

  it('puts out at once who may not watch it any more', async () => {
    const guest = await app.enter('ch');
    const who = await app.account({ channel: 'ch', role: 'viewer' });
    const member = await app.enter('ch', who);
    await app.channels.update('ch', { visibility: 'private', watchHash: hashOfWatchToken('the-token') });
    expect(await guest.next('closed')).toMatchObject({ channel: 'ch', fault: { code: 'not-found' } });
    expect(await guest.fault('say', saying)).toBe('not-joined');
    expect(await member.fault('say', saying)).toBe('granted');
    await app.members.remove('ch', who.key.slice(2));
    expect(await member.next('closed')).toMatchObject({ channel: 'ch' });
    const holder = await app.connect(await app.guest());
    await holder.ask('join', { channel: 'ch', watchToken: 'the-token' });
    await app.channels.update('ch', (row) => ({
      watchHash: hashOfWatchToken('another'),
      watchEpoch: row.watchEpoch + 1,
    }));
    await holder.next('closed');
    expect(guest.all('message')).toEqual([]);
  });
});

describe('an API token', () => {
  it('writes and moderates only with the scopes for it', async () => {
    const who = await app.account({ channel: 'ch', role: 'owner' });
    const session = await app.http('GET', '/api/session', { cookie: who.cookie });
    const { csrf } = (await session.json()) as { csrf: string };
    const connect = async (...scopes: string[]) => {
      const headers = { cookie: who.cookie, 'x-weir-csrf': csrf };
      const made = await app.http('POST', '/api/account/tokens', headers, { label: scopes.join(), scopes });
      const { token } = (await made.json()) as { token: string };
      const client = await app.connect(undefined, { headers: { authorization: `Bearer ${token}` } });
      await client.ask('join', { channel: 'ch' });
      return client;
    };
    const settings = { channel: 'ch', change: { slowSeconds: 1 } };
    const reader = await connect('channels:read');
    expect([await reader.fault('say', saying), await reader.fault('settings', settings)]).toEqual([
      'not-allowed',
      'not-allowed',
    ]);
    const writer = await connect('chat:write', 'channels:read');
    expect([await writer.fault('say', saying), await writer.fault('settings', settings)]).toEqual([
      'granted',
      'not-allowed',
    ]);
    const moderator = await connect('chat:moderate', 'channels:read');
    expect([
      await moderator.fault('say', { ...saying, clientId: 'client-0002' }),
      await moderator.fault('settings', settings),
    ]).toEqual(['not-allowed', 'granted']);
  });
});

describe('text of strangers', () => {
  it('goes to others as it is, as text and never as anything else', async () => {
    const client = await app.enter('ch');
    const body = `<img src=x onerror=alert(1)> ${'{"type":4}'} javascript:alert(1) \u202e\u0000`;
    const said = await client.ask('say', { ...saying, body });
    expect(said.body).toBe('<img src=x onerror=alert(1)> {"type":4} javascript:alert(1)');
    const replay = await app.http('GET', `/api/channels/ch/chat?from=0&to=${Date.now() + 1000}`, {});
    expect(replay.headers.get('content-type')).toContain('application/json');
    expect(await replay.json()).toEqual([said]);
  });
});

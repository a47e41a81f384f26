import type { ChatReply, SessionView } from '@weir/contract';
import { Clip, ClipPublisher } from '@weir/demo';
import { play } from '@weir/peer';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let owner: Person;
let key: string;
let publisher: ClipPublisher;
let socket: Socket;

beforeAll(async () => {
  server = await startServer();
  owner = await Person.first(server, 'Olivia');
  key = await owner.createChannel('show');
  await owner.ask('PATCH', '/api/channels/show', { hls: 'passthrough', record: false });
  publisher = await ClipPublisher.start({ url: `${server.url}/whip/show`, key, clip: await Clip.demo() });
  socket = io(server.url, { path: '/api/chat', transports: ['websocket'], extraHeaders: { cookie: owner.cookie } });
  await say('join', { channel: 'show' });
}, 120_000);

afterAll(async () => {
  socket?.close();
  await publisher?.stop();
  await server?.stop();
});

async function say(event: string, body: object): Promise<void> {
  const reply = (await socket.timeout(10_000).emitWithAck(event, body)) as ChatReply<unknown>;
  expect(reply).toMatchObject({ ok: true });
}

/** The cookies of a browser that came for the first time, and who it is by them. */
async function guest(): Promise<{ cookie: string; author: string }> {
  const session = await fetch(`${server.url}/api/session`);
  expect(((await session.json()) as SessionView).account).toBeNull();
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const own = io(server.url, {
    path: '/api/chat',
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
  });
  const reply = (await own.timeout(10_000).emitWithAck('join', { channel: 'show' })) as ChatReply<{
    you: { author: string };
  }>;
  own.close();
  return { cookie, author: reply.ok ? reply.answer.you.author : '' };
}

function hls(cookie: string): Promise<number> {
  return fetch(`${server.url}/hls/show/index.m3u8`, { headers: { cookie } }).then(async (answer) => {
    await answer.arrayBuffer();
    return answer.status;
  });
}

it('puts who is banned out of every way to watch at once, and nobody else', async () => {
  const [bad, good] = [await guest(), await guest()];
  await until(async () => (await hls(bad.cookie)) === 200, { what: 'HLS', timeoutMs: 60_000 });
  const watching = await play(`${server.url}/whep/show`, { cookie: bad.cookie });
  const other = await play(`${server.url}/whep/show`, { cookie: good.cookie });
  await say('ban', { channel: 'show', author: bad.author, seconds: null, reason: 'spam' });
  expect(await watching.peer.closed).toBe('remote');
  expect(await hls(bad.cookie)).toBe(404);
  expect((await fetch(`${server.url}/api/channels/show`, { headers: { cookie: bad.cookie } })).status).toBe(403);
  await expect(play(`${server.url}/whep/show`, { cookie: bad.cookie })).rejects.toThrow(/^403/);

  expect(await hls(good.cookie)).toBe(200);
  expect((await fetch(`${server.url}/api/channels/show`, { headers: { cookie: good.cookie } })).status).toBe(200);
  await other.stop();

  await say('unban', { channel: 'show', author: bad.author });
  expect(await hls(bad.cookie)).toBe(200);
});

it('ends who publishes with a key that is revoked, at once and for good', async () => {
  const [listed] = await owner.ask<{ id: string; lastUsedAt: string | null }[]>('GET', '/api/channels/show/keys');
  expect(listed?.lastUsedAt).not.toBeNull();
  const refused = await owner.request('DELETE', '/api/channels/show');
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('end the stream first')]);
  await owner.ask('DELETE', `/api/channels/show/keys/${listed?.id}`);
  expect(await publisher.ended).toBe('remote');
  expect(await owner.ask('GET', '/api/channels/show')).toMatchObject({ live: false });
  const again = ClipPublisher.start({ url: `${server.url}/whip/show`, key, clip: await Clip.demo() });
  await expect(again).rejects.toThrow(/^401/);
});

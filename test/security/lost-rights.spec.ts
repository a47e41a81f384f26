import type { CreatedInvitation, CreatedStreamKey, JoinedStage, Scope, SessionView } from '@weir/contract';
import { Clip, ClipPublisher } from '@weir/demo';
import { play } from '@weir/peer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { StageSocket } from '../harness/stage-party.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const everything: readonly Scope[] = ['channels:read', 'channels:write', 'stage:write'];

let server: WeirServer;
let admin: Person;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  server = await startServer();
  admin = await Person.first(server, 'Root');
  [ann, bob] = [await newcomer('Ann'), await newcomer('Bob')];
  for (const [owner, name] of [
    [bob, 'solo'],
    [ann, 'shared'],
  ] as const) {
    await owner.ask('POST', '/api/channels', { name });
    await owner.ask('PATCH', `/api/channels/${name}`, { record: false, hls: 'passthrough' });
  }
  await ann.ask('PATCH', '/api/channels/shared', { visibility: 'private' });
  await setRole('owner');
});

afterAll(() => server.stop());

async function newcomer(name: string): Promise<Person> {
  const { code } = await admin.ask<CreatedInvitation>('POST', '/api/invitations', {});
  return Person.invited(server, name, code);
}

async function idOf(person: Person): Promise<string> {
  return (await person.ask<SessionView>('GET', '/api/session')).account?.id ?? '';
}

/** Makes Bob somebody in the channel of Ann. */
async function setRole(role: string): Promise<void> {
  await ann.ask('PUT', `/api/channels/shared/members/${await idOf(bob)}`, { role });
}

async function keyOf(person: Person, channel: string): Promise<string> {
  return (await person.ask<CreatedStreamKey>('POST', `/api/channels/${channel}/keys`, {})).key;
}

async function goLive(channel: string, key: string): Promise<ClipPublisher> {
  return ClipPublisher.start({ url: `${server.url}/whip/${channel}`, key, clip: await Clip.demo() });
}

/** Status of an offer that is none: 415 for who may publish. */
async function offer(key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/plain' };
  const answer = await fetch(`${server.url}/whip`, { method: 'POST', headers, body: 'x' });
  if (answer.status === 403) expect(await answer.text()).toContain('rests');
  return answer.status;
}

const isLive = async (channel: string): Promise<boolean> =>
  (await ann.ask<{ live: boolean }>('GET', `/api/channels/${channel}`)).live;

describe('an account that is disabled', () => {
  it('is off the air and off every stage at once, and nothing of its own opens anything until it is enabled', async () => {
    const id = await idOf(bob);
    const [solo, shared, anns] = [await keyOf(bob, 'solo'), await keyOf(bob, 'shared'), await keyOf(ann, 'shared')];
    const admins = await keyOf(admin, 'solo');
    const { token } = await bob.ask<{ token: string }>('POST', '/api/account/tokens', {
      label: 'all',
      scopes: everything,
    });
    // on the air with the key that another made for his channel, and directing what others see
    const publisher = await goLive('solo', admins);
    const others = await goLive('shared', anns);
    await bob.ask('POST', '/api/channels/solo/stage/live');
    const guest = await bob.ask<JoinedStage>('POST', '/api/channels/shared/stage/join', {});
    const director = await play(`${server.url}/whep/shared/stage/publisher`, { token });
    const viewer = await play(`${server.url}/whep/shared`, { token });
    const socket = new StageSocket(server, { authorization: `Bearer ${token}` });
    expect(await socket.ask('enter', { channel: 'shared' })).toEqual({ ok: true });
    const playlist = (): Promise<Response> =>
      fetch(`${server.url}/hls/shared/index.m3u8`, { headers: { authorization: `Bearer ${token}` } });
    await until(async () => (await playlist()).ok, { what: 'the playlist of a private channel' });

    await admin.ask('PATCH', `/api/accounts/${id}`, { disabled: true });

    expect((await playlist()).status).toBe(404);
    expect(await Promise.all([publisher.ended, director.peer.closed, viewer.peer.closed])).toEqual([
      'remote',
      'remote',
      'remote',
    ]);
    expect(await (await fetch(viewer.sessionUrl)).text()).toContain('stream key is good no more');
    await until(async () => !(await isLive('solo')), { what: 'the end of his stream and his show' });
    await until(() => socket.removals.length === 1 && !socket.isOpen, { what: 'the end of the socket' });
    expect(await Promise.all([solo, shared, admins].map(offer))).toEqual([403, 403, 403]);
    const asGuest = { headers: { authorization: `Bearer ${guest.token}` } };
    expect((await fetch(`${server.url}/api/stage/me`, asGuest)).status).toBe(401);
    const handshake = `${server.url}/api/stage/socket/?EIO=4&transport=polling`;
    expect((await fetch(handshake, { headers: { authorization: `Bearer ${token}` } })).ok).toBe(false);
    // who has done nothing goes on
    expect([await isLive('shared'), await offer(anns)]).toEqual([true, 415]);
    await others.stop();

    await admin.ask('PATCH', `/api/accounts/${id}`, { disabled: false });
    expect(await Promise.all([solo, shared, admins].map(offer))).toEqual([415, 415, 415]);
    await bob.ask('POST', '/api/session', { name: 'Bob', password: bob.password });
  }, 180_000);
});

describe('who owns a channel no more', () => {
  it('is off the air at once, and neither his keys nor his invitations are good while that lasts', async () => {
    const [key, anns] = [await keyOf(bob, 'shared'), await keyOf(ann, 'shared')];
    const path = '/api/channels/shared/invitations';
    const { code } = await bob.ask<CreatedInvitation>('POST', path, { role: 'owner' });
    const publisher = await goLive('shared', key);
    await setRole('moderator');
    expect(await publisher.ended).toBe('remote');
    expect([await offer(key), await offer(anns)]).toEqual([403, 415]);
    const keys = await ann.ask<{ resting: boolean; revokedAt: string | null }[]>('GET', '/api/channels/shared/keys');
    expect(keys.at(-2)).toMatchObject({ resting: true, revokedAt: null });
    const accept = (): Promise<Response> => bob.request('POST', '/api/invitations/accept', { code });
    expect((await accept()).status).toBe(403);
    await setRole('owner');
    expect([await offer(key), (await accept()).status]).toEqual([415, 200]);
  });
});

describe('who signs out', () => {
  it('watches no stage any more with what that session opened', async () => {
    const publisher = await goLive('shared', await keyOf(ann, 'shared'));
    const watching = await play(`${server.url}/whep/shared/stage/publisher`, { cookie: bob.cookie });
    await bob.ask('DELETE', '/api/session');
    expect(await watching.peer.closed).toBe('remote');
    await publisher.stop();
  });
});

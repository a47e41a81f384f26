import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreatedInvitation, JoinedStage, Stage } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { StageParty, StageSocket } from '../harness/stage-party.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const directing: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['PUT', 'scene', { guests: [] }],
  ['PATCH', 'scene', { layout: 'solo' }],
  ['POST', 'undo'],
  ['POST', 'live'],
  ['DELETE', 'live'],
  ['PATCH', 'guests/publisher', { state: 'on-air' }],
  ['DELETE', 'guests/publisher'],
  ['PUT', 'images/logo.png'],
  ['DELETE', 'images/logo.png'],
];

let dataDir: string;
let server: WeirServer;
let host: Person;
let party: StageParty;
let other: StageParty;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weir-stage-'));
  server = await startServer({ WEIR_DATA_DIR: dataDir });
  host = await Person.first(server, 'Hanna');
  party = await StageParty.open(server, host, 'show');
  other = await StageParty.open(server, host, 'other');
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function sounds(token: string, whom: string) {
  const bySource = new Map<number, number>();
  const subscription = await party.watch(token, whom, (packet) => {
    const source = packet.readUInt32BE(8);
    bySource.set(source, (bySource.get(source) ?? 0) + 1);
  });
  return { subscription, bySource };
}

/** Sources of which packets come from now on, until one of them has brought twenty. */
async function living(bySource: Map<number, number>): Promise<number> {
  bySource.clear();
  await until(() => [...bySource.values()].some((packets) => packets > 40), { what: 'packets' });
  return [...bySource.values()].filter((packets) => packets > 5).length;
}

describe('a guest of a stage', () => {
  it('directs nothing, by HTTP or socket', async () => {
    const { token } = await party.join('Gus');
    for (const [method, path, body] of directing) {
      const answer = await party.as(token, method, `${party.path}/${path}`, body);
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
    const socket = await party.socket(token);
    for (const [request, asked] of [
      ['setScene', { guests: [] }],
      ['changeScene', { layout: 'solo' }],
      ['undo', {}],
      ['goLive', {}],
      ['endShow', {}],
      ['directGuest', { guest: 'publisher', state: 'on-air' }],
      ['removeGuest', { guest: 'publisher' }],
    ] as const) {
      const reply = await socket.ask(request, asked);
      expect([request, reply]).toMatchObject([request, { ok: false, fault: { code: 'not-allowed' } }]);
    }
    socket.close();
    expect(await party.stage()).toMatchObject({ live: false, arrangement: { guests: [], layout: 'auto' } });
    await party.as(token, 'DELETE', '/api/stage/me');
  });

  it('is nobody on the stage of another channel, and nobody else is anybody without a token', async () => {
    const { token, guest } = await other.join('Otto');
    expect((await party.as(token, 'GET', party.path)).status).toBe(403);
    await expect(party.publish(token)).rejects.toThrow(/^403/);
    await expect(party.watch(token, 'publisher')).rejects.toThrow(/^403/);
    await expect(party.watch(token, guest)).rejects.toThrow(/^403/);
    await expect(party.socket(token)).rejects.toThrow('another channel');
    for (const wrong of ['stage_made-up', 'made-up']) {
      for (const method of ['GET', 'PATCH', 'DELETE'])
        expect((await party.as(wrong, method, '/api/stage/me', method === 'PATCH' ? {} : undefined)).status).toBe(401);
      await expect(party.publish(wrong)).rejects.toThrow(/^401/);
      await expect(party.watch(wrong, 'publisher')).rejects.toThrow(/^401/);
    }
    expect((await party.as(undefined, 'GET', party.path)).status).toBe(401);
    const stranger = new StageSocket(server);
    expect(await stranger.ask('enter', { channel: 'show' })).toMatchObject({ fault: { code: 'not-allowed' } });
    expect(await stranger.ask('undo')).toMatchObject({ fault: { code: 'not-allowed' } });
    stranger.close();
    await other.as(token, 'DELETE', '/api/stage/me');
  });

  it('is at one stage with one connection, also when it asks for two at once', async () => {
    const socket = new StageSocket(server, { cookie: host.cookie });
    const answers = await Promise.all([other, party].map(({ channel }) => socket.ask('enter', { channel })));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await socket.ask('enter', { channel: party.channel })).toMatchObject({ fault: { code: 'not-allowed' } });
    expect(new Set(socket.stages.map(({ channel }) => channel)).size).toBe(1);
    socket.close();
  });

  it('does not come in by an invitation of viewers, nor by one that is used up', async () => {
    await expect(party.join('Vera', await party.invite('viewer'))).rejects.toThrow('403');
    await expect(party.join('Vera', 'made-up')).rejects.toThrow('403');
  });

  it('who was silenced is heard by nobody until he himself ends it', async () => {
    const [speaker, listener] = [await party.join('Sam'), await party.join('Lou')];
    const camera = await party.publish(speaker.token);
    const { subscription, bySource } = await sounds(listener.token, speaker.guest);
    await until(async () => (await living(bySource)) === 2, { what: 'picture and sound' });
    const path = `guests/${speaker.guest}`;
    await party.direct('PATCH', path, { state: 'on-air', muted: true });
    await until(async () => (await living(bySource)) === 1, { what: 'silence' });
    const refused = await host.request('PATCH', `${party.path}/${path}`, { muted: false });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('ask them')]);
    const heard = await party.direct('PUT', 'scene', { guests: [{ guest: speaker.guest, muted: false }] });
    expect(heard.arrangement.guests).toMatchObject([{ muted: true }]);
    expect((await party.direct('POST', 'undo')).guests[0]).toMatchObject({ muted: true, mutedByDirector: true });
    // another session is as silent
    const again = await party.publish(speaker.token);
    await camera.stop();
    await until(async () => (await living(bySource)) === 1, { what: 'silence of the next session' });
    expect((await party.as(speaker.token, 'PATCH', '/api/stage/me', { muted: false })).status).toBe(200);
    await until(async () => (await living(bySource)) === 2, { what: 'sound' });
    await subscription.stop();
    await again.stop();
    for (const { token } of [speaker, listener]) await party.as(token, 'DELETE', '/api/stage/me');
  });

  it('who was removed is really gone: media stop, the token is dead, also after a restart', async () => {
    const code = await party.invite('guest', 2);
    const [removed, stays] = [await party.join('Rob', code), await party.join('Sue', code)];
    const [camera, screen] = [await party.publish(removed.token), await party.publish(removed.token, '/screen')];
    const kept = await party.publish(stays.token);
    const watching = await party.watch(removed.token, stays.guest);
    const watched = await party.watch(stays.token, removed.guest);
    const socket = await party.socket(removed.token);
    await party.direct('PATCH', `guests/${removed.guest}`, { state: 'on-air' });
    const answer = await host.request('DELETE', `${party.path}/guests/${removed.guest}`);
    expect(answer.status).toBe(204);
    expect(await Promise.all([camera.ended, screen.ended, watching.peer.closed, watched.peer.closed])).toEqual([
      'remote',
      'remote',
      'remote',
      'remote',
    ]);
    await until(() => socket.removals.length === 1 && !socket.isOpen, { what: 'the end of the socket' });
    const isDead = async (): Promise<void> => {
      for (const path of ['/api/stage/me', party.path])
        expect((await party.as(removed.token, 'GET', path)).status).toBe(401);
      await expect(party.publish(removed.token)).rejects.toThrow(/^401/);
      await expect(party.watch(removed.token, stays.guest)).rejects.toThrow(/^401/);
      await expect(party.socket(removed.token)).rejects.toThrow('not valid');
      await expect(party.join('Rob', code)).rejects.toThrow('403');
    };
    await isDead();
    const { arrangement, guests } = await party.stage();
    expect([arrangement.guests, guests.map(({ id }) => id)]).toEqual([[], [stays.guest]]);
    await party.direct('PATCH', `guests/${stays.guest}`, { state: 'on-air', muted: true });
    await kept.stop();
    await restart();
    await isDead();
    expect((await party.as(stays.token, 'GET', '/api/stage/me')).status).toBe(200);
    const after = await party.stage();
    expect(after.arrangement.guests).toMatchObject([{ guest: stays.guest, muted: true }]);
    expect(after.guests).toMatchObject([{ id: stays.guest, state: 'on-air', mutedByDirector: true }]);
    await party.as(stays.token, 'DELETE', '/api/stage/me');
  }, 180_000);

  it('who is there as a member goes with his role, and does not come back when he was removed', async () => {
    const path = `/api/channels/show/invitations`;
    const { code } = await host.ask<CreatedInvitation>('POST', path, { role: 'guest' });
    const member = await Person.invited(server, 'Mia', code);
    const join = (): Promise<JoinedStage> => member.ask<JoinedStage>('POST', `${party.path}/join`, {});
    const first = await join();
    expect(await member.ask<Stage>('GET', party.path)).toMatchObject({ guests: [{ name: 'Mia', role: 'guest' }] });
    await party.direct('DELETE', `guests/${first.guest}`).catch(() => undefined);
    await expect(join()).rejects.toThrow(/403.*removed/);
    const again = await party.join('Mia');
    expect((await party.as(again.token, 'GET', party.path)).status).toBe(200);

    const left = await host.ask<CreatedInvitation>('POST', path, { role: 'guest' });
    const other = await Person.invited(server, 'Max', left.code);
    const { token } = await other.ask<JoinedStage>('POST', `${party.path}/join`, { name: 'Maxi' });
    const { account } = await other.ask<{ account: { id: string } }>('GET', '/api/session');
    await host.ask('DELETE', `/api/channels/show/members/${account.id}`);
    expect((await party.as(token, 'GET', '/api/stage/me')).status).toBe(401);
  });
});

async function restart(): Promise<void> {
  const [, port = ''] = /:(\d+)$/.exec(server.url) ?? [];
  await server.stop();
  server = await startServer({ WEIR_DATA_DIR: dataDir, WEIR_HTTP_PORT: port, WEIR_ADMIN_TOKEN: server.adminToken });
}

import type { StageGuest, StageSelf } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { StageParty, StageSocket } from '../harness/stage-party.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let party: StageParty;
/** Enters nothing, from the beginning on. */
let idle: StageSocket;

beforeAll(async () => {
  server = await startServer();
  idle = new StageSocket(server);
  party = await StageParty.open(server, await Person.first(server, 'Hanna'), 'show');
});

afterAll(() => server.stop());

describe('the stage of a channel', () => {
  it('lets a guest in by an invitation without an account, once for each use', async () => {
    const code = await party.invite();
    const guest = await party.join('Gabi', code);
    expect(guest).toMatchObject({ channel: 'show', title: 'Stage show' });
    await expect(party.join('Another', code)).rejects.toThrow('403');
    const self = (await (await party.as(guest.token, 'GET', '/api/stage/me')).json()) as StageSelf;
    expect(self).toEqual({ channel: 'show', guest: guest.guest, name: 'Gabi', muted: false });
    const { guests, live, arrangement } = await party.stage();
    expect(guests).toMatchObject([{ id: guest.guest, name: 'Gabi', state: 'backstage', connected: false, role: null }]);
    expect([live, arrangement.guests]).toEqual([false, []]);
    expect((await party.as(guest.token, 'DELETE', '/api/stage/me')).status).toBe(204);
    expect((await party.as(guest.token, 'GET', '/api/stage/me')).status).toBe(401);
    expect((await party.stage()).guests).toEqual([]);
  });

  it('shows guests each other, tells who sends and how well, and lets nobody watch himself', async () => {
    const [one, two] = [await party.join('One'), await party.join('Two')];
    await expect(party.watch(two.token, one.guest)).rejects.toThrow(/^409/);
    const camera = await party.publish(one.token);
    const screen = await party.publish(one.token, '/screen');
    let packets = 0;
    const seen = await party.watch(two.token, one.guest, () => (packets += 1));
    const seenScreen = await party.watch(two.token, `${one.guest}-screen`);
    await until(() => packets > 20, { what: 'media of the other guest' });
    await expect(party.watch(one.token, one.guest)).rejects.toThrow(/^403/);
    await expect(party.watch(one.token, `${one.guest}-screen`)).rejects.toThrow(/^403/);
    await expect(party.watch(two.token, 'nobody')).rejects.toThrow(/^404/);
    const of = async () => (await party.stage()).guests.find(({ id }) => id === one.guest);
    // What a second brings is known when it is over, the size from the first key frame on, and one in which the machine stood still is not good.
    const isGood = ({ quality }: StageGuest) =>
      quality?.level === 'good' && quality.lossPercent === 0 && quality.width !== null && quality.videoBps > 10_000;
    const told = await until(
      async () => {
        const guest = await of();
        return guest !== undefined && isGood(guest) ? guest : undefined;
      },
      { what: 'a good quality', timeoutMs: 60_000 },
    );
    expect(told).toMatchObject({ connected: true, sharesScreen: true });
    await party.direct('PATCH', `guests/${one.guest}-screen`, { state: 'on-air' });
    await screen.stop();
    await until(async () => (await of())?.sharesScreen === false, { what: 'the end of the screen' });
    await until(async () => (await party.stage()).arrangement.guests.length === 0, { what: 'nobody on air' });
    await camera.stop();
    await Promise.all([seen.stop(), seenScreen.stop()]);
    for (const { token } of [one, two]) await party.as(token, 'DELETE', '/api/stage/me');
  });

  it('is live from its beginning to its end, whoever is there, and its program shows the guests on air', async () => {
    const guest = await party.join('Greta');
    const camera = await party.publish(guest.token);
    await party.direct('PATCH', `guests/${guest.guest}`, { state: 'on-air' });
    const began = await party.direct('POST', 'live');
    expect(began).toMatchObject({ live: true, held: true, recorded: true });
    expect(began.arrangement.guests).toMatchObject([{ guest: guest.guest, label: 'Greta', shows: 'camera' }]);
    const playlist = async (): Promise<boolean> => (await fetch(`${server.url}/hls/show/index.m3u8`)).ok;
    await until(playlist, { what: 'HLS of the show', timeoutMs: 60_000 });
    await until(async () => (await party.stage()).speaker === guest.guest, { what: 'who speaks', timeoutMs: 60_000 });
    expect(await party.host.ask('GET', '/api/programs')).toMatchObject([{ mode: 'program' }]);
    let packets = 0;
    const back = await party.watch(guest.token, 'program', () => (packets += 1));
    await until(() => packets > 20, { what: 'the program in real time', timeoutMs: 60_000 });
    await camera.stop();
    await back.stop();
    expect((await party.stage()).live).toBe(true);
    expect((await party.direct('DELETE', 'live')).live).toBe(false);
    expect((await party.stage()).arrangement.guests).toEqual([]);
    await party.as(guest.token, 'DELETE', '/api/stage/me');
  }, 240_000);

  it('is told over sockets to everybody on it, who may ask there for what the API can do', async () => {
    const guest = await party.join('Ida');
    const socket = await party.socket(guest.token);
    const director = await party.socket();
    await until(() => socket.you !== undefined && director.you !== undefined, { what: 'who they are' });
    expect([socket.you, director.you]).toEqual([
      { guest: guest.guest, directs: false },
      { guest: null, directs: true },
    ]);
    expect(await director.ask('directGuest', { guest: guest.guest, state: 'on-air', muted: true })).toEqual({
      ok: true,
    });
    const self = () => socket.stage?.guests.find(({ id }) => id === guest.guest);
    await until(() => self()?.state === 'on-air' && self()?.muted, { what: 'being on air, in silence' });
    expect(self()).toMatchObject({ muted: true, mutedByDirector: true });
    await until(() => socket.stage?.arrangement.guests[0]?.muted, { what: 'silence in the program' });
    expect(await socket.ask('updateSelf', { muted: false, name: 'Ida B.' })).toEqual({ ok: true });
    const isNamed = () => socket.stage?.arrangement.guests[0]?.label === 'Ida B.';
    await until(() => self()?.muted === false && isNamed(), { what: 'the end of silence, and another name' });
    expect(socket.stage?.arrangement.guests).toMatchObject([{ label: 'Ida B.', muted: false }]);
    expect(await director.ask('changeScene', { layout: 'solo', title: 'Hello' })).toEqual({ ok: true });
    expect(await director.ask('undo')).toEqual({ ok: true });
    expect(await director.ask('setScene', { guests: [{ guest: 'nobody' }] })).toMatchObject({
      ok: false,
      fault: { code: 'unknown' },
    });
    for (const [request, asked] of [
      ['nonsense', {}],
      ['changeScene', { layout: 'circle' }],
      ['directGuest', { guest: guest.guest, muted: false }],
    ] as const) {
      expect(await director.ask(request, asked)).toMatchObject({ ok: false, fault: { code: 'invalid' } });
    }
    expect(await socket.ask('goLive')).toMatchObject({ ok: false, fault: { code: 'not-allowed' } });
    expect(await director.ask('removeGuest', { guest: guest.guest })).toEqual({ ok: true });
    await until(() => !socket.isOpen, { what: 'the end of the socket' });
    expect(socket.removals).toEqual(['You were removed from the stage.']);
    const isEmpty = () => director.stage?.guests.length === 0 && director.stage.arrangement.guests.length === 0;
    await until(isEmpty, { what: 'an empty stage' });
    expect(director.stage?.arrangement).toMatchObject({ guests: [], layout: 'auto' });
    director.close();
  });

  it('disconnects who enters nothing for ten seconds, and says why', async () => {
    await until(() => idle.removals.length === 1 && !idle.isOpen, { what: 'the end of an idle socket' });
    expect(idle.removals[0]).toContain('enter first');
  });
});

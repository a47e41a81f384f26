import { Clip } from '@weir/demo';
import type { IngestStatus } from '@weir/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carelessClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let owner: Person;

beforeAll(async () => {
  server = await startServer();
  owner = await Person.first(server);
});
afterAll(() => server.stop());

const statusOf = (channel: string) => owner.ask<IngestStatus>('GET', `/api/channels/${channel}/ingest`);

/** Publishes a clip and waits until the status is as wanted. */
async function publish(
  channel: string,
  clip: Clip,
  isSilent: boolean,
  isEnough: (status: IngestStatus) => boolean,
): Promise<{ obs: ObsTwin; status: IngestStatus }> {
  const key = await owner.createChannel(channel);
  expect(await statusOf(channel)).toMatchObject({ state: 'waiting', userAgent: null, problems: [] });
  const obs = await ObsTwin.publish({ url: `${server.url}/whip/${channel}`, key, clip, isSilent });
  const enough = async () => {
    const status = await statusOf(channel);
    return isEnough(status) ? status : undefined;
  };
  const status = await until(enough, { what: `the status of ${channel}`, timeoutMs: 40_000 });
  return { obs, status };
}

it('finds everything that is wrong with an encoder that nobody has set up', async () => {
  const { obs, status } = await publish('careless', await carelessClip(), true, ({ problems }) =>
    problems.some(({ type, found }) => type === 'long-key-frame-interval' && found === '10.0 s'),
  );
  expect(status).toMatchObject({
    state: 'live',
    userAgent: 'OBS Studio 32.2.2',
    videoCodec: 'h264',
    audioCodec: null,
    width: 640,
    height: 360,
    keyFrameIntervalMs: 10_000,
  });
  expect(status.problems).toEqual(
    expect.arrayContaining([
      { type: 'b-frames', severity: 'error', found: '' },
      { type: 'no-audio', severity: 'warning', found: '' },
      { type: 'long-key-frame-interval', severity: 'warning', found: '10.0 s' },
      { type: 'profile', severity: 'info', found: 'High' },
    ]),
  );
  expect(await obs.stop()).toBe(200);
  await until(async () => (await statusOf('careless')).state === 'waiting', { what: 'nobody' });
});

it('finds nothing wrong with an encoder that is set up well, and tells what it sends', async () => {
  const { obs, status } = await publish(
    'careful',
    await Clip.demo(),
    false,
    // What was lost while the machine was busy is forgotten after ten seconds.
    ({ framesPerSecond, keyFrameIntervalMs, problems, loss }) =>
      (framesPerSecond ?? 0) > 28 && keyFrameIntervalMs === 1000 && problems.length === 0 && loss === 0,
  );
  expect(status).toMatchObject({ state: 'live', videoCodec: 'h264', audioCodec: 'opus', loss: 0 });
  expect(status.bitrateBps).toBeGreaterThan(100_000);
  expect(status.viewers).toEqual({ realTime: 0, hls: 0 });
  expect(status.problems.map(({ type }) => type)).toEqual([]);
  obs.vanish();
});

it('tells it to nobody but owners', async () => {
  await owner.ask('POST', '/api/channels', { name: 'mine' });
  const path = '/api/channels/mine/ingest';
  expect((await fetch(server.url + path)).status).toBe(401);
  const { code } = await owner.ask<{ code: string }>('POST', '/api/channels/mine/invitations', { role: 'moderator' });
  const moderator = await Person.invited(server, 'Mo', code);
  await moderator.ask('POST', '/api/invitations/accept', { code }).catch(() => undefined);
  expect((await moderator.request('GET', path)).status).toBe(403);
  await owner.ask('PATCH', '/api/channels/mine', { visibility: 'private' });
  expect((await fetch(server.url + path)).status).toBe(404);
  expect((await owner.request('GET', path)).status).toBe(200);
  expect((await owner.request('GET', '/api/channels/none/ingest')).status).toBe(404);
});

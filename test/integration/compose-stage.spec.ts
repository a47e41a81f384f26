import type { Composition, Recording } from '@weir/contract';
import { arrangedScene } from '@weir/stage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DecodedShow } from '../harness/isolated-show.js';
import { Person } from '../harness/person.js';
import { plainPng } from '../harness/plain-png.js';
import { isNear } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { SHOW_IMAGES } from '../harness/show-cast.js';
import { StageParty } from '../harness/stage-party.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const CANVAS = { width: 426, height: 240 } as const;
const CONTRAST = 60;

let server: WeirServer;
let party: StageParty;

beforeAll(async () => {
  server = await startServer({ WEIR_LADDER: '240p:500k' });
  const settings = { isolatedTracks: true };
  party = await StageParty.open(server, await Person.first(server, 'Hanna'), 'show', settings);
});

afterAll(() => server.stop());

it('a show of two guests is recorded and composed again with another layout and the background that it had', async () => {
  const people = [await party.join('One'), await party.join('Two')];
  const cameras = [];
  for (const { token } of people) cameras.push(await party.publish(token));
  const [first, second] = people.map(({ guest }) => guest) as [string, string];
  for (const guest of [first, second]) await party.direct('PATCH', `guests/${guest}`, { state: 'on-air' });
  await party.direct('PATCH', 'scene', { layout: 'solo', pinned: first, labels: false });
  const image = `${party.path}/images/wall`;
  const { cookie, csrf } = party.host;
  const headers = { cookie, 'x-weir-csrf': csrf, 'content-type': 'image/png' };
  await fetch(server.url + image, { method: 'PUT', headers, body: plainPng(SHOW_IMAGES.wall) });
  await party.direct('PATCH', 'scene', { background: 'wall' });
  await party.direct('POST', 'live');
  const hasBegun = async (): Promise<boolean> => (await party.stage()).speaker !== null;
  await until(hasBegun, { what: 'sound of a guest' });
  const recorded = async (isRight: (recording: Recording) => boolean): Promise<Recording | undefined> =>
    (await party.host.ask<{ recordings: Recording[] }>('GET', '/api/recordings')).recordings.find(isRight);
  await until(() => recorded(({ durationSeconds }) => durationSeconds > 3), { what: 'a recording' });
  await party.direct('DELETE', 'live');
  await party.host.request('DELETE', image);
  for (const camera of cameras) await camera.stop();
  const source = await until(() => recorded(({ state }) => state === 'ready'), { what: 'the end' });
  const path = `/api/recordings/${source.id}/compose`;
  await party.host.ask('POST', path, { scene: { layout: 'side-by-side', pinned: null } });
  const composed = await until(
    async () => {
      const { state, recording, guests } = await party.host.ask<Composition>('GET', path);
      expect(guests.map(({ guest }) => guest).toSorted()).toEqual([first, second].toSorted());
      expect(state).not.toBe('failed');
      return recording === null ? undefined : recorded((one) => one.id === recording && one.state === 'ready');
    },
    { what: 'the composition', timeoutMs: 90_000 },
  );
  expect(composed.durationSeconds).toBeCloseTo(source.durationSeconds, 0);
  const answer = await party.host.request('GET', composed.downloads[0]!.url);
  const file = Buffer.from(await answer.arrayBuffer());
  const show = await DecodedShow.of(file, file, CANVAS);
  const guests = [first, second].map((guest) => ({ guest, hasPicture: true, isStalled: false }));
  const arrangement = arrangementOf([first, second], { layout: 'side-by-side' });
  const scene = arrangedScene({ arrangement, guests, speaker: undefined, canvas: CANVAS, slateTitle: '' });
  const picture = show.picture(show.seconds - 0.5);
  expect(scene.layers.map(({ rect }) => picture.contrast(rect) > CONTRAST)).toEqual([true, true]);
  expect(isNear(picture.at({ x: 0, y: 0, width: 16, height: 16 }), SHOW_IMAGES.wall.colour)).toBe(true);
}, 180_000);

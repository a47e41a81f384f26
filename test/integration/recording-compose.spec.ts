import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComposeRecording, Composition, Recording } from '@weir/contract';
import type { compose } from '@weir/program';
import { arrangedScene, type Arrangement, type Layer } from '@weir/stage';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { composeShow } from '../../libs/program/src/compose-show.js';
import { DecodedShow, writeTracks } from '../harness/isolated-show.js';
import { CAST, isNear, isOf } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { plainPng } from '../harness/plain-png.js';
import { SHOW_IMAGES } from '../harness/show-cast.js';
import { until } from '../harness/until.js';
import { ObjectStorageServer } from './object-storage-server.js';
import { type FedMedia, type FedProgram, flashAndBeep } from './recording-media.js';
import { RecordingScene } from './recording-scene.js';

const CANVAS = { width: 320, height: 180 } as const;
const SHOWN = arrangementOf([{ guest: 'anna', label: 'Anna' }, 'bert'], { layout: 'solo', pinned: 'anna' });
const { logo: LOGO, wall: WALL } = SHOW_IMAGES;

let media: FedMedia;
let scene: RecordingScene;

beforeAll(async () => {
  media = await flashAndBeep(2);
});

afterEach(() => scene.close());

/** Composes without a process of its own. */
const inProcess: typeof compose = (options, report) => composeShow(options, report);
/** Never comes to its end. */
const endless: typeof compose = async (_options, _report, signal) => {
  signal.throwIfAborted();
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  signal.throwIfAborted();
};

/** A recording of a stage with two guests, red and green, and what else happens on it. */
async function recordedShow(channel = 'show', happens: (program: FedProgram) => void = () => {}): Promise<Recording> {
  await scene.channels.ensure(channel, 'Show');
  await scene.channels.update(channel, { isolatedTracks: true });
  const program = await scene.goLive(channel, media);
  const directory = await until(() => program.isolatedTo, { what: 'a folder for tracks' });
  const { originMs } = program;
  const guests = ['anna', 'bert'].map((guest) => ({ ...CAST[guest]!, guest, startSeconds: 0, seconds: 2 }));
  await writeTracks(directory, originMs, guests);
  program.tell({ seconds: 0, type: 'opened', originMs, canvas: CANVAS, frameRate: 30 });
  program.tell({ seconds: 0, type: 'arrangement', arrangement: SHOWN });
  const presence = guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
  program.tell({ seconds: 0, type: 'guests', guests: presence });
  happens(program);
  program.feed();
  scene.endStream(channel);
  return scene.recording(channel, ({ state }) => state === 'ready');
}

/** What the show of a recording is composed to. */
async function madeOf(id: string): Promise<{ made: Recording; show: DecodedShow }> {
  const { recording } = await toldOnce(id, 'ready');
  const made = await until(
    async () => {
      const { body } = await scene.ask('GET', `/api/recordings/${recording}`);
      return (body as Recording).state === 'ready' ? (body as Recording) : undefined;
    },
    { what: 'the new recording' },
  );
  const file = Buffer.from(await (await fetch(scene.url + made.downloads[0]!.url)).arrayBuffer());
  return { made, show: await DecodedShow.of(file, file, CANVAS) };
}

async function start(id: string, body: ComposeRecording = {}): Promise<{ status: number; body: unknown }> {
  return scene.ask('POST', `/api/recordings/${id}/compose`, body);
}

async function told(id: string): Promise<Composition> {
  return (await scene.ask('GET', `/api/recordings/${id}/compose`)).body as Composition;
}

async function toldOnce(id: string, state: Composition['state']): Promise<Composition> {
  const isSo = async (): Promise<Composition | undefined> => {
    const composition = await told(id);
    return composition.state === state ? composition : undefined;
  };
  return until(isSo, { what: `a composition that is ${state}` });
}

function layersOf(arrangement: Arrangement): readonly Layer[] {
  const guests = arrangement.guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
  return arrangedScene({ arrangement, guests, speaker: undefined, canvas: CANVAS, slateTitle: '' }).layers;
}

/** The channel's image of that name, as it is from now on. */
async function keepImage(name: string, file: Uint8Array): Promise<void> {
  const row = { channel: 'show', name, type: 'image/png', ...LOGO.size, sizeBytes: file.length, tag: name };
  await scene.database.stages.setImage(row, file);
}

function unfinished(): string[] {
  return readdirSync(join(scene.dataDir, 'recordings')).filter((name) => name.endsWith('.composing'));
}

describe('composing a recorded show again', () => {
  it('makes another recording of the channel, with the layout that is wanted, also while its files are moved away', async () => {
    const moved: typeof compose = async (options, report) => {
      rmSync(join(scene.folder(recording.id), 'tracks'), { recursive: true });
      await composeShow(options, report);
    };
    scene = await RecordingScene.open({ compose: moved });
    const recording = await recordedShow();
    expect(recording.tracks).toHaveLength(2);
    expect(await told(recording.id)).toMatchObject({
      state: 'none',
      guests: [
        { guest: 'anna', label: 'Anna' },
        { guest: 'bert', label: 'bert' },
      ],
    });
    const answer = await start(recording.id, { title: 'Side by side', scene: { layout: 'side-by-side' } });
    expect([answer.status, (answer.body as Composition).recording]).toEqual([202, null]);
    const { made, show } = await madeOf(recording.id);
    expect(made).toMatchObject({ channel: 'show', title: 'Side by side', width: 320, height: 180, tracks: [] });
    expect(made.startedAt).toBe(recording.startedAt);
    expect(made.durationSeconds).toBeCloseTo(2, 1);
    const arrangement = { ...SHOWN, layout: 'side-by-side', pinned: null } as const;
    for (const { source, rect } of layersOf(arrangement))
      if (source.type === 'guest') expect(isOf(show.picture(1).at(rect), source.guest)).toBe(true);
    expect(show.tone(CAST['bert']!.hertz, 1)).toBeGreaterThan(0.08);
    expect((await fetch(scene.url + (made.playlistUrl ?? ''))).status).toBe(200);
    expect(unfinished()).toEqual([]);
  });

  it('has the images of the show, which lie only in the object storage as its tracks do', async () => {
    const storage = await ObjectStorageServer.start();
    onTestFinished(() => storage.stop());
    scene = await RecordingScene.open({ compose: inProcess, s3: storage.options, keepLocal: false });
    const arranged = { ...SHOWN, layout: 'side-by-side', pinned: null, background: 'wall' } as const;
    const { id, bytes } = await recordedShow('show', (program) => {
      program.image('wall', plainPng(WALL));
      program.tell({ seconds: 0, type: 'arrangement', arrangement: arranged });
      program.tell({ seconds: 1, type: 'arrangement', arrangement: { ...arranged, background: 'lost' } });
    });
    const { files } = (await scene.database.recordings.find(id))!;
    const image = files.find(({ name }) => name.startsWith('tracks/image-'))!;
    expect(image.bytes).toBe(plainPng(WALL).length);
    expect(files.reduce((sum, file) => sum + file.bytes, 0)).toBe(bytes);
    for (const name of ['wall', 'lost', 'logo']) await keepImage(name, plainPng(LOGO));
    await until(() => readdirSync(join(scene.folder(id), 'tracks')).length === 0, { what: 'a move to the storage' });
    await start(id, { scene: { logo: 'logo' } });
    const { show } = await madeOf(id);
    const layers = layersOf({ ...arranged, logo: 'logo' });
    for (const { source, rect } of layers)
      if (source.type === 'guest') expect(isOf(show.picture(0.5).at(rect), source.guest)).toBe(true);
    const corner = { x: 0, y: 0, width: 12, height: 12 };
    const [then, later] = [show.picture(0.5).at(corner), show.picture(1.5).at(corner)];
    expect([isNear(then, WALL.colour), isNear(later, WALL.colour), isNear(later, LOGO.colour)]).toEqual([
      true,
      false,
      false,
    ]);
    const logo = layers.find((layer) => layer.id === 'logo')!;
    expect(isNear(show.picture(0.5).at(logo.rect), LOGO.colour)).toBe(true);
    expect((await scene.ask('DELETE', `/api/recordings/${id}`)).status).toBe(204);
    const removed = storage.seen.filter(({ method }) => method === 'DELETE').map(({ key }) => key);
    expect(removed.toSorted()).toEqual(files.map(({ name }) => `${id}/${name}`).toSorted());
  });

  it('waits for its turn, can be cancelled, and is done once at a time for each recording', async () => {
    scene = await RecordingScene.open({ compose: endless });
    const [first, second] = [await recordedShow('one'), await recordedShow('two')];
    await start(first.id);
    await toldOnce(first.id, 'composing');
    await start(second.id);
    expect((await told(second.id)).state).toBe('waiting');
    expect((await start(second.id)).status).toBe(409);
    expect((await scene.ask('DELETE', `/api/recordings/${first.id}/compose`)).status).toBe(204);
    expect((await told(first.id)).state).toBe('cancelled');
    await toldOnce(second.id, 'composing');
    expect((await scene.ask('DELETE', `/api/recordings/${second.id}`)).status).toBe(204);
    expect(unfinished()).toEqual([]);
    const { body } = await scene.ask('GET', '/api/recordings');
    expect((body as { recordings: Recording[] }).recordings.map(({ id }) => id)).toEqual([first.id]);
  });

  it('has failed, and says so, when the server ended before it did', async () => {
    scene = await RecordingScene.open({ compose: endless });
    const { id } = await recordedShow();
    await start(id);
    await toldOnce(id, 'composing');
    const { dataDir } = scene;
    await scene.close(true);
    scene = await RecordingScene.open({ dataDir });
    expect(await told(id)).toMatchObject({ state: 'failed', reason: 'The server was stopped.' });
    await scene.close(true);
    writeFileSync(join(scene.folder(id), 'composition.json'), '{"state":"composing"}');
    const left = join(dataDir, 'recordings', `${'a'.repeat(24)}.composing`);
    mkdirSync(left);
    scene = await RecordingScene.open({ dataDir });
    expect(await told(id)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/server ended/) });
    expect(existsSync(left)).toBe(false);
  });

  it('ends with a reason where the quota of recordings has no room for another, and leaves nothing', async () => {
    scene = await RecordingScene.open({ compose: inProcess, quotaBytes: 1000 });
    const { id } = await recordedShow();
    await start(id);
    expect((await toldOnce(id, 'failed')).reason).toMatch(/quota/);
    expect(unfinished()).toEqual([]);
    const { body } = await scene.ask('GET', '/api/recordings');
    expect((body as { recordings: Recording[] }).recordings.map((one) => one.id)).toEqual([id]);
  });

  it('is for owners, for what was kept, and for what the schema says', async () => {
    scene = await RecordingScene.open({ compose: inProcess });
    const { id } = await scene.recorded('plain', media);
    const path = `/api/recordings/${id}/compose`;
    for (const method of ['GET', 'POST', 'DELETE'])
      expect((await scene.ask(method, path, method === 'POST' ? {} : undefined, '')).status).toBe(401);
    expect((await start(id)).status).toBe(409);
    expect((await scene.ask('POST', path, { scene: { layout: 'heap' } })).status).toBe(400);
    expect((await scene.ask('POST', path, { arrangement: { guests: [{ guest: '../x' }] } })).status).toBe(400);
    expect((await told(id)).guests).toEqual([]);
  });
});

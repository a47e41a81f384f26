import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clip } from '@weir/demo';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { flashClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { beginningsOf, syncOffsetsMs, usualOffsetMs, wholeFlashes } from '../harness/program-media.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { decodedBlocks, ffmpegOutput } from '../integration/ffmpeg-media.js';

const MOST_OFFSET_MS = 40;
const SOUND_RATE = 48_000;
/** Of a publisher, before both of its clocks are known. */
const EARLY_FLASHES = 2;
/** Flashes come once a second: one that is so long after the one before is the first of a publisher. */
const LONG_SECONDS = 2.5;
const PART_SECONDS = 1 / 3;

interface Recording {
  readonly id: string;
  readonly state: string;
  readonly durationSeconds: number;
}

let folder: string;
let server: WeirServer;
let clip: Clip;

beforeAll(async () => {
  clip = await flashClip();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-path-'));
  server = await startServer({ WEIR_DATA_DIR: folder });
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function recordings(): Promise<Recording[]> {
  const response = await fetch(`${server.url}/api/recordings`);
  return ((await response.json()) as { recordings: Recording[] }).recordings;
}

function recorded(seconds: number): Promise<Recording> {
  const isLong = async (): Promise<Recording | undefined> =>
    (await recordings()).find(({ durationSeconds }) => durationSeconds >= seconds);
  return until(isLong, { what: `${seconds} s of recording`, timeoutMs: 90_000 });
}

function finished(): Promise<Recording> {
  const isReady = async (): Promise<Recording | undefined> =>
    (await recordings()).find(({ state }) => state === 'ready');
  return until(isReady, { what: 'the finished recording', timeoutMs: 90_000 });
}

async function download({ id }: Recording): Promise<string> {
  const response = await fetch(`${server.url}/recordings/${id}/program.mp4`);
  expect(response.status).toBe(200);
  const path = join(folder, `${id}.mp4`);
  await writeFile(path, Buffer.from(await response.arrayBuffer()));
  return path;
}

async function offsetsMs(path: string): Promise<number[]> {
  const faults = await ffmpegOutput(['-xerror', '-i', path, '-f', 'null', '-']);
  expect(faults.toString()).toBe('');
  const flashes = await flashesIn(path);
  const firsts = flashes.map((seconds, index) => seconds - (flashes[index - 1] ?? -LONG_SECONDS) > LONG_SECONDS);
  const known = flashes.filter((_, index) => index - firsts.lastIndexOf(true, index) >= EARLY_FLASHES);
  return syncOffsetsMs(known, await beepsIn(path));
}

/** When whole flashes begin, seconds. */
async function flashesIn(path: string): Promise<number[]> {
  const grey = '-vf scale=1:1:flags=area,format=gray -c:v rawvideo -fps_mode passthrough -enc_time_base 1:1000';
  const pictures = await decodedBlocks(path, '0:v', grey.split(' '));
  const levels = pictures.map(([, data]) => data[0]!);
  return wholeFlashes(
    levels,
    pictures.map(([seconds]) => ({ seconds })),
  );
}

/** When whole beeps begin, seconds. */
async function beepsIn(path: string): Promise<number[]> {
  const blocks = await decodedBlocks(path, '0:a', ['-ac', '1', '-c:a', 'pcm_f32le']);
  const [[startSeconds], [lastSeconds, lastData]] = [blocks[0]!, blocks.at(-1)!];
  const placeOf = (seconds: number): number => Math.round((seconds - startSeconds) * SOUND_RATE);
  const sound = new Float32Array(placeOf(lastSeconds) + lastData.length / 4);
  for (const [seconds, data] of blocks) {
    const samples = new Float32Array(Uint8Array.from(data).buffer);
    sound.set(samples.subarray(0, sound.length - placeOf(seconds)), placeOf(seconds));
  }
  return beginningsOf(sound, startSeconds);
}

it('keeps picture and sound together from WHIP to the downloaded MP4, over a publisher that is gone for five seconds', async () => {
  const url = `${server.url}/whip/show`;
  const key = await server.createChannel('show');
  const first = await ObsTwin.publish({ url, key, clip });
  await recorded(10);
  first.vanish();
  const before = (await recordings())[0]!.durationSeconds;
  await recorded(before + 5);
  const second = await ObsTwin.publish({ url, key, clip });
  await recorded(before + 15);
  await second.stop();
  const recording = await finished();
  expect(await recordings()).toHaveLength(1);
  const offsets = await offsetsMs(await download(recording));
  keepFigures('recording-sync', { offsetsMs: offsets.map((offset) => Math.round(offset)) });
  expect(offsets.length).toBeGreaterThanOrEqual(8);
  expect(usualOffsetMs(offsets), offsets.join()).toBeLessThan(MOST_OFFSET_MS);
});

it('loses at most a part when the server is killed, and finishes the recording when it starts again', async () => {
  const key = await server.createChannel('show');
  const publisher = await ObsTwin.publish({ url: `${server.url}/whip/show`, key, clip });
  await recorded(9);
  const { durationSeconds } = await recorded(10);
  await server.kill();
  publisher.vanish();
  const port = new URL(server.url).port;
  server = await startServer({ WEIR_DATA_DIR: folder, WEIR_HTTP_PORT: port });
  const recording = await finished();
  expect(recording.durationSeconds).toBeGreaterThan(durationSeconds - PART_SECONDS);
  const offsets = await offsetsMs(await download(recording));
  expect(offsets.length).toBeGreaterThanOrEqual(4);
  expect(usualOffsetMs(offsets), offsets.join()).toBeLessThan(MOST_OFFSET_MS);
});

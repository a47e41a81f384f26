import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { makeClip } from '../harness/feed-clip.js';
import { decodeFaults, flashSeconds, usualOffsetMs } from '../harness/program-media.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';
import { enoughSyncMs } from './program-sync.js';

const TRACKS = ['360p', '240p', 'audio'];
const PART_SECONDS = 1 / 3;

let watch: ProgramWatch;
let startedAtMs: number;
let offsetsMs: readonly number[];

/** Ten seconds or more of a publisher that flashes and beeps. */
beforeAll(async () => {
  const clip = await makeClip({ content: 'flash', size: '640x360', seconds: 4, group: 60 });
  watch = await ProgramWatch.start();
  const feeder = new TapFeeder(clip, (event) => watch.program.media('publisher', event));
  feeder.start();
  startedAtMs = feeder.startedAtMs;
  await watch.until(() => watch.parts.length > 0, 'a first part');
  await watch.runs(9);
  // A flash that came too late is cut, and tells nothing.
  offsetsMs = await enoughSyncMs(watch, '360p', 6);
  await watch.until(() => watch.posters.length > 0, 'a poster');
  await watch.until(() => watch.state?.isOnSlate === false, 'the publisher');
  feeder.stop();
  await watch.close();
});

afterAll(() => watch?.close());

describe('a program of one publisher', () => {
  it('has every rung that is not above the source, and sound', () => {
    expect(watch.tracks.map(({ name, run, init }) => [name, run, init.width, init.height])).toEqual([
      ['360p', 0, 640, 360],
      ['240p', 0, 426, 240],
      ['audio', 0, 0, 0],
    ]);
    expect(watch.tracks.at(-1)?.init).toMatchObject({ codec: 'mp4a.40.2', channels: 2, sampleRate: 48_000 });
  });

  it('gives parts without a hole, none longer than the profile says, in segments of two seconds after one of one second', () => {
    for (const track of TRACKS) {
      const parts = watch.partsOf(track);
      for (const [index, part] of parts.entries()) {
        expect(part.durationSeconds).toBeLessThanOrEqual(PART_SECONDS + 1e-6);
        if (index === 0) continue;
        const before = parts[index - 1]!;
        expect(part.startSeconds).toBeCloseTo(before.startSeconds + before.durationSeconds, 4);
        const isNext = part.segment === before.segment && part.index === before.index + 1;
        expect(isNext || (part.segment === before.segment + 1 && part.index === 0)).toBe(true);
      }
    }
  });

  it('begins each segment at the same time in all tracks, with a key frame', () => {
    const begins = (track: string) => watch.partsOf(track).filter(({ index }) => index === 0);
    const first = begins('360p');
    expect(first.length).toBeGreaterThan(3);
    for (const track of TRACKS) {
      for (const [place, part] of begins(track).entries()) {
        expect(part.segment).toBe(place);
        expect(part.independent).toBe(true);
        const expected = first[0]!.startSeconds + Math.max(0, 2 * place - 1);
        expect(Math.abs(part.startSeconds - expected)).toBeLessThan(track === 'audio' ? 0.022 : 1e-4);
      }
    }
  });

  it('has a picture for every thirtieth of a second and key frames at the same ones in all rungs', () => {
    const keys = ['360p', '240p'].map((track) => {
      const samples = watch.samplesOf(track, 0);
      const start = samples[0]!.seconds;
      for (const [index, { seconds }] of samples.entries()) expect(seconds).toBeCloseTo(start + index / 30, 4);
      return samples.filter(({ isKey }) => isKey).map(({ seconds }) => seconds.toFixed(4));
    });
    expect(keys[0]!.length).toBeGreaterThan(3);
    expect(keys[1]).toEqual(keys[0]);
  });

  it('decodes without a fault', async () => {
    for (const track of TRACKS) expect(await decodeFaults(watch.bytesOf(track, 0))).toBe('');
  });

  it('keeps picture and sound together within 40 ms, and both at the time of their capture', async () => {
    const flashes = await flashSeconds(watch.bytesOf('360p', 0), watch.samplesOf('360p', 0));
    expect(offsetsMs.length).toBeGreaterThan(5);
    keepFigures('program-sync', { soundAfterPictureMs: offsetsMs.map((offset) => Math.round(offset)) });
    expect(usualOffsetMs(offsetsMs)).toBeLessThan(40);
    const lateMs = flashes.map((seconds) => {
      const sinceFlashMs = (watch.options.originMs + seconds * 1000 - startedAtMs - 500 + 10_500) % 1000;
      return sinceFlashMs - 500;
    });
    expect(usualOffsetMs(lateMs)).toBeLessThan(150);
  });

  it('makes a poster, tells how it is doing, and says goodbye last', () => {
    expect([...watch.posters[0]!.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(watch.state).toEqual({ mode: 'program', isOnSlate: false, droppedRungs: [] });
    expect(watch.figures!.framesDecoded).toBeGreaterThan(200);
    expect(watch.figures!.cpuSeconds).toBeGreaterThan(0);
    expect(watch.types.at(-1)).toBe('closed');
  });
});

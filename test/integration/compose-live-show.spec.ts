import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComposeFile } from '@weir/program';
import { arrangedScene, type Rect } from '@weir/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeShow } from '../../libs/program/src/compose-show.js';
import { keepFigures } from '../harness/artifact.js';
import { makeClip } from '../harness/feed-clip.js';
import { DecodedShow } from '../harness/isolated-show.js';
import { CAST, type Cast, CAST_CANVAS, CAST_TRACK, isOf, startCast } from '../harness/program-cast.js';
import { arrangementOf, guestClip } from '../harness/program-guests.js';
import { flashSeconds, usualOffsetMs } from '../harness/program-media.js';
import { picturesAt } from '../harness/program-probe.js';
import { FFMPEG, programPath } from '../harness/requirements.js';

const BOTH = arrangementOf(['anna', 'flint'], { layout: 'side-by-side' });
const FLINT = arrangementOf(['flint'], { layout: 'solo' });
const CHANGE_MARGIN_SECONDS = 0.3;
const TOGETHER_SECONDS = 0.04;
const AS_LIVE_MS = 100;
const ENOUGH_FLASHES = 4;
const SETTLED_SECONDS = 0.3;
const LATEST_SECONDS = 1.3;
const CHANGING_SECONDS = 0.1;

let directory: string;
let cast: Cast;
/** Whole flashes of the guest who is alone on the stage in the end, program seconds. */
let flashes: readonly number[];
let liveStart: number;
let composed: DecodedShow;

/** A guest of one colour who leaves the stage after a while, and one who flashes and beeps once a second. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir-live-show-'));
  const flash = await makeClip({ content: 'flash', size: '192x108', seconds: 8, group: 30 });
  cast = await startCast([], BOTH);
  const { watch } = cast;
  watch.program.isolate(directory);
  cast.join('flint', flash);
  await watch.until(() => watch.parts.length > 0, 'a part');
  cast.join('anna', await guestClip(CAST['anna']!));
  await watch.runs(2.5);
  watch.program.arrange(FLINT);
  await watch.runs(3);
  // A flash that came too late is cut, and tells nothing.
  for (let more = 0; (await flashesAlone()).length < ENOUGH_FLASHES && more < 15; more += 1) await watch.runs(1);
  flashes = await flashesAlone();
  await cast.close();
  liveStart = watch.samplesOf(CAST_TRACK, 0)[0]!.seconds;
  composed = await composedAgain();
}, 120_000);

afterAll(async () => {
  await cast?.close();
  await rm(directory, { recursive: true, force: true });
});

async function flashesAlone(): Promise<number[]> {
  const { watch } = cast;
  const all = await flashSeconds(watch.bytesOf(CAST_TRACK, 0), watch.samplesOf(CAST_TRACK, 0));
  const alone = watch.journal.findLast(({ type }) => type === 'arrangement')!.seconds;
  return all.filter((second) => second > alone + SETTLED_SECONDS && second < watch.endSeconds() - LATEST_SECONDS);
}

async function composedAgain(): Promise<DecodedShow> {
  const { watch } = cast;
  const { originMs, frameRate } = watch.options;
  const files = (await readdir(directory)).map((name): ComposeFile => {
    const [, guest = '', startMs = ''] = /^(.*)-(\d+)\.mkv$/.exec(name) ?? [];
    return { guest, path: join(directory, name), startSeconds: (Number(startMs) - originMs) / 1000 };
  });
  const parts: Record<string, Uint8Array[]> = {};
  const options = {
    ffmpegPath: await programPath(FFMPEG),
    title: 'Show',
    canvas: CAST_CANVAS,
    frameRate,
    bitrateBps: 500_000,
    profile: { partSeconds: 1, segmentSeconds: 2, holdBackSeconds: 3 },
    startSeconds: liveStart,
    endSeconds: watch.endSeconds(),
    journal: watch.journal,
    changes: {},
    files,
    images: [],
  };
  await composeShow(options, (report) => {
    if (report.type === 'track') parts[report.track.name] = [report.track.init.bytes];
    if (report.type === 'part') parts[report.part.track]!.push(report.part.bytes);
  });
  return DecodedShow.of(Buffer.concat(parts[CAST_TRACK]!), Buffer.concat(parts['audio']!), CAST_CANVAS);
}

function tileOf(guest: string): Rect {
  const guests = BOTH.guests.map((one) => ({ guest: one.guest, hasPicture: true, isStalled: false }));
  const view = { arrangement: BOTH, guests, speaker: undefined, canvas: CAST_CANVAS, slateTitle: '' };
  return arrangedScene(view).layers.find(({ id }) => id === `guest:${guest}`)!.rect;
}

describe('a live show that is composed again as it was', () => {
  it('shows whom the program showed, from the same moment to the same moment', async () => {
    const { watch } = cast;
    const tile = tileOf('anna');
    const changes = watch.journal.flatMap(({ seconds, type }) => (type === 'guests' ? [seconds] : []));
    const probed = changes.flatMap((seconds) => [seconds - CHANGE_MARGIN_SECONDS, seconds + CHANGE_MARGIN_SECONDS]);
    const seconds = probed.filter(
      (second) =>
        second > liveStart &&
        second < watch.endSeconds() &&
        changes.every((change) => Math.abs(second - change) > CHANGING_SECONDS),
    );
    const pictures = await picturesAt(watch, CAST_TRACK, seconds);
    const shown = pictures.map((picture) => isOf(picture.at(tile), 'anna'));
    expect(seconds.map((second) => isOf(composed.picture(second - liveStart).at(tile), 'anna'))).toEqual(shown);
    expect(new Set(shown).size).toBe(2);
  });

  it('has picture and sound within 40 ms of each other, and of when they were live', () => {
    const offsets: { soundAfterPictureMs: number; afterLiveMs: number }[] = [];
    for (const flash of flashes) {
      const then = flash - liveStart;
      const { bright, loud } = composed.onset(then - SETTLED_SECONDS);
      offsets.push({
        soundAfterPictureMs: Math.round(1000 * (loud - bright)),
        afterLiveMs: Math.round(1000 * (bright - then)),
      });
      expect(Math.abs(loud - bright)).toBeLessThan(TOGETHER_SECONDS);
    }
    keepFigures('compose-sync', { offsets });
    expect(offsets.length).toBeGreaterThanOrEqual(ENOUGH_FLASHES);
    expect(usualOffsetMs(offsets.map(({ afterLiveMs }) => afterLiveMs))).toBeLessThan(AS_LIVE_MS);
  });
});

import { arrangedScene } from '@weir/stage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { makeClip } from '../harness/feed-clip.js';
import { type Cast, CAST_CANVAS, CAST_TRACK, startCast } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { beepSeconds, syncOffsetsMs, usualOffsetMs, wholeFlashes } from '../harness/program-media.js';
import { brightnessIn } from '../harness/program-probe.js';

const NAMES = ['flora', 'flint'];
const ARRANGEMENT = arrangementOf(NAMES, { layout: 'side-by-side' });
const APART_MS = 450;
const SLACK_MS = 60;

let cast: Cast;
const flashes: Record<string, number[]> = {};

/** Two guests that flash and beep once a second, the second always about as much later than the first. */
beforeAll(async () => {
  const clip = await makeClip({ content: 'flash', size: '192x108', seconds: 8, group: 30 });
  cast = await startCast([], ARRANGEMENT);
  const { watch, feeders } = cast;
  cast.join('flora', clip);
  // In the middle between two beeps, however long this took.
  const isTime = (nowMs: number): boolean =>
    Math.abs(((nowMs - feeders['flora']!.startedAtMs) % 1000) - APART_MS) < SLACK_MS;
  await watch.until(() => isTime(Date.now()), 'the second guest');
  cast.join('flint', clip);
  while (!isTime(feeders['flint']!.startedAtMs)) {
    feeders['flint']!.stop();
    await watch.until(() => isTime(Date.now()), 'the second guest');
    feeders['flint']!.start();
  }
  await watch.until(() => watch.parts.length > 0, 'a part');
  await watch.runs(14);
  await cast.close();
  const guests = NAMES.map((guest) => ({ guest, hasPicture: true, isStalled: false }));
  const view = { arrangement: ARRANGEMENT, guests, speaker: undefined, canvas: CAST_CANVAS, slateTitle: '' };
  const samples = watch.samplesOf(CAST_TRACK, 0);
  for (const { id, rect } of arrangedScene(view).layers) {
    const bright = await brightnessIn(watch, CAST_TRACK, rect);
    flashes[id.slice('guest:'.length)] = wholeFlashes(bright, samples);
  }
}, 120_000);

afterAll(() => cast?.close());

describe('guests on a stage', () => {
  it('are each heard within 40 ms of being seen', async () => {
    const { watch } = cast;
    const beeps = await beepSeconds(watch.bytesOf('audio', 0), watch.samplesOf('audio', 0));
    for (const name of NAMES) {
      // What is told before both clocks are known, and what has no beep any more at the end, does not count.
      const offsetsMs = syncOffsetsMs(flashes[name]!.slice(2, -1), beeps);
      keepFigures(`stage-sync-${name}`, { soundAfterPictureMs: offsetsMs.map((offset) => Math.round(offset)) });
      expect(offsetsMs.length).toBeGreaterThan(4);
      expect(usualOffsetMs(offsetsMs), offsetsMs.join()).toBeLessThan(40);
    }
  });

  it('are within 100 ms of each other', () => {
    const lateMs = NAMES.map((name) => {
      const { startedAtMs } = cast.feeders[name]!;
      const late = flashes[name]!.slice(2, -1).map((seconds) => {
        const sinceStartMs = cast.watch.options.originMs + seconds * 1000 - startedAtMs;
        return (((sinceStartMs % 1000) + 1000) % 1000) - 500;
      });
      return late.toSorted((one, other) => one - other)[late.length >> 1]!;
    });
    keepFigures('stage-guests-apart', { lateMs: lateMs.map(Math.round) });
    expect(Math.abs(lateMs[0]! - lateMs[1]!)).toBeLessThan(100);
  });
});

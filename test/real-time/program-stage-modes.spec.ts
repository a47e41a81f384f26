import { expect, it } from 'vitest';
import { makeClip } from '../harness/feed-clip.js';
import { CAST_CANVAS, CAST_TRACK, startCast } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { brightnessIn } from '../harness/program-probe.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';

const LADDER = [{ name: '240p', height: 240, bitrateBps: 500_000 }] as const;

it('a stage takes over from passthrough, and gives it back when it is over', async () => {
  const clip = await makeClip({ content: 'pattern', size: '426x240', seconds: 2, group: 30 });
  const watch = await ProgramWatch.start({ mode: 'passthrough', ladder: LADDER });
  const feeder = new TapFeeder(clip, (event) => watch.program.media('publisher', event));
  watch.onKeyFrame = () => feeder.wantKeyFrame();
  feeder.start();
  try {
    await watch.until(() => watch.partsOf('source').length > 0, 'the source');
    watch.program.arrange(arrangementOf(['publisher']));
    await watch.until(() => watch.state?.mode === 'program', 'the stage');
    expect(watch.state?.reason).toBe('A stage is composed.');
    await watch.until(() => watch.partsOf('240p').length > 3, 'parts of the stage');
    watch.program.arrange(undefined);
    await watch.until(() => watch.state?.mode === 'passthrough', 'passthrough', 90_000);
    expect(watch.state?.reason).toBeUndefined();
    const runs = watch.runsOf('source').length;
    await watch.until(() => watch.runsOf('source').length > 1 || runs > 1, 'another run of the source', 60_000);
  } finally {
    feeder.stop();
    await watch.close();
  }
});

it('a stage cannot be composed without ffmpeg, and the state says so', async () => {
  const clip = await makeClip({ content: 'pattern', size: '426x240', seconds: 2, group: 30 });
  const watch = await ProgramWatch.start({ mode: 'passthrough', ffmpegPath: undefined, ladder: LADDER });
  const feeder = new TapFeeder(clip, (event) => watch.program.media('publisher', event));
  watch.onKeyFrame = () => feeder.wantKeyFrame();
  feeder.start();
  try {
    await watch.until(() => watch.partsOf('source').length > 0, 'the source');
    watch.program.arrange(arrangementOf(['publisher']));
    await watch.until(() => watch.state?.reason?.includes('the stage cannot be composed'), 'the reason');
    watch.program.arrange(undefined);
    await watch.until(() => !watch.state?.reason?.includes('the stage'), 'no reason');
  } finally {
    feeder.stop();
    await watch.close();
  }
});

it('a guest whose tile grows is decoded to a larger size, without standing still', async () => {
  const names = ['anna', 'bert', 'cleo', 'dirk'];
  const cast = await startCast(names.slice(1), arrangementOf(names));
  const { watch } = cast;
  const decoders = () => watch.logs.filter((line) => line.startsWith('mira: decoder of pictures started')).length;
  const stage = (layout: 'grid' | 'spotlight' | 'solo') =>
    arrangementOf(['mira', ...names.slice(1)], { layout, pinned: 'mira' });
  try {
    watch.program.arrange(stage('grid'));
    // It moves on in every picture, so that two which are the same are one that was repeated.
    cast.join('mira', await makeClip({ content: 'pattern', size: '1280x720', seconds: 2, group: 60 }));
    await watch.until(() => decoders() === 1, 'a decoder');
    await watch.runs(2);
    const changes: number[] = [];
    for (const [index, layout] of (['spotlight', 'solo'] as const).entries()) {
      changes.push(watch.endSeconds());
      watch.program.arrange(stage(layout));
      await watch.until(() => decoders() === index + 2, 'a decoder of another size');
      await watch.runs(2);
    }
    changes.push(watch.endSeconds());
    await cast.close();
    const bright = await brightnessIn(watch, CAST_TRACK, { x: 0, y: 0, ...CAST_CANVAS });
    const samples = watch.samplesOf(CAST_TRACK, 0);
    const longest = changes.slice(0, -1).map((fromSeconds, change) => {
      const isOfChange = (seconds: number) => seconds > fromSeconds + 0.2 && seconds < changes[change + 1]!;
      const during = bright.filter((_, index) => isOfChange(samples[index]!.seconds));
      expect(during.length).toBeGreaterThan(30);
      return longestStill(during);
    });
    // The machine itself may stand still during one of them.
    expect(Math.min(...longest), longest.join()).toBeLessThan(15);
    expect(watch.runsOf(CAST_TRACK)).toEqual([0]);
    expect(watch.figures?.decoderRestarts).toBe(0);
  } finally {
    await cast.close();
  }
});

/** How often, at most, a value is followed by the same. */
function longestStill(values: readonly number[]): number {
  let [still, longest] = [0, 0];
  for (const [index, value] of values.entries()) {
    still = value === values[index - 1] ? still + 1 : 0;
    longest = Math.max(longest, still);
  }
  return longest;
}

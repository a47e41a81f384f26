import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProgramOptions, ProgramTrack } from '@weir/program';
import { type FeedClip, makeClip } from '../harness/feed-clip.js';
import { decodeFaults } from '../harness/program-media.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';
import { enoughSyncMs } from './program-sync.js';

let flashing: FeedClip;
let small: FeedClip;
let vp8: FeedClip;
let withB: FeedClip;
let watch: ProgramWatch | undefined;
let feeder: TapFeeder | undefined;

beforeAll(async () => {
  [flashing, small, vp8, withB] = await Promise.all([
    makeClip({ content: 'flash', size: '640x360', seconds: 4, group: 60 }),
    makeClip({ content: 'pattern', size: '426x240', seconds: 2, group: 60 }),
    makeClip({ content: 'pattern', size: '640x360', seconds: 2, group: 60, codec: 'vp8' }),
    makeClip({ content: 'pattern', size: '640x360', seconds: 2, group: 60, hasBFrames: true }),
  ]);
});

afterEach(async () => {
  feeder?.stop();
  await watch?.close();
});

async function feed(clip: FeedClip, change: Partial<ProgramOptions> = {}) {
  const opened = await ProgramWatch.start({ mode: 'passthrough', ...change });
  watch = opened;
  const publisher = new TapFeeder(clip, (event) => opened.program.media('publisher', event));
  feeder = publisher;
  publisher.start();
  return { watch: opened, feeder: publisher };
}

describe('passthrough', () => {
  it('packs H.264 as it is beside AAC, follows another size as another run, and has a poster', async () => {
    const { watch, feeder } = await feed(flashing);
    await watch.until(() => watch.parts.length > 0, 'parts');
    await watch.runs(5);
    const offsets = await enoughSyncMs(watch, 'source', 4);
    await watch.until(() => watch.posters.length > 0, 'a poster');
    feeder.clip = small;
    const isSmall = ({ name, run, init }: ProgramTrack): boolean =>
      name === 'source' && init.height === 240 && watch.partsOf('audio', run).length > 0;
    const next = await watch.until(() => watch.tracks.find(isSmall)?.run, 'the next run');
    await watch.runs(1);
    await watch.until(() => watch.state?.mode === 'passthrough', 'passthrough');
    expect(watch.state).toEqual({ mode: 'passthrough', isOnSlate: false, droppedRungs: [] });
    // Where a publisher seems to be away for two seconds, a run of the slate lies between.
    const tracks = watch.tracks.filter(({ run }) => run === 0 || run === next);
    expect(tracks.map(({ name, run, init }) => `${name} ${run} ${init.height}`)).toEqual([
      'source 0 360',
      'audio 0 0',
      `source ${next} 240`,
      `audio ${next} 0`,
    ]);
    const [video, sound] = ['source', 'audio'].map((track) => watch.partsOf(track, next)[0]!);
    expect(video!.segment).toBe(sound!.segment);
    expect(offsets.length).toBeGreaterThan(3);
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(40);
    for (const track of ['source', 'audio'])
      for (const run of [0, next]) expect(await decodeFaults(watch.bytesOf(track, run))).toBe('');
  });

  it('shows the slate while the publisher is away, and takes its H.264 again when it is back', async () => {
    const { watch, feeder } = await feed(small);
    await watch.until(() => watch.parts.length > 0, 'parts');
    feeder.leave();
    await watch.until(() => watch.state?.mode === 'program', 'the program mode');
    await watch.until(() => watch.runsOf('audio').includes(1), 'the slate');
    expect(watch.endedTracks).toContain('source');
    feeder.start();
    await watch.until(() => watch.state?.mode === 'passthrough', 'the publisher');
    const newest = (track: string): number => Math.max(...watch.runsOf(track));
    await watch.until(() => newest('source') > 1, 'its H.264');
    await watch.runs(1);
    await watch.until(() => watch.state?.mode === 'passthrough' && watch.state.reason === undefined, 'nothing to say');
    feeder.isVideoMuted = true;
    await watch.until(() => watch.state?.reason === 'The publisher sends no video.', 'the program again');
    await watch.until(() => newest('audio') > newest('source'), 'its sound');
  });

  it('goes over to the program, with the reason, for what does not qualify', async () => {
    const { watch } = await feed(vp8);
    await watch.until(() => watch.parts.length > 6, 'parts');
    expect(watch.state).toMatchObject({ mode: 'program', reason: 'The publisher sends VP8, not H.264.' });
    expect(await decodeFaults(watch.bytesOf('360p', 0))).toBe('');
    await watch.until(() => watch.state?.isOnSlate === false, 'its picture');
    feeder?.stop();
    await watch.close();

    const other = await feed(withB);
    await other.watch.until(() => other.watch.state?.reason === 'The publisher sends B-frames.', 'the reason');
  });
});

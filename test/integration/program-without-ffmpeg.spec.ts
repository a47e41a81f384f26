import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FeedClip, makeClip } from '../harness/feed-clip.js';
import { decodeFaults } from '../harness/program-media.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';
import { enoughSyncMs } from './program-sync.js';

let flashing: FeedClip;
let vp8: FeedClip;
let watch: ProgramWatch | undefined;
let feeder: TapFeeder | undefined;

beforeAll(async () => {
  [flashing, vp8] = await Promise.all([
    makeClip({ content: 'flash', size: '640x360', seconds: 4, group: 60 }),
    makeClip({ content: 'pattern', size: '640x360', seconds: 2, group: 60, codec: 'vp8' }),
  ]);
});

afterEach(async () => {
  feeder?.stop();
  await watch?.close();
});

async function feed(clip: FeedClip, mode: 'program' | 'passthrough'): Promise<ProgramWatch> {
  const opened = await ProgramWatch.start({ mode, ffmpegPath: undefined });
  watch = opened;
  feeder = new TapFeeder(clip, (event) => opened.program.media('publisher', event));
  feeder.start();
  return opened;
}

describe('a program without ffmpeg', () => {
  it('passes H.264 and Opus on, and says what is missing', async () => {
    const program = await feed(flashing, 'program');
    await program.until(() => program.parts.length > 0, 'parts');
    await program.runs(4);
    expect(program.tracks.map(({ name, init }) => `${name} ${init.codec.slice(0, 4)}`)).toEqual([
      'source avc1',
      'audio opus',
    ]);
    expect(program.state?.reason).toContain('ffmpeg is missing');
    const offsets = await enoughSyncMs(program, 'source', 4);
    expect(offsets.length).toBeGreaterThan(3);
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(40);
    for (const track of ['source', 'audio']) expect(await decodeFaults(program.bytesOf(track, 0))).toBe('');
  });

  it('goes on with sound while the camera is off', async () => {
    const program = await feed(flashing, 'passthrough');
    await program.until(() => program.parts.length > 0, 'parts');
    feeder!.isVideoMuted = true;
    const before = program.partsOf('audio').length;
    await program.until(() => program.partsOf('audio').length > before + 3, 'more sound');
    feeder!.isVideoMuted = false;
    const pictures = program.partsOf('source').length;
    await program.until(() => program.partsOf('source').length > pictures + 3, 'pictures again');
    expect(program.lostBecause).toBeUndefined();
  });

  it('says why there is nothing for other codecs', async () => {
    const program = await feed(vp8, 'passthrough');
    await program.until(() => program.state?.reason?.startsWith('The publisher sends VP8'), 'the reason');
    expect(program.parts).toEqual([]);
    expect(program.lostBecause).toBeUndefined();
  });
});

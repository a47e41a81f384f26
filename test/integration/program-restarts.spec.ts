import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FeedClip, makeClip } from '../harness/feed-clip.js';
import { decodeFaults } from '../harness/program-media.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';

const TRACKS = ['360p', '240p', 'audio'];

let clip: FeedClip;
let watch: ProgramWatch;
let feeder: TapFeeder;

beforeAll(async () => {
  clip = await makeClip({ content: 'pattern', size: '640x360', seconds: 2, group: 30 });
  watch = await ProgramWatch.start();
  feeder = new TapFeeder(clip, (event) => watch.program.media('publisher', event));
  watch.onKeyFrame = () => feeder.wantKeyFrame();
  feeder.start();
  await watch.until(() => watch.state?.isOnSlate === false, 'a picture');
});

afterAll(async () => {
  feeder?.stop();
  await watch?.close();
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a program whose helpers die', () => {
  it('replaces a decoder without anybody noticing', async () => {
    const [picture] = watch.pidsOf('decoder of pictures');
    const [sound] = watch.pidsOf('decoder of sound');
    process.kill(picture!, 'SIGKILL');
    process.kill(sound!, 'SIGKILL');
    await watch.until(() => watch.pidsOf('decoder of pictures')[0] !== picture, 'another decoder');
    await watch.until(() => watch.pidsOf('decoder of sound')[0] !== sound, 'another decoder');
    await watch.runs(3);
    await watch.until(() => watch.figures?.decoderRestarts === 2, 'the count');
    expect(watch.runsOf('360p')).toEqual([0]);
  });

  it('replaces an encoder: a discontinuity in every track at the same segment', async () => {
    await watch.runs(1);
    const [pictures] = watch.pidsOf('encoder');
    let lostSeconds = Infinity;
    watch.onReport = (report) => {
      if (report.type === 'log' && report.message.startsWith('encoder lost'))
        lostSeconds = (Date.now() - watch.options.originMs) / 1000;
    };
    process.kill(pictures!, 'SIGKILL');
    await watch.until(() => TRACKS.every((track) => watch.runsOf(track).includes(1)), 'the next run');
    await watch.runs(2.5);
    const begins = TRACKS.map((track) => watch.partsOf(track, 1)[0]!.segment);
    expect(new Set(begins).size).toBe(1);
    for (const track of TRACKS) {
      const before = watch.partsOf(track, 0).at(-1)!;
      expect(before.segment).toBe(begins[0]! - 1);
      const after = watch.partsOf(track, 1)[0]!;
      expect(after.index).toBe(0);
      expect(after.startSeconds).toBeGreaterThanOrEqual(before.startSeconds + before.durationSeconds - 0.001);
      // with the next picture
      expect(after.startSeconds).toBeLessThan(lostSeconds + 0.1);
      for (const run of [0, 1]) expect(await decodeFaults(watch.bytesOf(track, run))).toBe('');
    }
    expect(watch.tracks.filter(({ run }) => run === 1).map(({ name }) => name)).toEqual(TRACKS);
    await watch.until(() => watch.figures?.encoderRestarts === 1, 'the count');
  });

  it('ends with nothing left behind', async () => {
    const pids = [
      watch.program.pid!,
      ...watch.pidsOf('encoder'),
      ...watch.pidsOf('decoder of pictures'),
      ...watch.pidsOf('decoder of sound'),
    ];
    expect(pids.every(alive)).toBe(true);
    feeder.stop();
    await watch.close();
    await watch.close();
    await watch.until(() => !pids.some(alive), 'the end of every process');
    expect(watch.lostBecause).toBeUndefined();
  });

  it('is told of when the process itself dies, and goes on where another is started', async () => {
    const first = await ProgramWatch.start();
    const publisher = new TapFeeder(clip, (event) => first.program.media('publisher', event));
    publisher.start();
    await first.until(() => first.parts.length > 12, 'parts');
    const encoder = first.pidsOf('encoder');
    process.kill(first.program.pid!, 'SIGKILL');
    await first.until(() => first.lostBecause, 'the loss');
    expect(first.lostBecause).toBe('signal SIGKILL');
    publisher.stop();
    await first.until(() => !encoder.some(alive), 'the end of its encoder');

    const newest = Math.max(...first.parts.map(({ segment }) => segment));
    const resume = { run: 1, segment: newest + 1, seconds: first.endSeconds() };
    const second = await ProgramWatch.start({ originMs: first.options.originMs, resume });
    const again = new TapFeeder(clip, (event) => second.program.media('publisher', event));
    again.start();
    await second.until(() => second.parts.length > 6, 'parts');
    again.stop();
    await second.close();
    for (const track of TRACKS) {
      const part = second.partsOf(track)[0]!;
      expect([part.run, part.segment, part.index]).toEqual([1, newest + 1, 0]);
      expect(part.startSeconds).toBeGreaterThanOrEqual(resume.seconds);
    }
  });
});

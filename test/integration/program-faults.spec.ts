import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FeedClip, makeClip } from '../harness/feed-clip.js';
import { decodeFaults } from '../harness/program-media.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';

let wide: FeedClip;
let upright: FeedClip;
let watch: ProgramWatch;
let feeder: TapFeeder;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weir-isolated-'));
  [wide, upright] = await Promise.all([
    makeClip({ content: 'pattern', size: '640x360', seconds: 2, group: 30 }),
    makeClip({ content: 'pattern', size: '360x640', seconds: 2, group: 30 }),
  ]);
  watch = await ProgramWatch.start();
  watch.program.isolate(join(folder, 'tracks'));
  feeder = new TapFeeder(wide, (event) => watch.program.media('publisher', event));
  watch.onKeyFrame = () => feeder.wantKeyFrame();
  feeder.start();
  await watch.until(() => watch.state?.isOnSlate === false, 'a picture');
});

afterAll(async () => {
  feeder?.stop();
  await watch?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The scenarios follow each other in one program, which none of them may interrupt. */
describe('a program goes on without a discontinuity', () => {
  it('when the microphone, then the camera is off', async () => {
    feeder.isSoundMuted = true;
    await watch.runs(1);
    feeder.isSoundMuted = false;
    feeder.isVideoMuted = true;
    await watch.runs(2.5);
    await watch.until(() => watch.state?.isOnSlate === false, 'the last picture');
    feeder.isVideoMuted = false;
    feeder.wantKeyFrame();
    await watch.runs(0.5);
  });

  it('when the picture is turned', async () => {
    feeder.clip = upright;
    await watch.runs(1);
    feeder.clip = wide;
    await watch.runs(1);
    await watch.until(() => watch.state?.isOnSlate === false, 'the picture');
  });

  it('when one packet in ten is lost, and asks for key frames', async () => {
    const before = watch.keyFrameRequests;
    feeder.lossShare = 0.1;
    await watch.runs(3);
    await watch.until(() => watch.keyFrameRequests > before, 'a key-frame request');
    feeder.lossShare = 0;
    await watch.runs(1);
  });

  it('when the publisher is gone: the slate is shown until it is back', async () => {
    feeder.leave();
    await watch.until(() => watch.state?.isOnSlate, 'the slate');
    watch.program.title('다시 시작합니다');
    await watch.runs(1);
    feeder.start();
    await watch.until(() => watch.state?.isOnSlate === false, 'the publisher');
    await watch.runs(1);
  });

  it('and everything that it made is one run that decodes', async () => {
    expect(watch.runsOf('360p')).toEqual([0]);
    expect(watch.lostBecause).toBeUndefined();
    for (const track of ['360p', '240p', 'audio']) {
      const samples = watch.samplesOf(track, 0);
      const step = track === 'audio' ? 1024 / 48_000 : 1 / 30;
      for (const [index, { seconds }] of samples.entries())
        expect(seconds).toBeCloseTo(samples[0]!.seconds + index * step, 3);
      expect(await decodeFaults(watch.bytesOf(track, 0))).toBe('');
    }
    // One out of which nothing comes for four seconds is replaced, as on a busy machine.
    const lost = watch.logs.filter((line) => /decoder of \w+ lost: (?!nothing comes out)/.test(line));
    expect(lost).toEqual([]);
  });

  it('and the guest has files of its own, another for each of its sources and pictures', async () => {
    feeder.stop();
    await watch.close();
    const files = readdirSync(join(folder, 'tracks')).toSorted();
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      expect(file).toMatch(/^publisher-\d{13}\.mkv$/);
      // A file may lack pictures that were lost, and so be concealed: it has to be readable.
      expect(readFileSync(join(folder, 'tracks', file)).length).toBeGreaterThan(1000);
    }
    expect(await decodeFaults(readFileSync(join(folder, 'tracks', files[0]!)))).toBe('');
  });
});

describe('isolated tracks', () => {
  it('that cannot be written are told of, and the program goes on', async () => {
    const other = await ProgramWatch.start();
    const publisher = new TapFeeder(wide, (event) => other.program.media('publisher', event));
    publisher.start();
    try {
      writeFileSync(join(folder, 'file'), '');
      other.program.isolate(join(folder, 'file', 'tracks'));
      await other.until(() => other.state?.reason?.includes('cannot be written'), 'the reason');
      await other.until(() => other.parts.length > 6, 'parts');
    } finally {
      publisher.stop();
      await other.close();
    }
  });
});

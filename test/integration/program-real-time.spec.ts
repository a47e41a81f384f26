import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { makeClip } from '../harness/feed-clip.js';
import { type Cast, startCast } from '../harness/program-cast.js';
import { arrangementOf } from '../harness/program-guests.js';
import { syncOffsetsMs, usualOffsetMs } from '../harness/program-media.js';
import { ProgramRtp } from '../harness/program-rtp.js';
import { ProgramWatch } from '../harness/program-watch.js';
import { TapFeeder } from '../harness/tap-feeder.js';

let cast: Cast;
let rtp: ProgramRtp;

/** Waits until so much more of both kinds was told. */
async function runs(seconds: number): Promise<void> {
  const [pictures, sound] = [
    rtp.packetsOf('video').at(-1)?.timestamp ?? 0,
    rtp.packetsOf('audio').at(-1)?.timestamp ?? 0,
  ];
  const isThere = (kind: 'video' | 'audio', from: number, rate: number): boolean =>
    (rtp.packetsOf(kind).at(-1)?.timestamp ?? 0) > from + seconds * rate;
  // The first ones are no span yet.
  const first = pictures === 0 ? cast.watch.endSeconds() : 0;
  await cast.watch.until(
    () => isThere('video', pictures + first * 90_000, 90_000) && isThere('audio', sound + first * 48_000, 48_000),
    `${seconds} s of packets`,
  );
}

/** The scenarios follow each other in one program. */
describe('a program that is wanted in real time', () => {
  beforeAll(async () => {
    cast = await startCast([], arrangementOf(['flora']));
    rtp = new ProgramRtp(cast.watch);
    cast.join('flora', await makeClip({ content: 'flash', size: '192x108', seconds: 4, group: 30 }));
    await cast.watch.until(() => cast.watch.partsOf('240p').length > 3, 'a program');
  }, 60_000);

  afterAll(() => cast?.close());

  it('is told in packets from the last key frame on, and not before', async () => {
    const { watch } = cast;
    expect(rtp.reports).toEqual([]);
    watch.program.realTime(true);
    await watch.until(() => rtp.packetsOf('video').length > 0 && rtp.packetsOf('audio').length > 0, 'packets');
    expect(rtp.framesOf('video')[0]).toMatchObject({ isKey: true, width: 426, height: 240 });
    for (const { payload } of rtp.packetsOf('video')) expect(payload.length).toBeLessThanOrEqual(1200);
  });

  it('is of one clock: what is heard is within 40 ms of what is seen', async () => {
    await runs(5);
    const told = async () => syncOffsetsMs(await rtp.flashSeconds(), await rtp.beepSeconds());
    let offsetsMs = await told();
    // A flash that came too late is cut, and tells nothing.
    for (let seconds = 0; offsetsMs.length < 4 && seconds < 15; seconds += 1) {
      await runs(1);
      offsetsMs = await told();
    }
    keepFigures('program-rtp-sync', { soundAfterPictureMs: offsetsMs.map(Math.round) });
    expect(offsetsMs.length).toBeGreaterThan(3);
    expect(usualOffsetMs(offsetsMs)).toBeLessThan(40);
  });

  it('goes on when the encoders are killed, with a key frame, and its times never go back', async () => {
    const { watch } = cast;
    const told = rtp.reports.length;
    process.kill(watch.pidsOf('encoder')[0]!, 'SIGKILL');
    const [opus] = watch.pidsOf('encoder of real-time sound');
    process.kill(opus!, 'SIGKILL');
    await watch.until(() => watch.logs.some((line) => line.includes('encoder lost')), 'the loss');
    await runs(2);
    const keys = rtp.framesOf('video').filter(({ isKey }) => isKey).length;
    expect(keys).toBeGreaterThan(1);
    expect(rtp.reports.length).toBeGreaterThan(told);
    for (const kind of ['video', 'audio'] as const) {
      const times = rtp.packetsOf(kind).map(({ timestamp }) => timestamp);
      expect(times.every((time, index) => index === 0 || time >= times[index - 1]!)).toBe(true);
    }
    const steps = rtp
      .framesOf('audio')
      .map(({ timestamp }, index, all) => timestamp - (all[index - 1]?.timestamp ?? 0));
    // One that stood still for a second was ended too.
    const encoders = watch.logs.filter((line) => line.includes('encoder of real-time sound started')).length;
    expect(steps.slice(1).filter((step) => step !== 960).length).toBeLessThanOrEqual(encoders - 1);
  });

  it('stops, and begins anew with a key frame', async () => {
    const { watch } = cast;
    watch.program.realTime(false);
    await watch.runs(1);
    const told = rtp.reports.length;
    await watch.runs(2.5);
    expect(rtp.reports).toHaveLength(told);
    watch.program.realTime(true);
    await watch.until(() => rtp.reports.length > told + 20, 'packets');
    const [first] = rtp.reports.slice(told).filter(({ kind }) => kind === 'video');
    expect(first!.packets[0]!.payload[0]! & 0x1f).toBe(7);
  });
});

it('a publisher that is passed through is told in packets as it is', async () => {
  const clip = await makeClip({ content: 'flash', size: '192x108', seconds: 4, group: 30 });
  const watch = await ProgramWatch.start({ mode: 'passthrough', ffmpegPath: undefined });
  const packets = new ProgramRtp(watch);
  const feeder = new TapFeeder(clip, (event) => watch.program.media('publisher', event));
  watch.program.realTime(true);
  feeder.start();
  let offsetsMs: number[] = [];
  try {
    for (let count = 200; offsetsMs.length === 0 && count < 1000; count += 100) {
      const isThere = (kind: 'video' | 'audio'): boolean => packets.packetsOf(kind).length > count;
      await watch.until(() => isThere('video') && isThere('audio'), 'packets');
      offsetsMs = syncOffsetsMs((await packets.flashSeconds()).slice(1, -1), await packets.beepSeconds());
    }
  } finally {
    feeder.stop();
    await watch.close();
  }
  expect(offsetsMs.length).toBeGreaterThan(0);
  for (const offset of offsetsMs) expect(Math.abs(offset)).toBeLessThan(40);
});

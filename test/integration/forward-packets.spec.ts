import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalSfu } from '../harness/local-sfu.js';

let sfu: LocalSfu;

beforeEach(async () => {
  sfu = await LocalSfu.open();
});
afterEach(() => sfu.close());

it.each([7, 1] as const)('forwards audio and video to two viewers, SRTP profile %i', async (profile) => {
  const publisher = await sfu.publish({ profile });
  const viewers = [await sfu.subscribe({ profile }), await sfu.subscribe({ profile })];
  for (let frame = 0; frame < 20; frame++) {
    publisher.video.frame(3, frame === 0);
    publisher.audio.frame();
  }
  for (const { inbox } of viewers) {
    await inbox.until('every packet', () => inbox.of(2000).length >= 60 && inbox.of(1000).length >= 20);
    const video = inbox.of(2000);
    expect(video.map(({ payload }) => payload)).toEqual(publisher.video.sent.map(({ payload }) => payload));
    const first = video[0]!.sequenceNumber;
    expect(video.map(({ sequenceNumber }) => (sequenceNumber - first) & 0xffff)).toEqual(video.map((_, i) => i));
    expect(video.map(({ marker }) => marker)).toEqual(video.map((_, i) => i % 3 === 2));
    expect(new Set(video.map(({ payloadType }) => payloadType))).toEqual(new Set([102]));
    expect(inbox.of(1000).map(({ payload }) => payload)).toEqual(publisher.audio.sent.map(({ payload }) => payload));
  }
});

it('sends nothing of a video before its first key frame, and asks the publisher for one', async () => {
  const publisher = await sfu.publish();
  const viewer = await sfu.subscribe();
  publisher.video.frame(2);
  await publisher.inbox.until('a key-frame request', () =>
    publisher.inbox.feedback.some(({ kind }) => kind === 'picture-loss'),
  );
  const key = publisher.video.frame(2, true);
  await viewer.inbox.until('the key frame', () => viewer.inbox.of(2000).length === 2);
  expect(viewer.inbox.of(2000)[0]!.payload).toEqual(key[0]!.payload);
});

it('reports to viewers on one clock for audio and video, and to the publisher what arrived', async () => {
  const publisher = await sfu.publish();
  const viewer = await sfu.subscribe();
  const unixMs = Date.now() - 3_600_000;
  publisher.audio.report(unixMs);
  publisher.video.report(unixMs);
  publisher.audio.frame();
  publisher.video.frame(1, true);
  const { inbox } = viewer;
  const report = (ssrc: number) => inbox.feedback.find((item) => item.kind === 'sender-report' && item.ssrc === ssrc);
  await inbox.until('two sender reports', () => report(1000) !== undefined && report(2000) !== undefined);
  const [audio, video] = [report(1000)!, report(2000)!];
  if (audio.kind !== 'sender-report' || video.kind !== 'sender-report') throw new Error('no reports');
  const captureMs = (kind: typeof audio, timestamp: number, clockRate: number) =>
    kind.ntpMs + (((timestamp - kind.rtpTimestamp) | 0) * 1000) / clockRate;
  const audioMs = captureMs(audio, inbox.of(1000)[0]!.timestamp, 48_000);
  const videoMs = captureMs(video, inbox.of(2000)[0]!.timestamp, 90_000);
  expect(Math.abs(audioMs - videoMs)).toBeLessThan(1);
  await publisher.inbox.until('a report block', () =>
    publisher.inbox.feedback.some((item) => item.kind === 'report-block' && item.block.ssrc === publisher.video.ssrc),
  );
  expect(publisher.inbox.feedback.some(({ kind }) => kind === 'remb')).toBe(true);
});

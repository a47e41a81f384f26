import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RtcpWriter } from '@weir/rtp';
import { LocalSfu } from '../harness/local-sfu.js';

let sfu: LocalSfu;

beforeEach(async () => {
  sfu = await LocalSfu.open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await sfu.close();
});

it('starts a viewer in the middle of a group of pictures with its key frame, without a gap up to the present', async () => {
  const publisher = await sfu.publish();
  const early = await sfu.subscribe();
  publisher.video.frame(4, true);
  for (let i = 0; i < 100; i++) publisher.video.frame(2);
  await early.inbox.until('the stream', () => early.inbox.of(2000).length === 204);
  const { inbox } = await sfu.subscribe();
  await inbox.until('the key frame', () => inbox.of(2000).length > 0);
  for (let i = 0; i < 10; i++) publisher.video.frame(2);
  await inbox.until('the present', () => inbox.of(2000).length === 224);
  const video = inbox.of(2000);
  expect(video.map(({ payload }) => payload)).toEqual(publisher.video.sent.map(({ payload }) => payload));
  const first = video[0]!;
  expect(video.map(({ sequenceNumber }) => (sequenceNumber - first.sequenceNumber) & 0xffff)).toEqual(
    video.map((_, i) => i),
  );
  const steps = video.slice(1).map(({ timestamp }, i) => (timestamp - video[i]!.timestamp) | 0);
  expect(steps.every((step, i) => (video[i]!.marker ? step > 0 : step === 0))).toBe(true);
  expect(sfu.stats.keyFrameRequestsSent).toBeLessThanOrEqual(1);
});

it('repeats replayed packets with the timestamps that they had', async () => {
  const publisher = await sfu.publish();
  const early = await sfu.subscribe();
  publisher.video.frame(4, true);
  for (let i = 0; i < 20; i++) publisher.video.frame(2);
  await early.inbox.until('the stream', () => early.inbox.of(2000).length === 44);
  const { inbox, peer } = await sfu.subscribe();
  await inbox.until('the replay', () => inbox.of(2000).length === 44);
  const lost = inbox.of(2000)[13]!;
  const writer = new RtcpWriter();
  writer.receiverReport(1, []);
  writer.nack(1, 2000, [lost.sequenceNumber]);
  peer.sendRtcp(writer.bytes());
  await inbox.until('the retransmission', () => inbox.of(2001).length === 1);
  expect(inbox.of(2001)[0]!.timestamp).toBe(lost.timestamp);
});

it('waits for the next key frame when the cached pictures are over the cap', async () => {
  await sfu.close();
  sfu = await LocalSfu.open({ fastStartMaxBytes: 10_000 });
  const publisher = await sfu.publish();
  const early = await sfu.subscribe();
  publisher.video.frame(4, true);
  for (let i = 0; i < 20; i++) publisher.video.frame(2);
  await early.inbox.until('the stream', () => early.inbox.of(2000).length === 44);
  const asked = () => publisher.inbox.feedback.filter(({ kind }) => kind === 'picture-loss').length;
  const before = asked();
  const { inbox } = await sfu.subscribe();
  await publisher.inbox.until('a key-frame request', () => asked() > before);
  const key = publisher.video.frame(4, true);
  await inbox.until('the key frame', () => inbox.of(2000).length === 4);
  expect(inbox.of(2000)[0]!.payload).toEqual(key[0]!.payload);
});

it('sends the cached pictures again to a viewer that lost the picture when the publisher ignores requests', async () => {
  const publisher = await sfu.publish();
  const { inbox, peer } = await sfu.subscribe();
  // Pictures that are sent at once are not late, and so are live.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  publisher.video.frame(4, true);
  for (let i = 0; i < 10; i++) publisher.video.frame(2);
  await inbox.until('the stream', () => inbox.of(2000).length === 24);
  clock.mockRestore();
  const writer = new RtcpWriter();
  writer.receiverReport(1, []);
  writer.pictureLoss(1, 2000);
  peer.sendRtcp(writer.bytes());
  await inbox.until('the pictures again', () => inbox.of(2000).length >= 48);
  const again = inbox.of(2000).slice(24, 48);
  expect(again.map(({ payload }) => payload)).toEqual(publisher.video.sent.map(({ payload }) => payload));
  const last = inbox.of(2000)[23]!;
  expect(again[0]!.sequenceNumber).toBe((last.sequenceNumber + 1) & 0xffff);
  expect((again[0]!.timestamp - last.timestamp) | 0).toBeGreaterThan(0);
});

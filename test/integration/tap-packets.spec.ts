import { opusCodec } from '@weir/peer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalPool } from '../harness/local-pool.js';
import type { LocalPublisher } from '../harness/local-session.js';
import { MediaSender } from '../harness/media-sender.js';
import { TapInbox } from '../harness/tap-inbox.js';
import { until } from '../harness/until.js';

let pool: LocalPool;

beforeEach(async () => {
  pool = await LocalPool.open({ workers: 2, viewersPerWorker: 5 });
});
afterEach(() => pool.close());

function open(channel = 'a'): TapInbox {
  return new TapInbox((listener) => pool.pool.tap(channel, listener));
}

function sent(sender: MediaSender): Buffer[] {
  return sender.sent.map(({ payload }) => payload);
}

async function askedForKeyFrames(publisher: LocalPublisher, times: number): Promise<void> {
  const asked = () => publisher.inbox.feedback.filter(({ kind }) => kind === 'picture-loss').length >= times;
  await publisher.inbox.until(`${times} key-frame requests`, asked);
}

it('gives every packet of a publisher that comes later, as it was sent', async () => {
  const inbox = open();
  const other = open('b');
  const before = Date.now();
  const publisher = await pool.publish('a');
  for (let i = 0; i < 50; i++) {
    publisher.video.frame(3, i === 0);
    publisher.audio.frame();
    await inbox.count('video', 3 * (i + 1));
  }
  await inbox.count('audio', 50);
  expect(inbox.payloads('video')).toEqual(sent(publisher.video));
  expect(inbox.payloads('audio')).toEqual(sent(publisher.audio));
  const video = inbox.packets('video');
  expect(video.map(({ sequence }) => sequence - video[0]!.sequence)).toEqual(video.map((_, i) => i));
  expect(video.map(({ marker }) => marker)).toEqual(video.map((_, i) => i % 3 === 2));
  const firstTimestamp = (publisher.video.timestamp - 50 * 3000) >>> 0;
  expect(video.map(({ timestamp }) => (timestamp - firstTimestamp) >>> 0)).toEqual(
    video.map((_, i) => Math.floor(i / 3) * 3000),
  );
  for (const { arrivedAtMs } of [...video, ...inbox.packets('audio')]) {
    expect(arrivedAtMs).toBeGreaterThan(before - 50);
    expect(arrivedAtMs).toBeLessThan(Date.now() + 50);
  }
  expect(inbox.batches('video')[0]).toMatchObject({ codec: 'h264', clockRate: 90_000 });
  expect(inbox.batches('audio')[0]).toMatchObject({ codec: 'opus', clockRate: 48_000 });
  expect([inbox.sources('video').length, inbox.sources('audio').length]).toEqual([1, 1]);
  expect(other.events).toEqual([]);
});

it('begins with the newest key frame when it opens in the middle, and asks nobody for another', async () => {
  const publisher = await pool.publish('a');
  const first = open();
  publisher.video.frame(4, true);
  for (let i = 0; i < 20; i++) publisher.video.frame(2);
  const key = publisher.video.frame(4, true);
  for (let i = 0; i < 120; i++) publisher.video.frame(2);
  await first.count('video', 288);
  const second = open();
  await second.count('video', 244);
  publisher.video.frame(2);
  await second.count('video', 246);
  expect(second.payloads('video')).toEqual(sent(publisher.video).slice(44));
  expect(second.payloads('video')[0]).toEqual(key[0]!.payload);
  expect(publisher.inbox.feedback.filter(({ kind }) => kind === 'picture-loss')).toEqual([]);
});

it('asks for a key frame when it opens without one, and again until it comes', async () => {
  const publisher = await pool.publish('a');
  publisher.video.frame(2);
  const inbox = open();
  await askedForKeyFrames(publisher, 2);
  const key = publisher.video.frame(2, true);
  await until(() => inbox.payloads('video').some((payload) => payload.equals(key[0]!.payload)), {
    what: 'the key frame',
  });
});

it('asks for a key frame when the program wants one', async () => {
  const publisher = await pool.publish('a');
  const inbox = open();
  publisher.video.frame(2, true);
  await inbox.count('video', 2);
  inbox.tap.wantKeyFrame();
  await askedForKeyFrames(publisher, 1);
});

it('gives late packets when they come', async () => {
  const publisher = await pool.publish('a');
  const inbox = open();
  publisher.video.frame(2, true);
  await inbox.count('video', 2);
  const [first, late, last] = publisher.video.make(3);
  publisher.video.send(first!);
  publisher.video.send(last!);
  await inbox.count('video', 4);
  publisher.video.send(late!);
  await inbox.count('video', 5);
  expect(inbox.payloads('video').slice(2)).toEqual([first, last, late].map((packet) => packet!.payload));
  const base = inbox.packets('video')[0]!.sequence;
  expect(inbox.packets('video').map(({ sequence }) => sequence - base)).toEqual([0, 1, 2, 4, 3]);
});

it("tells the publisher's clock, to one that opens later too, before its packets", async () => {
  const publisher = await pool.publish('a');
  const inbox = open();
  publisher.video.frame(1, true);
  publisher.audio.frame();
  await inbox.count('video', 1);
  await inbox.count('audio', 1);
  const senderMs = 1_700_000_000_123;
  const beforeMs = Date.now();
  publisher.video.report(senderMs);
  publisher.audio.report(senderMs);
  await until(() => inbox.clocks().length === 2, { what: 'two clocks', everyMs: 2 });
  const late = open();
  await until(() => late.clocks().length === 2 && late.packets('video').length > 0, { what: 'the same', everyMs: 2 });
  const afterMs = Date.now();
  expect(late.events.findIndex(({ type }) => type === 'clock')).toBe(0);
  for (const told of [inbox.clocks(), late.clocks()]) {
    for (const { kind, source, timestamp, senderMs: toldMs, arrivedAtMs, publisher: number } of told) {
      expect(toldMs).toBeCloseTo(senderMs, 1);
      expect(timestamp).toBe(publisher[kind].timestamp);
      expect(source).toBe(inbox.sources(kind)[0]);
      expect(number).toBe(inbox.batches('video')[0]!.publisher);
      expect(arrivedAtMs).toBeGreaterThan(beforeMs - 50);
      expect(arrivedAtMs).toBeLessThan(afterMs + 50);
    }
  }
});

it('tells nothing more once it is closed, and others go on', async () => {
  const publisher = await pool.publish('a');
  const [inbox, other] = [open(), open()];
  publisher.video.frame(2, true);
  await Promise.all([inbox.count('video', 2), other.count('video', 2)]);
  inbox.tap.close();
  inbox.tap.close();
  inbox.tap.wantKeyFrame();
  const told = inbox.events.length;
  publisher.video.frame(2);
  await other.count('video', 4);
  expect(inbox.events).toHaveLength(told);
  expect(other.payloads('video')).toEqual(sent(publisher.video));
});

it('tells that the publisher is gone, and gives the next', async () => {
  const inbox = open();
  const publisher = await pool.publish('a');
  publisher.video.frame(2, true);
  await inbox.count('video', 2);
  publisher.peer.close();
  await until(() => inbox.gone === 1, { what: 'the end', everyMs: 2 });
  expect(inbox.events.at(-1)).toEqual({ type: 'gone' });
  const next = await pool.publish('a');
  next.video.frame(2, true);
  await inbox.count('video', 4);
  expect(inbox.payloads('video').slice(2)).toEqual(sent(next.video));
  const batches = inbox.batches('video');
  expect(batches.at(-1)!.publisher).toBeGreaterThan(batches[0]!.publisher);
  expect(inbox.gone).toBe(1);
});

it('gives how loud sound is as its sender says', async () => {
  const inbox = open();
  const { peer, audio } = await pool.publish('a');
  const { ssrc } = audio;
  for (const [index, text] of ['\u0000', '\u00ff', '\u0085', undefined].entries()) {
    const extensions = text === undefined ? [] : [{ id: 3, text }];
    new MediaSender(peer, {
      ssrc,
      payloadType: opusCodec.payloadType,
      ticksPerFrame: 960,
      firstSequence: 100 + index,
      extensions,
    }).frame();
  }
  await inbox.count('audio', 4);
  expect(inbox.packets('audio').map(({ audioLevel }) => audioLevel)).toEqual([0, 127, 5, undefined]);
});

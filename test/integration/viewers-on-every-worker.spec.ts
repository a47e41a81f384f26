import { afterEach, beforeEach, expect, it } from 'vitest';
import { RtcpWriter } from '@weir/rtp';
import { LocalPool } from '../harness/local-pool.js';
import type { LocalPublisher, LocalSession } from '../harness/local-session.js';
import { MediaSender, type SentPacket } from '../harness/media-sender.js';
import { until } from '../harness/until.js';

const AUDIO = 1000;
const VIDEO = 2000;
const RETRANSMITTED = 2001;

let pool: LocalPool;
let publisher: LocalPublisher;
/** One on the publisher's worker, one on the other. */
let near: LocalSession;
let far: LocalSession;

beforeEach(async () => {
  // a publisher counts as four viewers: the second viewer has to go to the other worker
  pool = await LocalPool.open({ workers: 2, viewersPerWorker: 5 });
  publisher = await pool.publish('a');
  near = await pool.subscribe('a');
  far = await pool.subscribe('a');
});
afterEach(() => pool.close());

function payloads(session: LocalSession, ssrc = VIDEO): Buffer[] {
  return session.inbox.of(ssrc).map(({ payload }) => payload);
}

function steps(session: LocalSession, ssrc = VIDEO): number[] {
  const packets = session.inbox.of(ssrc);
  return packets.slice(1).map(({ sequenceNumber }, i) => (sequenceNumber - packets[i]!.sequenceNumber) & 0xffff);
}

function sent(sender: MediaSender): Buffer[] {
  return sender.sent.map(({ payload }) => payload);
}

function ask(session: LocalSession, write: (writer: RtcpWriter) => void): void {
  const writer = new RtcpWriter();
  writer.receiverReport(1, []);
  write(writer);
  session.peer.sendRtcp(writer.bytes());
}

async function all(count: number, ssrc = VIDEO, sessions = [near, far]): Promise<void> {
  await Promise.all(sessions.map(({ inbox }) => inbox.until(`${count} packets`, () => inbox.of(ssrc).length >= count)));
}

it('sends every packet of picture and sound to viewers on both workers, in order', async () => {
  expect(near.port).toBe(publisher.port);
  expect(far.port).not.toBe(publisher.port);
  for (let i = 0; i < 50; i++) {
    publisher.video.frame(3, i === 0);
    publisher.audio.frame();
    await all(3 * (i + 1));
  }
  await all(50, AUDIO);
  for (const viewer of [near, far]) {
    expect(payloads(viewer)).toEqual(sent(publisher.video));
    expect(payloads(viewer, AUDIO)).toEqual(sent(publisher.audio));
    expect(new Set([...steps(viewer), ...steps(viewer, AUDIO)])).toEqual(new Set([1]));
  }
  const stats = await pool.stats();
  expect(stats.map(({ publishers, subscribers, load }) => [publishers, subscribers, load])).toEqual([
    [1, 1, 1],
    [0, 1, 0.2],
  ]);
  expect(stats[1]!.packetsReceived).toBe(0);
  // Who stands still for a second does not answer, and measures anew from there on.
  const isMeasured = async (): Promise<boolean> => {
    publisher.video.frame();
    await all(publisher.video.count);
    return (await pool.stats())[1]!.delayP99Us > 0;
  };
  await until(isMeasured, { what: 'delays on the other worker' });
});

it('starts a late viewer on the other worker with the cached pictures, without a gap up to the present', async () => {
  publisher.video.frame(4, true);
  for (let i = 0; i < 50; i++) publisher.video.frame(2);
  await all(104);
  const late = await pool.subscribe('a');
  expect(late.port).toBe(far.port);
  for (let i = 0; i < 10; i++) publisher.video.frame(2);
  await all(124, VIDEO, [near, far, late]);
  expect(payloads(late)).toEqual(sent(publisher.video));
  expect(new Set(steps(late))).toEqual(new Set([1]));
  const counts = await pool.stats();
  expect(counts[0]!.keyFrameRequestsSent).toBeLessThanOrEqual(1);
});

it('sends whole packets only, while the memory is written over again and again', async () => {
  const frames = 150;
  const made: SentPacket[] = [];
  for (let i = 0; i < frames; i++) {
    made.push(...publisher.video.frame(40, i === 0));
    await all(40 * (i + 1));
  }
  expect(payloads(far).every((payload, i) => payload.equals(made[i]!.payload))).toBe(true);
});

it('shows viewers on both workers the best layer of a simulcast, and another when that falls silent', async () => {
  const rids = ['0', '1'];
  const { peer } = await pool.publish('a', { rids });
  const layers = rids.map(
    (rid, index) =>
      new MediaSender(peer, {
        ssrc: 7000 + index,
        payloadType: 102,
        ticksPerFrame: 3000,
        payloadBytes: 300 * (index + 1),
        extensions: [
          { id: 1, text: '1' },
          { id: 2, text: rid },
        ],
      }),
  );
  const sending = new Set(layers);
  let frames = 0;
  const feed = setInterval(() => {
    for (const layer of sending) layer.frame(2, frames % 10 === 0);
    frames++;
  }, 33);
  const shown = (bytes: number, from: number[]) =>
    Promise.all(
      [near, far].map((viewer, i) =>
        viewer.inbox.until(`${bytes} bytes`, () =>
          payloads(viewer)
            .slice(from[i])
            .some(({ length }) => length === bytes),
        ),
      ),
    );
  await shown(600, [0, 0]);
  sending.delete(layers[1]!);
  await shown(
    300,
    [near, far].map((viewer) => payloads(viewer).length),
  );
  clearInterval(feed);
  for (const viewer of [near, far]) {
    const video = viewer.inbox.of(VIDEO).toSorted((a, b) => ((a.sequenceNumber - b.sequenceNumber) << 16) >> 16);
    const gaps = video.slice(1).map(({ sequenceNumber }, i) => (sequenceNumber - video[i]!.sequenceNumber) & 0xffff);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2);
  }
});

it('answers a NACK on the other worker out of the same memory', async () => {
  publisher.video.frame(10, true);
  await all(10);
  const lost = far.inbox.of(VIDEO)[4]!;
  ask(far, (writer) => void writer.nack(1, VIDEO, [lost.sequenceNumber]));
  await far.inbox.until('the retransmission', () => far.inbox.of(RETRANSMITTED).length === 1);
  const [again] = far.inbox.of(RETRANSMITTED);
  expect(again!.payload.readUInt16BE()).toBe(lost.sequenceNumber);
  expect(again!.payload.subarray(2)).toEqual(lost.payload);
});

it('passes on to both what came late because the publisher had to send it again', async () => {
  publisher.video.frame(3, true);
  await all(3);
  const frame = publisher.video.make(5);
  for (const packet of frame) if (packet !== frame[2]) publisher.video.send(packet);
  await publisher.inbox.until('a NACK', () => publisher.inbox.feedback.some(({ kind }) => kind === 'nack'));
  publisher.video.send(frame[2]!);
  await all(8);
  for (const viewer of [near, far]) {
    const [first, , , , , , , late] = viewer.inbox.of(VIDEO);
    expect(late!.payload).toEqual(frame[2]!.payload);
    expect((late!.sequenceNumber - first!.sequenceNumber) & 0xffff).toBe(5);
  }
});

it('asks the publisher for one key frame, though viewers on both workers want one', async () => {
  const asked = () => publisher.inbox.feedback.filter(({ kind }) => kind === 'picture-loss').length;
  const { timestamp } = publisher.video;
  const beganMs = performance.now();
  /** Sends a frame of this moment. */
  const show = (isKey: boolean): SentPacket[] => {
    publisher.video.timestamp = (timestamp + Math.round(90 * (performance.now() - beganMs))) >>> 0;
    return publisher.video.frame(4, isKey);
  };
  show(true);
  await all(4);
  /** How often the publisher was asked until both had what they wanted. */
  const timesAsked = async (): Promise<number> => {
    const before = asked();
    const want = (): boolean => {
      if (asked() > before) return true;
      // A viewer that is still being brought up to the present, by the frame that comes with it, wants it in vain.
      show(false);
      for (const viewer of [near, far]) ask(viewer, (writer) => void writer.pictureLoss(1, VIDEO));
      return false;
    };
    await until(want, { what: 'a key-frame request', everyMs: 100 });
    const key = show(true);
    for (const viewer of [near, far]) {
      await viewer.inbox.until('the key frame', () =>
        payloads(viewer).some((payload) => payload.equals(key[3]!.payload)),
      );
    }
    await pool.stats();
    return asked() - before;
  };
  // Whoever stands still for longer than a request is waited on is rightly asked again: then another time tells.
  const times = [await timesAsked()];
  while (times.at(-1) !== 1 && times.length < 5) times.push(await timesAsked());
  expect(times.at(-1)).toBe(1);
});

it('tells viewers on both workers the same time', async () => {
  publisher.video.frame(4, true);
  publisher.video.report(Date.now() - 5000);
  await all(4);
  publisher.video.frame(1);
  /** Unix milliseconds of the first packet, by the newest report but the first two. */
  const clockOf = ({ inbox }: LocalSession): number => {
    const reports = inbox.feedback.filter((one) => one.kind === 'sender-report');
    const report = reports.slice(2).at(-1);
    if (report === undefined) return Number.NaN;
    return report.ntpMs - ((report.rtpTimestamp - inbox.of(VIDEO)[0]!.timestamp) | 0) / 90;
  };
  await until(() => Math.abs(clockOf(near) - clockOf(far)) < 100, { what: 'one time for both' });
});

it('goes over to a publisher on the other worker without a break, and ends the first', async () => {
  publisher.video.frame(2, true);
  await all(2);
  publisher.audio.frame();
  await all(1, AUDIO);
  const second = await pool.publish('a');
  expect(second.port).toBe(far.port);
  await publisher.peer.closed;
  await expect.poll(() => pool.closedBecause(publisher.id)).toBe('replaced');
  second.audio.frame();
  const key = second.video.frame(2, true);
  await all(4);
  await all(2, AUDIO);
  for (const viewer of [near, far]) {
    expect(payloads(viewer)[2]).toEqual(key[0]!.payload);
    expect(steps(viewer)).toEqual([1, 1, 1]);
    expect(steps(viewer, AUDIO)).toEqual([1]);
    const [, before, after] = viewer.inbox.of(VIDEO);
    expect((after!.timestamp - before!.timestamp) | 0).toBeGreaterThan(0);
  }
});

it('lets viewers on both workers wait for the next publisher, and closes all when the stream ends', async () => {
  publisher.video.frame(2, true);
  await all(2);
  publisher.peer.close();
  await expect.poll(() => pool.closedBecause(publisher.id)).toBe('client-left');
  const next = await pool.publish('a');
  const key = next.video.frame(2, true);
  await all(4);
  for (const viewer of [near, far]) expect(payloads(viewer)[2]).toEqual(key[0]!.payload);
  pool.pool.endStream('a');
  await Promise.all([near, far, next].map(({ peer }) => peer.closed));
  await expect
    .poll(() => [near, far].map(({ id }) => pool.closedBecause(id)))
    .toEqual(['stream-ended', 'stream-ended']);
  expect(pool.descriptions.get('a')?.video?.codec).toBe('h264');
});

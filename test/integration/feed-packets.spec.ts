import { RtcpWriter } from '@weir/rtp';
import type { FedPacket, Feed } from '@weir/sfu';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalPool } from '../harness/local-pool.js';
import type { LocalSession } from '../harness/local-session.js';
import { TapInbox } from '../harness/tap-inbox.js';
import { until } from '../harness/until.js';

const AUDIO = 1000;
const VIDEO = 2000;
const RTX = 2001;
const ROUTER = 'a/program';
// 640x360, constrained baseline at level 3.0
const SPS = [0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x2f, 0xf9, 0x70, 0x11, 0, 0, 3, 0, 1, 0, 0, 3, 0, 0x3c, 0x8f];
const PPS = [0x68, 0xce, 0x3c, 0x80];

let pool: LocalPool;
let feed: Feed;
let frames: number;

beforeEach(async () => {
  pool = await LocalPool.open({ workers: 2, viewersPerWorker: 5 });
  feed = pool.pool.feed(ROUTER, { codecs: ['opus', 'h264'] });
  frames = 0;
});
afterEach(() => pool.close());

/** Pushes a picture of three packets, with parameter sets before a key frame, and 33 ms of sound. */
function push(isKey = false): FedPacket[] {
  const timestamp = (0xffff_f000 + frames * 3000) >>> 0;
  const slices = [0x88, 0x48, 0x48].map((macroblock) => [
    isKey ? 0x65 : 0x41,
    macroblock,
    frames,
    ...Array(500).fill(7),
  ]);
  const units = [...(isKey ? [SPS, PPS] : []), ...slices];
  const packets = units.map((unit, index) => ({
    timestamp,
    marker: index === units.length - 1,
    payload: Uint8Array.from(unit),
  }));
  feed.push('video', packets);
  feed.push('audio', [{ timestamp: frames * 1600, marker: false, payload: Uint8Array.of(0xfc, frames) }]);
  frames += 1;
  return packets;
}

const payloads = (viewer: LocalSession): Buffer[] => viewer.inbox.of(VIDEO).map(({ payload }) => payload);
const bytesOf = (packets: readonly FedPacket[]): Buffer[] => packets.map(({ payload }) => Buffer.from(payload));

function received(viewer: LocalSession, ssrc: number, count: number): Promise<void> {
  return viewer.inbox.until(`${count} packets of ${ssrc}`, () => viewer.inbox.of(ssrc).length >= count);
}

describe('a feed', () => {
  it('reaches viewers on every worker, those too that join in the middle of a group of pictures', async () => {
    const early = await pool.subscribe(ROUTER);
    const sent = [...push(true), ...push(), ...push()];
    await received(early, VIDEO, sent.length);
    const late = await pool.subscribe(ROUTER);
    expect(late.port).not.toBe(early.port);
    sent.push(...push());
    for (const viewer of [early, late]) {
      await received(viewer, VIDEO, sent.length);
      expect(payloads(viewer)).toEqual(bytesOf(sent));
    }
    await received(late, AUDIO, 1);
    await received(early, AUDIO, 4);
    expect(early.inbox.of(AUDIO).map(({ payload }) => payload[1])).toEqual([0, 1, 2, 3]);
  });

  it('tells what it carries once its packets showed it', async () => {
    push(true);
    const description = () => pool.descriptions.get(ROUTER);
    await until(() => description()?.video?.profileLevelId, { what: 'the profile', everyMs: 2 });
    expect(description()).toMatchObject({
      audio: { codec: 'opus' },
      video: { codec: 'h264', profileLevelId: '42c01e', width: 640, height: 360 },
    });
  });

  it('sends packets again that a viewer misses', async () => {
    for (const _worker of pool.ports) {
      const viewer = await pool.subscribe(ROUTER);
      const [first] = push(true);
      await received(viewer, VIDEO, 5);
      const lost = viewer.inbox.of(VIDEO)[0]!;
      const writer = new RtcpWriter();
      writer.receiverReport(1, []);
      writer.nack(1, VIDEO, [lost.sequenceNumber], 1);
      viewer.peer.sendRtcp(writer.bytes());
      await received(viewer, RTX, 1);
      const [again] = viewer.inbox.of(RTX);
      expect(again!.payload.readUInt16BE()).toBe(lost.sequenceNumber);
      expect(again!.payload.subarray(2)).toEqual(Buffer.from(first!.payload));
    }
  });

  it('has reports put its sound and picture at the same time, on every worker', async () => {
    const viewers = [await pool.subscribe(ROUTER), await pool.subscribe(ROUTER)];
    expect(new Set(viewers.map(({ port }) => port)).size).toBe(2);
    const atMs = Date.now() - 300;
    push(true);
    feed.clock('video', 0xffff_f000, atMs);
    feed.clock('audio', 0, atMs + 100);
    for (const { inbox } of viewers) {
      const reportOf = (ssrc: number) =>
        inbox.feedback.findLast((told) => told.kind === 'sender-report' && told.ssrc === ssrc);
      // when the first packet of each kind was captured by the report
      const capturedMs = (ssrc: number): number => {
        const report = reportOf(ssrc);
        if (report?.kind !== 'sender-report') return Number.NaN;
        const ticks = (inbox.of(ssrc)[0]!.timestamp - report.rtpTimestamp) | 0;
        return report.ntpMs + ticks / (ssrc === AUDIO ? 48 : 90);
      };
      // the first reports may go out before the clocks are known
      const isTold = () => Math.abs(capturedMs(AUDIO) - capturedMs(VIDEO) - 100) < 5;
      await inbox.until('reports of the same clock', isTold);
    }
  });

  it('goes on elsewhere when its worker dies, for the viewers of the other', async () => {
    const viewers = [await pool.subscribe(ROUTER), await pool.subscribe(ROUTER)];
    push(true);
    await Promise.all(viewers.map((viewer) => received(viewer, VIDEO, 5)));
    const [near, left] = viewers as [LocalSession, LocalSession];
    await pool.kill(near.port);
    expect(await near.peer.closed).toBe('remote');
    const sent = push(true);
    await received(left, VIDEO, 10);
    expect(payloads(left).slice(5)).toEqual(bytesOf(sent));
    const steps = left.inbox
      .of(VIDEO)
      .map(({ sequenceNumber }, index, all) =>
        index === 0 ? 1 : (sequenceNumber - all[index - 1]!.sequenceNumber) & 0xffff,
      );
    expect(new Set(steps)).toEqual(new Set([1]));
  });

  it('takes the place of the one before, and ends with its stream', async () => {
    const viewer = await pool.subscribe(ROUTER);
    const tap = new TapInbox((listener) => pool.pool.tap(ROUTER, listener));
    push(true);
    await received(viewer, VIDEO, 5);
    const before = feed;
    feed = pool.pool.feed(ROUTER, { codecs: ['h264'] });
    push(true);
    await received(viewer, VIDEO, 10);
    before.close();
    push();
    await received(viewer, VIDEO, 13);
    expect(tap.gone).toBe(0);
    pool.pool.endStream(ROUTER);
    await until(() => tap.gone === 1, { what: 'the end', everyMs: 2 });
    expect(await viewer.peer.closed).toBe('remote');
    expect(pool.closedBecause(viewer.id)).toBe('stream-ended');
  });
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TapPacket } from '@weir/sfu';
import { LocalPool } from '../harness/local-pool.js';
import { MediaSender } from '../harness/media-sender.js';
import { TapInbox } from '../harness/tap-inbox.js';
import { until } from '../harness/until.js';

const FRAME_MS = 33;
const FRAMES_PER_GROUP = 10;
const IDR = 0x65;

let pool: LocalPool;
let feed: NodeJS.Timeout | undefined;

beforeEach(async () => {
  pool = await LocalPool.open({ workers: 1, viewersPerWorker: 50 });
});
afterEach(async () => {
  clearInterval(feed);
  await pool.close();
});

/** Packets from one change of the layer to the next. */
function stretches(inbox: TapInbox): TapPacket[][] {
  const batches = inbox.batches('video');
  const begins = batches.flatMap(({ source }, index) => (source === batches[index - 1]?.source ? [] : [index]));
  return begins.map((from, index) => batches.slice(from, begins[index + 1]).flatMap(({ packets }) => packets));
}

it('gives the best layer of a simulcast from its key frame on, and another when that falls silent', async () => {
  const rids = ['0', '1', '2'];
  const { peer } = await pool.publish('a', { rids });
  const inbox = new TapInbox((listener) => pool.pool.tap('a', listener));
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
  feed = setInterval(() => {
    for (const layer of sending) layer.frame(2, frames % FRAMES_PER_GROUP === 0);
    frames++;
  }, FRAME_MS);

  const sizeNow = () => inbox.packets('video').at(-1)?.payload.length;
  await until(() => sizeNow() === 900, { what: 'the best layer', everyMs: 5 });
  sending.delete(layers[2]!);
  await until(() => sizeNow() === 600, { what: 'the second best', everyMs: 5 });
  clearInterval(feed);

  for (const packets of stretches(inbox)) {
    expect(packets[0]!.payload[0]).toBe(IDR);
    expect(new Set(packets.slice(1).map(({ sequence }, i) => sequence - packets[i]!.sequence))).toEqual(new Set([1]));
    const size = packets[0]!.payload.length;
    expect(packets.every(({ payload }) => payload.length === size)).toBe(true);
    const { sent } = layers[size / 300 - 1]!;
    const from = sent.findIndex(({ payload }) => payload.equals(packets[0]!.payload));
    const kept = sent.slice(from, from + packets.length);
    expect(packets.map(({ payload }) => Buffer.from(payload))).toEqual(kept.map(({ payload }) => payload));
  }
});

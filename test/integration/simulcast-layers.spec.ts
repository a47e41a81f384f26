import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalSfu } from '../harness/local-sfu.js';
import { MediaSender } from '../harness/media-sender.js';

const FRAME_MS = 33;
const FRAMES_PER_GROUP = 10;

let sfu: LocalSfu;
let feed: NodeJS.Timeout | undefined;

beforeEach(async () => {
  sfu = await LocalSfu.open();
});
afterEach(async () => {
  clearInterval(feed);
  await sfu.close();
});

it('takes every layer of a simulcast without announced SSRCs, shows the best, and another when that falls silent', async () => {
  const rids = ['0', '1', '2'];
  const { peer } = await sfu.publish({ rids });
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

  const { inbox } = await sfu.subscribe();
  const shown = (bytes: number) => inbox.of(2000).some(({ payload }) => payload.length === bytes);
  await inbox.until('the best layer', () => shown(900));
  sending.delete(layers[2]!);
  const before = inbox.of(2000).length;
  await inbox.until('the second best', () =>
    inbox
      .of(2000)
      .slice(before)
      .some(({ payload }) => payload.length === 600),
  );
  clearInterval(feed);

  const video = inbox.of(2000).toSorted((a, b) => ((a.sequenceNumber - b.sequenceNumber) << 16) >> 16);
  const steps = video.slice(1).map(({ sequenceNumber }, i) => (sequenceNumber - video[i]!.sequenceNumber) & 0xffff);
  expect(Math.max(...steps)).toBeLessThanOrEqual(2);
  const times = video.slice(1).map(({ timestamp }, i) => (timestamp - video[i]!.timestamp) | 0);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
});

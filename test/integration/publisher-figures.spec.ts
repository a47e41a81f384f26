import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { PublisherFigures } from '@weir/sfu';
import { LocalSfu } from '../harness/local-sfu.js';
import type { LocalPublisher } from '../harness/local-session.js';
import { until } from '../harness/until.js';

const FRAME_RATE = 30;

let sfu: LocalSfu;
let publisher: LocalPublisher;

beforeAll(async () => {
  sfu = await LocalSfu.open();
});
afterEach(() => publisher.peer.close());
afterAll(() => sfu.close());

/** Waits until the publisher was measured often enough, and adds up what was told. */
async function figures(isEnough: (all: readonly PublisherFigures[]) => boolean): Promise<readonly PublisherFigures[]> {
  const told = () =>
    sfu.reports.flatMap((report) => (report.type === 'measured' && report.id === publisher.id ? [report.figures] : []));
  await until(() => isEnough(told()), { what: 'figures' });
  return told();
}

it('measures key frames ten seconds apart, and that there is no sound', async () => {
  publisher = await sfu.publish();
  for (let frame = 0; frame <= 20 * FRAME_RATE; frame++) {
    publisher.video.frame(1, frame % (10 * FRAME_RATE) === 0);
    if (frame % FRAME_RATE === 0) await setImmediate();
  }
  const all = await figures((told) => told.flatMap(({ video }) => video?.keyFrameIntervalsMs ?? []).length >= 2);
  expect(all.flatMap(({ video }) => video?.keyFrameIntervalsMs ?? [])).toEqual([10_000, 10_000]);
  expect(all.reduce((sum, { video }) => sum + (video?.frames ?? 0), 0)).toBe(20 * FRAME_RATE + 1);
  expect(all.every(({ audio }) => audio?.packets === 0)).toBe(true);
});

it('counts a packet that was lost and sent again as lost, once', async () => {
  publisher = await sfu.publish();
  publisher.video.frame(2, true);
  const [kept, held] = publisher.video.make(2);
  publisher.video.send(kept!);
  publisher.video.frame(2);
  await publisher.inbox.until('a NACK', () => publisher.inbox.feedback.some(({ kind }) => kind === 'nack'));
  publisher.video.send(held!);
  const all = await figures((told) => told.reduce((sum, { video }) => sum + (video?.packets ?? 0), 0) === 6);
  expect(all.reduce((sum, { video }) => sum + (video?.lost ?? 0), 0)).toBe(1);
});

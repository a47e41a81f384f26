import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalPool } from '../harness/local-pool.js';
import type { LocalPublisher, LocalSession } from '../harness/local-session.js';

const VIDEO = 2000;
const FRAME_MS = 20;

let pool: LocalPool;
let publisher: LocalPublisher;
/** One on the publisher's worker, one on the other. */
let near: LocalSession;
let far: LocalSession;
let feed: NodeJS.Timeout | undefined;

beforeEach(async () => {
  pool = await LocalPool.open({ workers: 2, viewersPerWorker: 5 });
  publisher = await pool.publish('a');
  near = await pool.subscribe('a');
  far = await pool.subscribe('a');
  publisher.video.frame(2, true);
  await Promise.all([near, far].map((viewer) => received(viewer, 2)));
});
afterEach(async () => {
  clearInterval(feed);
  await pool.close();
});

function received(viewer: LocalSession, count: number): Promise<void> {
  return viewer.inbox.until(`${count} packets`, () => viewer.inbox.of(VIDEO).length >= count);
}

/** Sends one frame after another, once the one before is there, so that none is lost where a thread stands still; key frames where they are asked for. */
function startFeed(): void {
  let answered = 0;
  feed = setInterval(() => {
    if (near.inbox.packets.length < publisher.video.count) return;
    const asked = publisher.inbox.feedback.filter(({ kind }) => kind === 'picture-loss').length;
    publisher.video.frame(2, asked > answered);
    answered = asked;
  }, FRAME_MS);
}

function steps(viewer: LocalSession): Set<number> {
  const packets = viewer.inbox.of(VIDEO);
  return new Set(packets.slice(1).map((packet, i) => (packet.sequenceNumber - packets[i]!.sequenceNumber) & 0xffff));
}

it('replaces a worker that dies on its port, tells its viewers, and nobody else notices', async () => {
  startFeed();
  await received(far, 20);
  await pool.kill(far.port);
  expect(await far.peer.closed).toBe('remote');
  expect(pool.closedBecause(far.id)).toBe('worker-lost');
  const again = await pool.subscribe('a');
  expect(again.port).toBe(far.port);
  await received(again, 20);
  clearInterval(feed);
  const { sent } = publisher.video;
  await received(near, sent.length);
  expect(near.inbox.of(VIDEO).map(({ payload }) => payload)).toEqual(sent.map(({ payload }) => payload));
  expect([steps(near), steps(again)]).toEqual([new Set([1]), new Set([1])]);
  expect([near, publisher].map(({ id }) => pool.closedBecause(id))).toEqual([undefined, undefined]);
});

it('lets viewers on other workers wait for a publisher whose worker died, and follow it when it comes back', async () => {
  await pool.kill(publisher.port);
  expect(await Promise.all([publisher, near].map(({ peer }) => peer.closed))).toEqual(['remote', 'remote']);
  expect([publisher, near, far].map(({ id }) => pool.closedBecause(id))).toEqual([
    'worker-lost',
    'worker-lost',
    undefined,
  ]);
  const next = await pool.publish('a');
  const key = next.video.frame(2, true);
  await received(far, 4);
  expect(far.inbox.of(VIDEO)[2]!.payload).toEqual(key[0]!.payload);
  expect(steps(far)).toEqual(new Set([1]));
  const viewer = await pool.subscribe('a');
  await received(viewer, 2);
  expect(pool.ports).toContain(viewer.port);
});

it('reads the same stream on a worker that was replaced, and replaces that again', async () => {
  for (let round = 0; round < 3; round++) {
    const { port } = far;
    await pool.kill(port);
    await pool.whole();
    far = await pool.subscribe('a');
    expect(far.port).toBe(port);
    publisher.video.frame(2);
    await far.inbox.until('the newest packet', () =>
      far.inbox.of(VIDEO).some(({ payload }) => payload.equals(publisher.video.sent.at(-1)!.payload)),
    );
  }
  expect((await pool.stats()).map(({ subscribers }) => subscribers)).toEqual([1, 1]);
});

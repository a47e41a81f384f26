import { afterEach, beforeEach, expect, it } from 'vitest';
import { LocalPool } from '../harness/local-pool.js';
import type { LocalPublisher, LocalSession } from '../harness/local-session.js';
import { TapInbox } from '../harness/tap-inbox.js';
import { until } from '../harness/until.js';

const AUDIO = 1000;
const VIDEO = 2000;

let pool: LocalPool;
let publisher: LocalPublisher;
let viewers: LocalSession[];
let tap: TapInbox;

beforeEach(async () => {
  pool = await LocalPool.open({ workers: 2, viewersPerWorker: 5 });
  tap = new TapInbox((listener) => pool.pool.tap('a/b', listener));
  publisher = await pool.publish('a/b');
  viewers = [await pool.subscribe('a/b'), await pool.subscribe('a/b')];
  expect(new Set(viewers.map(({ port }) => port)).size).toBe(2);
});
afterEach(() => pool.close());

/** Sends sound, then a picture after which the sound before it must have come, if it comes at all. */
async function speak(): Promise<string[]> {
  const said = publisher.audio.frame().map(({ payload }) => payload.toString('hex'));
  const [shown] = publisher.video.frame(1, true);
  for (const { inbox } of viewers)
    await inbox.until('the picture', () => inbox.of(VIDEO).some(({ payload }) => payload.equals(shown!.payload)));
  await tap.count('video', publisher.video.count);
  return said;
}

/** Silences the publisher, or ends that; resolves when every worker knows. */
async function silence(isSilent: boolean): Promise<void> {
  pool.pool.silence('a/b', isSilent);
  await pool.stats();
}

function heard(): string[][] {
  const told = viewers.map(({ inbox }) => inbox.of(AUDIO).map(({ payload }) => payload.toString('hex')));
  return [...told, tap.payloads('audio').map((payload) => payload.toString('hex'))];
}

it('is heard by nobody while it is silenced, anywhere, and again without a gap from then on', async () => {
  const before = await speak();
  await until(() => heard().every((all) => all.length > 0), { what: 'the first sound', everyMs: 2 });
  await silence(true);
  await speak();
  await speak();
  for (const all of heard()) expect(all).toEqual(before);
  await silence(false);
  const after = await speak();
  await until(() => heard().every((all) => all.length > 1), { what: 'sound after the silence', everyMs: 2 });
  for (const all of heard()) expect(all).toEqual([...before, ...after]);
  for (const { inbox } of viewers) {
    const [first, second] = inbox.of(AUDIO);
    expect((second!.sequenceNumber - first!.sequenceNumber) & 0xffff).toBe(1);
  }
});

it('is silent also when it comes later, and on a worker that came in the place of another, until the stream ends', async () => {
  await silence(true);
  await pool.kill(publisher.port);
  await pool.whole();
  publisher = await pool.publish('a/b');
  viewers = [await pool.subscribe('a/b')];
  await speak();
  await speak();
  for (const all of heard()) expect(all).toEqual([]);
  pool.pool.endStream('a/b');
  await viewers[0]!.peer.closed;
  publisher = await pool.publish('a/b');
  viewers = [await pool.subscribe('a/b')];
  const said = await speak();
  await until(() => heard()[0]!.length > 0, { what: 'sound', everyMs: 2 });
  expect(heard()[0]).toEqual(said);
});

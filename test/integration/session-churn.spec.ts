import { expect, it } from 'vitest';
import { LocalSfu } from '../harness/local-sfu.js';

const SESSIONS = 500;
const AT_ONCE = 20;
const HEAP_BYTES_PER_SESSION = 4096;

function resources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'Immediate')
    .sort();
}

function heapBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

it('leaves no socket, timer or memory behind after 500 sessions', async () => {
  const sfu = await LocalSfu.open();
  const publisher = await sfu.publish();
  const round = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += AT_ONCE) {
      const sessions = await Promise.all(Array.from({ length: AT_ONCE }, () => sfu.subscribe()));
      publisher.video.frame(2, true);
      await Promise.all(sessions.map(({ inbox }) => inbox.until('a frame', () => inbox.of(2000).length > 0)));
      for (const [index, session] of sessions.entries()) {
        if (index % 2 === 0) session.peer.close();
        else sfu.worker.handle({ type: 'close', id: session.id, reason: 'client-left' });
      }
      await Promise.all(sessions.map(({ peer }) => peer.closed));
      await publisher.inbox.until(
        'the ends',
        () => sessions.every(({ id }) => sfu.closedBecause(id) !== undefined) || (publisher.video.frame(), false),
      );
    }
  };
  await round(5 * AT_ONCE);
  sfu.reports.length = 0;
  const before = { resources: resources(), heap: heapBytes() };
  await round(SESSIONS);
  sfu.reports.length = 0;
  publisher.video.sent.length = 0;
  publisher.inbox.feedback.length = 0;
  expect(sfu.stats.subscribers).toBe(0);
  expect(sfu.desk.sessionCount).toBe(1);
  expect(resources()).toEqual(before.resources);
  if (globalThis.gc !== undefined) expect((heapBytes() - before.heap) / SESSIONS).toBeLessThan(HEAP_BYTES_PER_SESSION);
  publisher.peer.close();
  await sfu.close();
});

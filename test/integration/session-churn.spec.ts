import { expect, it } from 'vitest';
import { LocalSfu } from '../harness/local-sfu.js';
import { until } from '../harness/until.js';

const SESSIONS = 500;
const AT_ONCE = 20;
const HEAP_BYTES_PER_SESSION = 4096;

function resources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'Immediate')
    .sort();
}

/** What there is in one list and not in the other, each as often as it is there. */
function more(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
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
      const areOver = (): boolean => sessions.every(({ id }) => sfu.closedBecause(id) !== undefined);
      await until(areOver, { what: 'the ends', everyMs: 5 });
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
  await until(() => sfu.desk.sessionCount === 1, { what: 'the ends of all handshakes' });
  // A handle that is just being closed and what is just being swept on another thread are gone a moment later.
  await until(() => more(resources(), before.resources).length === 0, { what: 'the end of sockets and timers' });
  const perSession = (): number => (heapBytes() - before.heap) / SESSIONS;
  if (globalThis.gc !== undefined)
    await until(() => perSession() < HEAP_BYTES_PER_SESSION, { what: 'memory to be free' });
  publisher.peer.close();
  await sfu.close();
});

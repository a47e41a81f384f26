import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCertificate } from '@weir/dtls';
import { play, publish, type Subscription } from '@weir/peer';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const SESSIONS = 500;
const AT_ONCE = 20;

let server: WeirServer;

beforeAll(async () => {
  server = await startServer({
    WEIR_SESSIONS_PER_ADDRESS: '1000',
    WEIR_UNCONNECTED_PER_ADDRESS: '1000',
    WEIR_CONNECT_TIMEOUT_MS: '1500',
  });
});
afterAll(() => server.stop());

function udpInodes(): Set<string> {
  const tables = ['/proc/net/udp', '/proc/net/udp6'].map((table) => readFileSync(table, 'utf8'));
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(1));
  return new Set(rows.map((row) => row.trim().split(/\s+/)[9]!));
}

/** Files, pipes and UDP sockets; HTTP connections belong to this test, which keeps some alive. */
function descriptors(): number {
  const udp = udpInodes();
  return readdirSync(`/proc/${server.pid}/fd`).filter((fd) => {
    const inode = /^socket:\[(\d+)\]$/.exec(target(fd))?.[1];
    return inode === undefined || udp.has(inode);
  }).length;
}

function target(fd: string): string {
  try {
    return readlinkSync(`/proc/${server.pid}/fd/${fd}`);
  } catch {
    return 'socket:[closed]';
  }
}

function threads(): number {
  return readdirSync(`/proc/${server.pid}/task`).length;
}

async function sessions(): Promise<number> {
  const headers = { authorization: `Bearer ${server.adminToken}` };
  const response = await fetch(`${server.url}/api/stats`, { headers });
  const { workers } = (await response.json()) as { workers: { publishers: number; subscribers: number }[] };
  return workers.reduce((total, { publishers, subscribers }) => total + publishers + subscribers, 0);
}

it('has the same descriptors, threads and sessions after 500 sessions that ended in every way', async () => {
  const key = await server.createChannel('churn');
  const certificate = await createCertificate();
  const publication = await publish(`${server.url}/whip/churn`, { token: key, certificate });
  const endings: ((session: Subscription) => Promise<unknown>)[] = [
    (session) => session.stop(),
    async (session) => session.peer.close(),
    // nobody answers at these addresses: the session is never connected
    async () =>
      play(`${server.url}/whep/churn`, {
        certificate,
        connectTimeoutMs: 50,
        route: () => [{ address: '127.0.0.1', port: 9 }],
      }).catch(() => undefined),
  ];
  const round = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += AT_ONCE) {
      const opened = Array.from({ length: AT_ONCE }, () => play(`${server.url}/whep/churn`, { certificate }));
      const viewers = await Promise.all(opened);
      await Promise.all(viewers.map((viewer, index) => endings[index % endings.length]!(viewer)));
      await Promise.all(viewers.map((viewer) => viewer.stop().catch(() => undefined)));
    }
    await until(async () => (await sessions()) === 1, { what: 'the ends of all sessions' });
  };
  await round(2 * AT_ONCE);
  const before = { descriptors: descriptors(), threads: threads() };
  await round(SESSIONS);
  expect({ descriptors: descriptors(), threads: threads() }).toEqual(before);
  await publication.stop();
  await until(async () => (await sessions()) === 0, { what: 'the end of the publisher' });
});

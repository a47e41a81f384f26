import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCertificate } from '@weir/dtls';
import { play, publish, type Subscription } from '@weir/peer';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

interface Resources {
  readonly descriptors: number;
  readonly threads: number;
}

const SESSIONS = 500;
const AT_ONCE = 20;

let server: WeirServer;

beforeAll(async () => {
  server = await startServer({
    WEIR_SESSIONS_PER_ADDRESS: '1000',
    WEIR_UNCONNECTED_PER_ADDRESS: '1000',
    WEIR_CONNECT_TIMEOUT_MS: '8000',
  });
});
afterAll(() => server.stop());

let key: string;
beforeAll(async () => {
  key = await server.createChannel('churn');
});

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

/** What was open for a moment only is closed a moment later; what is kept stays. */
async function asBefore(before: Resources): Promise<void> {
  const now = (): Resources => ({ descriptors: descriptors(), threads: threads() });
  const isSo = (): boolean => now().descriptors <= before.descriptors && now().threads <= before.threads;
  await until(isSo, { what: `no more than ${JSON.stringify(before)}` }).catch(() => expect(now()).toEqual(before));
}

function threads(): number {
  return readdirSync(`/proc/${server.pid}/task`).length;
}

/** Processes below the server: programs and their ffmpegs. */
function children(of = server.pid): number[] {
  const list = childrenText(of).trim().split(' ').filter(Boolean).map(Number);
  return list.flatMap((pid) => [pid, ...children(pid)]);
}

function childrenText(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch {
    // It has ended since it was listed.
    return '';
  }
}

async function record(on: boolean): Promise<void> {
  const response = await fetch(`${server.url}/api/channels/churn`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ record: on }),
  });
  expect(response.status).toBe(200);
}

async function recordings(state: string, longerThanSeconds: number): Promise<number> {
  const response = await fetch(`${server.url}/api/recordings?channel=churn`);
  const { recordings } = (await response.json()) as { recordings: { state: string; durationSeconds: number }[] };
  return recordings.filter((one) => one.state === state && one.durationSeconds > longerThanSeconds).length;
}

async function sessions(): Promise<number> {
  const headers = { authorization: `Bearer ${server.adminToken}` };
  const response = await fetch(`${server.url}/api/stats`, { headers });
  const { workers } = (await response.json()) as { workers: { publishers: number; subscribers: number }[] };
  return workers.reduce((total, { publishers, subscribers }) => total + publishers + subscribers, 0);
}

it('has the same descriptors, threads and sessions after 500 sessions that ended in every way', async () => {
  await record(false);
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
    await until(async () => (await sessions()) === 1, { what: 'the ends of all sessions', timeoutMs: 60_000 });
  };
  await round(2 * AT_ONCE);
  const before = { descriptors: descriptors(), threads: threads() };
  await round(SESSIONS);
  await asBefore(before);
  await publication.stop();
  await until(async () => (await sessions()) === 0, { what: 'the end of the publisher' });
}, 240_000);

it('has the same descriptors, and no process, after streams that were recorded', async () => {
  await record(true);
  const clip = await highClip();
  const stream = async (number: number): Promise<void> => {
    const obs = await ObsTwin.publish({ url: `${server.url}/whip/churn`, key, clip });
    await until(async () => (await recordings('recording', 1)) === 1, { what: 'a recording', timeoutMs: 60_000 });
    // a program and what codes for it; where a machine stands still, one of them may just be started again
    await until(() => children().length >= 2, { what: 'processes' });
    await obs.stop();
    const isReady = async (): Promise<boolean> => (await recordings('ready', 0)) === number && children().length === 0;
    await until(isReady, { what: 'the finished recording', timeoutMs: 60_000 });
  };
  await stream(1);
  const before = { descriptors: descriptors(), threads: threads() };
  for (const number of [2, 3, 4]) await stream(number);
  await asBefore(before);
}, 300_000);

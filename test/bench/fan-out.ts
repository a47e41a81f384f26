import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BenchServer } from './bench-server.js';
import { Crowd, durations } from './crowd.js';
import { writeResults } from './results.js';
import type { JoinFigures } from './joiners.js';
import { StreamSource } from './stream-source.js';
import { printTable } from './table.js';

const { values: options } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50,100,150,200,250,300,350,400' },
    seconds: { type: 'string', default: '8' },
    idle: { type: 'string', default: '300' },
    storm: { type: 'string', default: '150' },
    out: { type: 'string', default: 'fan-out.json' },
  },
});
const SECONDS = Number(options.seconds);
const SETTLE_MS = 2000;
const MOST_LOST = 0.2;
const KEEPS_UP_MS = 100;
const PACKETS_PER_SECOND = 310;
const FRAME_MS = 1000 / 30;
const JOINS_AT_ONCE = 8;
const RUNNER = new URL('./run.mjs', import.meta.url).pathname;

type Row = Record<string, string | number>;

/** One step of the ladder: so many viewers for some seconds. */
async function measure(server: BenchServer, source: StreamSource, crowd: Crowd): Promise<Row> {
  await pause(SETTLE_MS);
  crowd.takeDelays();
  await server.stats();
  const before = { ...(await server.stats()), published: source.packets, got: crowd.packets, own: process.cpuUsage() };
  const [startedMs, loop] = [performance.now(), performance.eventLoopUtilization()];
  await pause(SECONDS * 1000);
  const after = await server.stats();
  const seconds = (performance.now() - startedMs) / 1000;
  const [published, got, own] = [
    source.packets - before.published,
    crowd.packets - before.got,
    process.cpuUsage(before.own),
  ];
  const delays = crowd.takeDelays();
  const sent = after.packetsSent - before.packetsSent;
  const user = after.cpuUserSeconds - before.cpuUserSeconds;
  const system = after.cpuSystemSeconds - before.cpuSystemSeconds;
  return {
    viewers: crowd.size,
    'packets/s': Math.round(sent / seconds),
    'lost %': Math.max(0, 100 * (1 - got / (published * crowd.size))),
    'worker CPU %': (100 * (user + system)) / seconds,
    'user us/packet': (user * 1e6) / sent,
    'system us/packet': (system * 1e6) / sent,
    'server delay p50 ms': after.delayP50Us / 1000,
    'server delay p99 ms': after.delayP99Us / 1000,
    'end to end p50 ms': delays.p50,
    'end to end p99 ms': delays.p99,
    'receivers CPU %': (own.user + own.system) / 1e4 / seconds,
    'receivers busy %': 100 * performance.eventLoopUtilization(loop).utilization,
  };
}

/** Memory of subscribers whose publisher is silent. */
async function measureIdle(server: BenchServer, endpoint: string, count: number): Promise<Row> {
  const crowd = await Crowd.open(endpoint);
  await crowd.grow(20, JOINS_AT_ONCE);
  await pause(SETTLE_MS);
  const before = server.residentBytes();
  const cpu = server.cpuSeconds();
  const startedMs = performance.now();
  const joins = durations(await crowd.grow(20 + count, JOINS_AT_ONCE));
  const seconds = (performance.now() - startedMs) / 1000;
  const joinCpu = (server.cpuSeconds() - cpu) / count;
  await pause(SETTLE_MS);
  const row = {
    subscribers: count,
    'resident bytes each': Math.round((server.residentBytes() - before) / count),
    'joins/s (with the clients on the other core)': count / seconds,
    'server CPU ms each': joinCpu * 1000,
    'join p50 ms': joins.p50,
    'join p95 ms': joins.p95,
  };
  await crowd.leave();
  return row;
}

/** What many joins at once do to the 50 who watch `endpoint` already. */
async function measureStorm(server: BenchServer, joined: string, phase: string): Promise<Row> {
  const joiners = fork(RUNNER, ['joiners', joined, options.storm]);
  await once(joiners, 'message');
  await server.stats();
  const done = once(joiners, 'message');
  joiners.send('go');
  const [figures] = (await done) as [JoinFigures];
  const { delayP50Us, delayP99Us } = await server.stats();
  await once(joiners, 'exit');
  return {
    phase,
    joins: Number(options.storm),
    'joins/s': figures.joinsPerSecond,
    'join p50 ms': figures.p50Ms,
    'join p95 ms': figures.p95Ms,
    'server delay p50 ms': delayP50Us / 1000,
    'server delay p99 ms': delayP99Us / 1000,
  };
}

/** Nobody joins, then others join a silent channel (handshakes alone), then the one that is watched (with its cached pictures). */
async function measureStorms(
  server: BenchServer,
  source: StreamSource,
  watched: string,
  silent: string,
): Promise<Row[]> {
  const crowd = await Crowd.open(watched);
  await crowd.grow(50, JOINS_AT_ONCE);
  pin(0);
  const quiet = await measure(server, source, crowd);
  const rows: Row[] = [
    {
      phase: 'nobody joins',
      joins: 0,
      'joins/s': 0,
      'join p50 ms': 0,
      'join p95 ms': 0,
      'server delay p50 ms': quiet['server delay p50 ms']!,
      'server delay p99 ms': quiet['server delay p99 ms']!,
    },
  ];
  rows.push(await measureStorm(server, silent, 'handshakes alone, on the other core'));
  pin(1);
  rows.push(await measureStorm(server, silent, 'handshakes alone, on the core of the media'));
  pin(0);
  rows.push(await measureStorm(server, watched, 'handshakes and cached pictures'));
  await crowd.leave();
  return rows;
}

const pinned = availableParallelism() > 1;
if (pinned) execFileSync('taskset', ['-acp', '0', String(process.pid)]);
const server = await BenchServer.start();
const pin = (otherCore: number): void => {
  if (pinned) server.pin(1, otherCore);
};
try {
  pin(1);
  const key = await server.createChannel('bench');
  const source = await StreamSource.open(`${server.url}/whip/bench`, key);
  const endpoint = `${server.url}/whep/bench`;
  const silent = await StreamSource.open(`${server.url}/whip/silent`, await server.createChannel('silent'));
  const idle = await measureIdle(server, endpoint, Number(options.idle));
  printTable('Idle subscribers', [idle]);

  source.start();
  const storm = await measureStorms(server, source, endpoint, `${server.url}/whep/silent`);
  printTable('Joins, and what they do to 50 viewers of a channel', storm);

  const crowd = await Crowd.open(endpoint);
  const ladder: Row[] = [];
  for (const size of options.viewers.split(',').map(Number)) {
    await crowd.grow(size, JOINS_AT_ONCE);
    const row = await measure(server, source, crowd);
    ladder.push(row);
    printTable(`Fan-out at 2.5 Mb/s, ${size} viewers`, [row]);
    if (Number(row['lost %']) > 1 || Number(row['end to end p50 ms']) > 10 * KEEPS_UP_MS) break;
  }
  const most = (fits: (row: Row) => boolean): number =>
    Math.max(
      0,
      ...ladder.filter((row) => Number(row['lost %']) <= MOST_LOST && fits(row)).map((row) => Number(row['viewers'])),
    );
  const delayed = (limitMs: number) => (row: Row) => Number(row['server delay p99 ms']) <= limitMs;
  const busiest = ladder.at(-1)!;
  const microseconds = Number(busiest['user us/packet']) + Number(busiest['system us/packet']);
  const summary = {
    'viewers, p99 <= 10 ms': most(delayed(10)),
    'viewers, p99 within a frame (33 ms)': most(delayed(FRAME_MS)),
    'viewers that it keeps up with': most((row) => Number(row['end to end p50 ms']) <= KEEPS_UP_MS),
    'viewers by CPU alone': Math.floor(1e6 / microseconds / PACKETS_PER_SECOND),
  };
  printTable('Fan-out at 2.5 Mb/s, one media worker on one core, engine js', ladder);
  printTable('Summary, with at most 0.2 % lost', [summary]);
  writeResults(options.out, { engine: 'js', idle, storm, ladder, summary });
  await crowd.leave();
  await source.stop();
  await silent.stop();
} finally {
  await server.stop();
}

import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BenchServer } from './bench-server.js';
import type { CrowdFigures } from './chat/crowd.js';
import { RawSocket } from './chat/raw-socket.js';
import { BenchChild } from './loadgen/child-calls.js';
import { monotonicMs } from './loadgen/clock.js';
import { quantilesOf, type Quantiles } from './loadgen/quantiles.js';
import { writeResults } from './results.js';
import { printTable } from './table.js';

const { values: options } = parseArgs({
  options: {
    sockets: { type: 'string', default: '2000' },
    processes: { type: 'string', default: '2' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '30' },
    /** What a reader of the results must know of this run, such as what else the machine did. */
    conditions: { type: 'string', default: '' },
    out: { type: 'string', default: 'chat.json' },
  },
});
const SOCKETS = Number(options.sockets);
const PROCESSES = Number(options.processes);
const RATE = Number(options.rate);
const SECONDS = Number(options.seconds);
const SPEAKERS = 20;
const WARM_UP_MS = 5000;
const CHANNEL = 'chat';
const GOAL_MS = 200;
const [loadAverageBefore] = loadavg();
const body = 'a message as long as people write them in a chat, with an emoji 👏';

/** Says so many messages a second at even times, each by the next speaker; returns how long each took to be stored. */
async function speak(speakers: readonly RawSocket[], milliseconds: number): Promise<number[]> {
  const answers: Promise<number>[] = [];
  const fromMs = monotonicMs();
  for (let n = 0; (n * 1000) / RATE < milliseconds; n += 1) {
    await pause(Math.max(0, fromMs + (n * 1000) / RATE - monotonicMs()));
    answers.push(say(speakers[n % speakers.length]!));
  }
  return Promise.all(answers);
}

async function say(speaker: RawSocket): Promise<number> {
  const sentMs = monotonicMs();
  const message = { channel: CHANNEL, clientId: crypto.randomUUID(), body: `${body} sent at ${sentMs.toFixed(3)}` };
  const answer = (await speaker.ask('say', message)) as { ok: boolean };
  if (!answer.ok) throw new Error(`A message was refused: ${JSON.stringify(answer)}`);
  return monotonicMs() - sentMs;
}

function worst(figures: readonly CrowdFigures[]): Quantiles {
  const of = (key: keyof Quantiles): number => Math.max(...figures.map(({ delayMs }) => delayMs[key]));
  return { count: 0, p50: of('p50'), p95: of('p95'), p99: of('p99'), max: of('max') };
}

const server = await BenchServer.start({ WEIR_CHAT_SOCKETS_PER_ADDRESS: '100000', WEIR_CHAT_SOCKETS_MAX: '100000' });
await server.createChannel(CHANNEL);
const port = Number(new URL(server.url).port);
const crowds = Array.from({ length: PROCESSES }, () => new BenchChild('chat/crowd-child', { port, channel: CHANNEL }));
try {
  const emptyBytes = server.residentBytes();
  const joinFromMs = performance.now();
  const joinCpu = server.cpuSeconds();
  const joins = await Promise.all(crowds.map((crowd) => crowd.call<Quantiles>('grow', SOCKETS / PROCESSES)));
  const joinSeconds = (performance.now() - joinFromMs) / 1000;
  const joinCpuMs = ((server.cpuSeconds() - joinCpu) * 1000) / SOCKETS;
  const headers = { authorization: `Bearer ${server.adminToken}` };
  const speakers = await Promise.all(
    Array.from({ length: SPEAKERS }, () => RawSocket.open({ port, headers, onEvent: () => undefined })),
  );
  for (const speaker of speakers) await speaker.ask('join', { channel: CHANNEL });
  await speak(speakers, WARM_UP_MS);
  for (const crowd of crowds) await crowd.call('figures');
  const before = server.cpuSeconds();
  const fromMs = performance.now();
  const storedMs = await speak(speakers, SECONDS * 1000);
  const cpuShare = (server.cpuSeconds() - before) / ((performance.now() - fromMs) / 1000);
  await pause(1000);
  const figures = await Promise.all(crowds.map((crowd) => crowd.call<CrowdFigures>('figures')));
  const delivered = figures.reduce((sum, { delayMs }) => sum + delayMs.count, 0);
  const delay = worst(figures);
  const row = {
    sockets: SOCKETS,
    'messages/s': RATE,
    'deliveries/s': delivered / SECONDS,
    missing: storedMs.length * SOCKETS - delivered,
    'p50 ms': delay.p50,
    'p95 ms': delay.p95,
    'p99 ms': delay.p99,
    'max ms': delay.max,
    'stored p99 ms': quantilesOf(storedMs).p99,
    'server CPU %': cpuShare * 100,
    'readers CPU %': figures.reduce((sum, { ownCpuShare }) => sum + ownCpuShare, 0) * 100,
    'server kB each': (server.residentBytes() - emptyBytes) / 1024 / SOCKETS,
  };
  const joining = {
    sockets: SOCKETS,
    'joins/s': SOCKETS / joinSeconds,
    'p50 ms': Math.max(...joins.map(({ p50 }) => p50)),
    'p99 ms': Math.max(...joins.map(({ p99 }) => p99)),
    'server CPU ms each': joinCpuMs,
  };
  printTable('From the moment of sending to each reader; of the load processes the slower one', [row]);
  printTable('Into the room, 25 at once for each load process', [joining]);
  const conditions = { loadAverageBefore, told: options.conditions };
  writeResults(options.out, { conditions, goalP99Ms: GOAL_MS, delivery: row, joining });
  for (const speaker of speakers) speaker.close();
} finally {
  await Promise.all(crowds.map((crowd) => crowd.stop()));
  await server.stop();
}

import { ChannelRegistry } from '@weir/channels';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StageHolds } from './stage-holds.js';
import { StageRegistry } from './stage-registry.js';

const MINUTE_MS = 60_000;

interface Server {
  readonly channels: ChannelRegistry;
  readonly stages: StageRegistry;
  readonly holds: StageHolds;
}

let database: Database;
let server: Server;

beforeEach(async () => {
  vi.useFakeTimers();
  database = Database.inMemory();
  server = await start();
  await server.channels.create('show', 'A show');
});

afterEach(async () => {
  await stop();
  await database.close();
  vi.useRealTimers();
});

async function start(): Promise<Server> {
  const log = Log.open({ level: 'silent', text: false });
  const channels = await new ChannelRegistry(database, log, { reconnectGraceMs: 0 }).load();
  const stages = await new StageRegistry(database, channels, log).load();
  const holds = new StageHolds(database, stages, channels, log);
  holds.onModuleInit();
  await holds.onApplicationBootstrap();
  return { channels, stages, holds };
}

async function stop(): Promise<void> {
  server.holds.onModuleDestroy();
  await Promise.all([server.holds.beforeApplicationShutdown(), server.stages.beforeApplicationShutdown()]);
  server.channels.onApplicationShutdown();
}

/** The server dies without a word and starts after a while. */
async function crash(awayMs = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  const startedAtMs = Date.now() + awayMs;
  vi.clearAllTimers();
  vi.setSystemTime(startedAtMs);
  server = await start();
}

async function holdWithGuest(): Promise<void> {
  server.channels.hold('show');
  server.stages.of('show').direct('publisher', { state: 'on-air' });
  server.stages.changed('show');
  await vi.advanceTimersByTimeAsync(0);
}

const held = (): boolean => server.channels.stream('show')?.held === true;
const onAir = (): number => server.stages.of('show').wanted.guests.length;

describe('StageHolds', () => {
  it('goes on with a show after a crash and after a stop, with who was on air', async () => {
    await holdWithGuest();
    await crash();
    expect([held(), onAir()]).toEqual([true, 1]);
    await stop();
    server = await start();
    expect([held(), onAir()]).toEqual([true, 1]);
  });

  it('goes on with a show of any length, but ends it when the server was away for more than ten minutes', async () => {
    await holdWithGuest();
    await vi.advanceTimersByTimeAsync(60 * MINUTE_MS);
    await crash(9 * MINUTE_MS);
    expect(held()).toBe(true);
    await crash(11 * MINUTE_MS);
    expect([held(), onAir()]).toEqual([false, 0]);
    await crash();
    expect([held(), onAir()]).toEqual([false, 0]);
  });

  it('does not go on with a show that was ended, whoever still publishes', async () => {
    await holdWithGuest();
    server.channels.letGo('show');
    await crash();
    expect(held()).toBe(false);
    server.channels.publisherConnected('show', 'session');
    server.channels.hold('show');
    server.channels.letGo('show');
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    await crash();
    expect(held()).toBe(false);
  });

  it('does not go on with the show of a channel that has no program any more', async () => {
    await holdWithGuest();
    await server.channels.update('show', { hls: 'off' });
    await crash();
    expect(held()).toBe(false);
  });
});

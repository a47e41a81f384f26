import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recording, RecordingPage } from '@weir/contract';
import { Clip, ClipPublisher } from '@weir/demo';
import { play, publish } from '@weir/peer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Inbox } from '../harness/inbox.js';
import { PostgresServer } from '../harness/postgres.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let postgres: PostgresServer;
let clip: Clip;
let folder: string;
let databaseUrl: string;
let server: WeirServer;

beforeAll(async () => {
  [postgres, clip] = await Promise.all([PostgresServer.start(), Clip.demo()]);
});

afterAll(() => postgres.stop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-on-postgres-'));
  databaseUrl = await postgres.createDatabase();
  server = await start();
});

afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(): Promise<WeirServer> {
  return startServer({
    DATABASE_URL: databaseUrl,
    WEIR_DATA_DIR: folder,
    WEIR_ADMIN_TOKEN: 'operator',
    // asks the database after each segment
    WEIR_RECORDINGS_MAX_BYTES: '1000000000',
  });
}

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      authorization: 'Bearer operator',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** A channel whose streams are recorded as they come, and its stream key. */
async function channel(name: string): Promise<string> {
  const key = await server.createChannel(name);
  await ask('PATCH', `/api/channels/${name}`, { hls: 'passthrough' });
  return key;
}

async function recording(isRight: (recording: Recording) => boolean): Promise<Recording> {
  return until(
    async () => {
      const { status, body } = await ask('GET', '/api/recordings');
      const [newest] = status === 200 ? (body as RecordingPage).recordings : [];
      return newest !== undefined && isRight(newest) ? newest : undefined;
    },
    { what: 'the recording', timeoutMs: 40_000 },
  );
}

const isBeyond =
  (seconds: number) =>
  ({ durationSeconds }: Recording): boolean =>
    durationSeconds > seconds;

describe('the server on PostgreSQL', () => {
  it('publishes, records, and knows everything after a restart', async () => {
    const key = await channel('live');
    const publisher = await ClipPublisher.start({ url: `${server.url}/whip/live`, key, clip });
    await recording(isBeyond(2));
    await publisher.stop();
    const made = await recording(({ state }) => state === 'ready');
    await ask('PATCH', `/api/recordings/${made.id}`, { title: 'Kept', protected: true });
    expect(await server.stop()).toBe(0);

    server = await start();
    expect((await ask('GET', '/api/channels/live')).body).toMatchObject({ settings: { hls: 'passthrough' } });
    expect((await ask('GET', '/api/channels/live/keys')).body).toMatchObject([{ lastUsedAt: expect.any(String) }]);
    const kept = await recording(() => true);
    expect(kept).toMatchObject({ id: made.id, title: 'Kept', protected: true, durationSeconds: made.durationSeconds });
    expect((await fetch(server.url + (kept.downloads[0]?.url ?? ''))).status).toBe(200);
    const again = await publish(`${server.url}/whip/live`, { token: key });
    await again.stop();
  });

  it('finishes after a stop what was recorded when it came', async () => {
    const key = await channel('live');
    await ClipPublisher.start({ url: `${server.url}/whip/live`, key, clip });
    await recording(isBeyond(2));
    expect(await server.stop()).toBe(0);
    server = await start();
    const made = await recording(({ state }) => state === 'ready');
    expect(made).toMatchObject({ reason: 'The server was stopped.', endedAt: expect.any(String) });
  });

  it('goes on with live media and recordings while PostgreSQL is away, and with all else when it is back', async () => {
    const key = await channel('live');
    const publisher = await ClipPublisher.start({ url: `${server.url}/whip/live`, key, clip });
    const before = await recording(isBeyond(2));
    const inbox = new Inbox();
    const watch = () =>
      play(`${server.url}/whep/live`, { events: { rtp: (packet, length) => inbox.rtp(packet, length) } });
    const viewer = await watch();
    await inbox.until('packets', () => inbox.packets.length > 10);

    await postgres.halt();
    await until(async () => (await ask('GET', '/readyz')).status === 503, { what: 'the server to notice' });
    expect((await ask('GET', '/livez')).status).toBe(200);
    const refused = await fetch(`${server.url}/api/recordings`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({
      status: 503,
      detail: 'The database does not answer: try again later.',
    });
    expect((await ask('POST', '/api/channels', { name: 'more' })).status).toBe(503);
    await expect(publish(`${server.url}/whip/live`, { token: key })).rejects.toThrow(/^503/);
    const count = inbox.packets.length;
    await inbox.until('more packets', () => inbox.packets.length > count + 100);
    const another = await watch();
    await another.stop();

    await postgres.resume();
    await until(async () => (await ask('GET', '/readyz')).status === 200, { what: 'the server to recover' });
    await recording(isBeyond(before.durationSeconds + 2));
    expect((await ask('POST', '/api/channels', { name: 'more' })).status).toBe(201);
    await viewer.stop();
    await publisher.stop();
    const made = await recording(({ state }) => state === 'ready');
    expect(made).toMatchObject({ id: before.id, reason: null });
  });

  it('notes the end of a stream that ended while PostgreSQL was away', async () => {
    const key = await channel('live');
    const publisher = await ClipPublisher.start({ url: `${server.url}/whip/live`, key, clip });
    const { id } = await recording(isBeyond(2));
    await postgres.halt();
    await publisher.stop();
    await expect.poll(() => server.output).toContain('recording ended');
    await expect.poll(() => server.output).toContain('a recording could not be noted');
    await postgres.resume();
    expect(await recording(({ state }) => state === 'ready')).toMatchObject({ id, reason: null });
  });
});

describe('a server whose PostgreSQL is not there', () => {
  it('does not start, and says why and what to do', async () => {
    const nowhere = databaseUrl.replace(/\/weir_\d+$/, '/never-made');
    const failed = startServer({ DATABASE_URL: nowhere });
    await expect(failed).rejects.toThrow(
      /The database that DATABASE_URL names cannot be used: database "never-made" does not exist\. Start it, or correct DATABASE_URL\./,
    );
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Database, DatabaseClosed, type DatabasePlace, DatabaseTooNew, DatabaseUnavailable } from '@weir/store';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../harness/each-database.js';
import { freeTcpPort } from '../harness/free-port.js';
import { PostgresServer } from '../harness/postgres.js';
import { until } from '../harness/until.js';

const secret = Uint8Array.of(1, 2, 3);

eachDatabase('Database', ({ open, place }) => {
  it('keeps what was written when it is opened again', async () => {
    const where = await place();
    const first = await open(where);
    await first.settings.set('cookie-secret', secret);
    await first.close();
    const second = await open(where);
    expect([...((await second.settings.get('cookie-secret')) ?? [])]).toEqual([...secret]);
  });

  it('is ready while open and closes twice without harm', async () => {
    const database = await open();
    expect(await database.isReady()).toBe(true);
    await Promise.all([database.close(), database.close()]);
    await database.close();
    expect(await database.isReady()).toBe(false);
    await expect(database.channels.list()).rejects.toThrow(DatabaseClosed);
  });

  it('finishes what was asked before it was closed', async () => {
    const where = await place();
    const first = await open(where);
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    const writes = keys.map((key) => first.uploads.set(key, { id: key, bytes: 1, partBytes: 1, tags: [] }));
    await first.close();
    await Promise.all(writes);
    const second = await open(where);
    for (const key of keys) expect(await second.uploads.get(key)).toMatchObject({ id: key });
  });

  it('is brought to the newest schema once when several open it', async () => {
    const where = await place();
    const opened = await Promise.all([open(where), open(where), open(where)]);
    await opened[0]?.settings.set('cookie-secret', secret);
    expect(await opened[2]?.settings.get('cookie-secret')).toHaveLength(3);
  });
});

describe('a SQLite file', () => {
  let place: DatabasePlace;
  let file: string;

  beforeEach(() => {
    place = { dataDir: mkdtempSync(join(tmpdir(), 'weir-store-')) };
    file = join(place.dataDir, 'weir.db');
  });

  afterEach(() => rmSync(place.dataDir, { recursive: true, force: true }));

  function statements(sql: string): void {
    const connection = new DatabaseSync(file);
    connection.exec(sql);
    connection.close();
  }

  it('of a newer Weir is refused', async () => {
    statements('PRAGMA user_version = 999');
    await expect(Database.open(place, () => undefined)).rejects.toThrow(DatabaseTooNew);
  });

  it('of the version before is upgraded with everything in it', async () => {
    statements(readFileSync(new URL('../fixtures/schema-3.sql', import.meta.url), 'utf8'));
    const database = await Database.open(place, () => undefined);
    const rest = {
      description: '',
      visibility: 'public',
      owner: undefined,
      watchEpoch: 0,
      avatarTag: undefined,
      chat: '{}',
      whep: 'source',
    };
    expect(await database.channels.list()).toEqual([
      {
        name: 'demo',
        title: 'Demo',
        createdAtMs: 1_780_000_000_000,
        ...rest,
        watchHash: undefined,
        hls: 'program',
        record: false,
        isolatedTracks: false,
      },
      {
        name: 'radio',
        title: 'Радио 📻',
        createdAtMs: 1_780_000_000_001,
        ...rest,
        watchHash: undefined,
        hls: 'passthrough',
        record: true,
        isolatedTracks: true,
      },
    ]);
    expect(await database.streamKeys.list('radio')).toMatchObject([
      { label: 'OBS', lastUsedAtMs: 1_780_000_000_003 },
      { label: '', revokedAtMs: 1_780_000_000_005 },
    ]);
    expect(await database.streamKeys.findByHash(new Uint8Array(32).fill(0xab))).toMatchObject({ channel: 'radio' });
    expect(await database.settings.get('recording-link-secret')).toHaveLength(32);
    expect(await database.recordings.page(5, ['radio'])).toMatchObject([
      { title: 'Cut', state: 'interrupted', reason: 'The server was stopped.', endedAtMs: undefined },
      { title: 'Show', bytes: 5_000_000_000, isProtected: true, files: [{ name: 'program.mp4', stored: true }] },
    ]);
    expect((await database.uploads.get('0123456789abcdef01234567/program.mp4'))?.tags).toEqual(['"a"', null]);
    await database.channels.update('radio', { visibility: 'private', watchHash: secret });
    await database.channels.setAvatar('radio', { type: 'image/png', bytes: secret });
    await database.close();
    const check = new DatabaseSync(file);
    expect(check.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(check.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    check.close();
  });
});

describe('a PostgreSQL server', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start();
  });

  afterAll(() => server.stop());

  async function place(): Promise<DatabasePlace & { databaseUrl: string }> {
    return { dataDir: '/nowhere', databaseUrl: await server.createDatabase() };
  }

  it('with the database of a newer Weir is refused', async () => {
    const where = await place();
    await (await Database.open(where, () => undefined)).close();
    await server.query(where.databaseUrl, 'UPDATE schema_version SET version = 999');
    await expect(Database.open(where, () => undefined)).rejects.toThrow(DatabaseTooNew);
  });

  it('that is not there, or has no such database, is told with the reason', async () => {
    for (const [url, reason] of [
      [`postgres://weir@127.0.0.1:${await freeTcpPort()}/weir`, /ECONNREFUSED/],
      [server.url('nobody-made-it'), /does not exist/],
    ] as const) {
      const refused = Database.open({ dataDir: '/nowhere', databaseUrl: url }, () => undefined);
      const error: unknown = await refused.catch((fault: unknown) => fault);
      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect(String((error as Error).cause)).toMatch(reason);
      expect((error as Error).message).not.toContain('127.0.0.1');
    }
  });

  it('that goes away is told, and used again as soon as it is back', async () => {
    const broken: Error[] = [];
    const database = await Database.open(await place(), (error) => broken.push(error));
    await database.settings.set('cookie-secret', secret);
    await Promise.all(Array.from({ length: 20 }, () => database.channels.list()));
    await server.halt();
    await expect.poll(() => broken.length).toBeGreaterThan(0);
    expect(await database.isReady()).toBe(false);
    await expect(database.channels.list()).rejects.toThrow(DatabaseUnavailable);
    await server.resume();
    await until(() => database.isReady(), { what: 'the database' });
    expect([...((await database.settings.get('cookie-secret')) ?? [])]).toEqual([...secret]);
    await database.close();
  });

  it('that does not answer in time is told, and the connection is not used again', async () => {
    const where = await place();
    await (await Database.open(where, () => undefined)).close();
    const impatient = { ...where, databaseUrl: `${where.databaseUrl}?query_timeout=500` };
    // On a busy machine what nobody holds up may be late as well: then it is asked again.
    const answered = async <T>(ask: () => Promise<T>): Promise<T> => {
      const inTime = async (): Promise<{ answer: T } | undefined> =>
        ask().then(
          (answer) => ({ answer }),
          () => undefined,
        );
      return (await until(inTime, { what: 'an answer in time' })).answer;
    };
    const database = await answered(() => Database.open(impatient, () => undefined));
    const holder = new Client({ connectionString: where.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE settings');
    const all = Array.from({ length: 12 }, () => database.settings.get('cookie-secret'));
    for (const result of await Promise.allSettled(all)) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) });
    }
    expect(await answered(() => database.channels.list())).toEqual([]);
    await holder.query('COMMIT');
    await holder.end();
    expect(await answered(() => database.settings.get('cookie-secret'))).toBeUndefined();
    await database.close();
  });

  it('that goes away amid queries fails them and nothing else', async () => {
    const database = await Database.open(await place(), () => undefined);
    const queries = Array.from({ length: 200 }, () => database.settings.set('cookie-secret', secret));
    const settled = Promise.allSettled(queries);
    await queries[0];
    await server.halt();
    for (const result of await settled) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(DatabaseUnavailable);
    }
    await server.resume();
    await database.close();
  });
});

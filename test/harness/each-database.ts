import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, type DatabasePlace } from '@weir/store';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { PostgresServer } from './postgres.js';

/** Where tests find databases of one kind; all that they open is closed after each test. */
export interface TestDatabases {
  /** A new place without anything in it. */
  place(): Promise<DatabasePlace>;
  /** Opens a database, an empty one when no place is given. */
  open(place?: DatabasePlace): Promise<Database>;
}

/** Describes what is true with every kind of database: `body` is called once for SQLite and once for PostgreSQL. */
export function eachDatabase(subject: string, body: (databases: TestDatabases) => void): void {
  describe(`${subject} (SQLite)`, () => body(databasesOf(() => Promise.resolve(undefined))));
  describe(`${subject} (PostgreSQL)`, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await PostgresServer.start();
    });
    afterAll(() => server?.stop());
    body(databasesOf(async () => server?.createDatabase()));
  });
}

function databasesOf(newUrl: () => Promise<string | undefined>): TestDatabases {
  const opened: Database[] = [];
  const folders: string[] = [];
  const place = async (): Promise<DatabasePlace> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'weir-database-'));
    folders.push(dataDir);
    return { dataDir, databaseUrl: await newUrl() };
  };
  const open = async (given?: DatabasePlace): Promise<Database> => {
    const database = await Database.open(given ?? (await place()), () => undefined);
    opened.push(database);
    return database;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((database) => database.close()));
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  });
  return { place, open };
}

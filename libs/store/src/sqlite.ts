import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type DatabaseConnection, type Driver, Kysely, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';
import { DatabaseTooNew } from './database-too-new.js';
import { migrations } from './migrations.js';
import type { OpenDatabase } from './open-database.js';
import { storable } from './parameters.js';
import type { Schema } from './schema.js';
import { Turns } from './turns.js';

/** Opens a SQLite file with the newest schema; `:memory:` is one that lives as long as the connection. Throws DatabaseTooNew. */
export function openSqlite(file: string): OpenDatabase {
  const connection = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 });
  try {
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  // one connection, and a transaction has it for itself
  const turns = new Turns(1);
  const dialect = new OrderlyDialect({ database: adapterOf(connection) }, turns);
  const close = async (): Promise<void> => {
    await turns.shut();
    connection.close();
  };
  return { kysely: new Kysely<Schema>({ dialect }), close };
}

function migrate(connection: DatabaseSync): void {
  const found = Number(connection.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (found > migrations.length) throw new DatabaseTooNew(found, migrations.length);
  for (const [step, sql] of migrations.entries()) {
    if (step < found) continue;
    connection.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${step + 1}; COMMIT;`);
  }
}

type Settings = ConstructorParameters<typeof SqliteDialect>[0];
type Adapted = Extract<Settings['database'], { prepare: unknown }>;

function adapterOf(connection: DatabaseSync): Adapted {
  return {
    close: () => undefined,
    prepare: (sql) => {
      const statement = connection.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...valuesOf(parameters)),
        run: (parameters) => statement.run(...valuesOf(parameters)),
        iterate: (parameters) => statement.iterate(...valuesOf(parameters)) as IterableIterator<unknown>,
      };
    },
  };
}

function valuesOf(parameters: readonly unknown[]): SQLInputValue[] {
  return storable(parameters) as SQLInputValue[];
}

class OrderlyDialect extends SqliteDialect {
  readonly #settings: Settings;
  readonly #turns: Turns;

  constructor(settings: Settings, turns: Turns) {
    super(settings);
    this.#settings = settings;
    this.#turns = turns;
  }

  override createDriver(): Driver {
    return new OrderlyDriver(this.#settings, this.#turns);
  }

  override createAdapter(): SqliteAdapter {
    return new OrderlyAdapter();
  }
}

/** The turns are the driver's own, so that closing can wait for them. */
class OrderlyAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class OrderlyDriver extends SqliteDriver {
  readonly #turns: Turns;

  constructor(settings: Settings, turns: Turns) {
    super(settings);
    this.#turns = turns;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.take();
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#turns.end();
  }
}

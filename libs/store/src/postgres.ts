import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely';
import { Client, type CustomTypesConfig, DatabaseError, Pool, types as standardTypes } from 'pg';
import { DatabaseTooNew } from './database-too-new.js';
import { DatabaseUnavailable } from './database-unavailable.js';
import { forPostgres, migrations } from './migrations.js';
import type { OpenDatabase } from './open-database.js';
import { storable } from './parameters.js';
import type { Schema } from './schema.js';
import { Turns } from './turns.js';

const MIGRATION_LOCK = 0x77656972;
const CONNECTIONS = 10;
const ANSWER_WITHIN_MS = 10_000;

/**
 * Opens a PostgreSQL database (15 or newer) with the newest schema; `url` is `postgres://user:password@host/name`. Rejects with
 * DatabaseTooNew or DatabaseUnavailable; `onError` hears of connections that broke while nobody used them, which are replaced.
 */
export async function openPostgres(url: string, onError: (error: Error) => void): Promise<OpenDatabase> {
  const common = { connectionString: url, connectionTimeoutMillis: ANSWER_WITHIN_MS, keepAlive: true };
  await migrate(new Client({ ...common, types }));
  const pool = new Pool({ ...common, types, max: CONNECTIONS, query_timeout: ANSWER_WITHIN_MS });
  pool.on('error', onError);
  // one that breaks in use fails its query as well
  pool.on('connect', (client) => client.on('error', () => undefined));
  const turns = new Turns(CONNECTIONS);
  const dialect = new OrderlyDialect({ pool: tellingOutages(pool) }, turns);
  const close = async (): Promise<void> => {
    await turns.shut();
    await pool.end();
  };
  return { kysely: new Kysely<Schema>({ dialect }), close };
}

async function migrate(client: Client): Promise<void> {
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)');
    const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
    const found = rows[0]?.version ?? 0;
    if (found > migrations.length) throw new DatabaseTooNew(found, migrations.length);
    for (const step of migrations.slice(found)) await client.query(forPostgres(step));
    await client.query('DELETE FROM schema_version');
    await client.query('INSERT INTO schema_version (version) VALUES ($1)', [migrations.length]);
    await client.query('COMMIT');
  } catch (error) {
    throw error instanceof DatabaseTooNew ? error : new DatabaseUnavailable(error);
  } finally {
    // what was not committed is undone
    await client.end();
  }
}

class OrderlyDialect extends PostgresDialect {
  readonly #settings: PostgresDialectConfig;
  readonly #turns: Turns;

  constructor(settings: PostgresDialectConfig, turns: Turns) {
    super(settings);
    this.#settings = settings;
    this.#turns = turns;
  }

  override createDriver(): Driver {
    return new OrderlyDriver(this.#settings, this.#turns);
  }
}

class OrderlyDriver extends PostgresDriver {
  readonly #turns: Turns;

  constructor(settings: PostgresDialectConfig, turns: Turns) {
    super(settings);
    this.#turns = turns;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.take();
    try {
      return await super.acquireConnection();
    } catch (error) {
      this.#turns.end();
      throw error;
    }
  }

  override async releaseConnection(connection: Parameters<PostgresDriver['releaseConnection']>[0]): Promise<void> {
    this.#turns.end();
    await super.releaseConnection(connection);
  }
}

/** What fails because the database or the way to it is gone says so, and such a connection is not used again. */
function tellingOutages(pool: Pool): PostgresPool {
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw new DatabaseUnavailable(error);
    });
    let isBroken = false;
    const query = async (text: string, values: unknown[]): Promise<unknown> => {
      try {
        return await client.query(text, storable(values));
      } catch (error) {
        if (!isOutage(error)) throw error;
        isBroken = true;
        throw new DatabaseUnavailable(error);
      }
    };
    const release = (destroy = false): void => client.release(destroy || isBroken);
    return { query: query as PostgresPoolClient['query'], release };
  };
  return { options: {}, connect, end: () => pool.end() };
}

// PostgreSQL, appendix A: connection exceptions, too many connections, and a server that is shut down, has crashed or still starts
const outages = /^(08...|53300|57P0[1-3])$/;

function isOutage(error: unknown): boolean {
  return !(error instanceof DatabaseError) || outages.test(error.code ?? '');
}

// Sums of BIGINT are NUMERIC; all that is counted here is far below 2^53.
const types = { getTypeParser: typeParser } as CustomTypesConfig;

function typeParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (format !== 'binary' && (oid === standardTypes.builtins.INT8 || oid === standardTypes.builtins.NUMERIC))
    return Number;
  return standardTypes.getTypeParser(oid, format as 'text');
}

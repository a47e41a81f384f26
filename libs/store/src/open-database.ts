import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** A database that is open, with the newest schema. */
export interface OpenDatabase {
  readonly kysely: Kysely<Schema>;
  /** Waits for all queries that were made, then closes the connections; what is asked later rejects with DatabaseClosed. Called once. */
  close(): Promise<void>;
}

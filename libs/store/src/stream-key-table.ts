import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** One row of `stream_keys`; times are Unix milliseconds. */
export interface StreamKeyRow {
  readonly id: string;
  readonly channel: string;
  /** SHA-256 of the key's value. */
  readonly hash: Uint8Array;
  readonly label: string;
  readonly createdAtMs: number;
  readonly revokedAtMs: number | undefined;
  readonly lastUsedAtMs: number | undefined;
}

const columns = 'id, channel, hash, label, created_at, revoked_at, last_used_at';

/** The stream keys of all channels, revoked ones too. */
export class StreamKeyTable {
  readonly #insert: StatementSync;
  readonly #findByHash: StatementSync;
  readonly #list: StatementSync;
  readonly #revoke: StatementSync;
  readonly #touch: StatementSync;

  constructor(connection: DatabaseSync) {
    this.#insert = connection.prepare(
      'INSERT INTO stream_keys (id, channel, hash, label, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#findByHash = connection.prepare(`SELECT ${columns} FROM stream_keys WHERE hash = ?`);
    this.#list = connection.prepare(`SELECT ${columns} FROM stream_keys WHERE channel = ? ORDER BY created_at, id`);
    this.#revoke = connection.prepare(
      'UPDATE stream_keys SET revoked_at = ? WHERE channel = ? AND id = ? AND revoked_at IS NULL',
    );
    this.#touch = connection.prepare('UPDATE stream_keys SET last_used_at = ? WHERE id = ?');
  }

  /** Adds a key to a channel that exists. */
  insert(row: Omit<StreamKeyRow, 'revokedAtMs' | 'lastUsedAtMs'>): void {
    this.#insert.run(row.id, row.channel, row.hash, row.label, row.createdAtMs);
  }

  /** The key of that SHA-256, revoked or not. */
  findByHash(hash: Uint8Array): StreamKeyRow | undefined {
    const row = this.#findByHash.get(hash);
    return row === undefined ? undefined : streamKeyRow(row);
  }

  /** Every key of a channel, oldest first. */
  list(channel: string): StreamKeyRow[] {
    return this.#list.all(channel).map(streamKeyRow);
  }

  /** Ends a key for good; false when the channel has no such key or it is revoked already. */
  revoke(channel: string, id: string, nowMs: number): boolean {
    return this.#revoke.run(nowMs, channel, id).changes === 1;
  }

  /** Notes that a key was used. */
  touch(id: string, nowMs: number): void {
    this.#touch.run(nowMs, id);
  }
}

function streamKeyRow(row: Record<string, unknown>): StreamKeyRow {
  return {
    id: String(row['id']),
    channel: String(row['channel']),
    hash: row['hash'] as Uint8Array,
    label: String(row['label']),
    createdAtMs: Number(row['created_at']),
    revokedAtMs: timeOrNothing(row['revoked_at']),
    lastUsedAtMs: timeOrNothing(row['last_used_at']),
  };
}

function timeOrNothing(value: unknown): number | undefined {
  return value === null ? undefined : Number(value);
}

import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

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

/** The stream keys of all channels, revoked ones too. */
export class StreamKeyTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds a key to a channel that exists. */
  async insert(row: Omit<StreamKeyRow, 'revokedAtMs' | 'lastUsedAtMs'>): Promise<void> {
    const { id, channel, hash, label, createdAtMs } = row;
    await this.#kysely
      .insertInto('stream_keys')
      .values({ id, channel, hash, label, created_at: createdAtMs })
      .execute();
  }

  /** The key of that SHA-256, revoked or not. */
  async findByHash(hash: Uint8Array): Promise<StreamKeyRow | undefined> {
    const row = await this.#kysely.selectFrom('stream_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
    return row === undefined ? undefined : streamKeyRow(row);
  }

  /** Every key of a channel, oldest first. */
  async list(channel: string): Promise<StreamKeyRow[]> {
    const rows = await this.#kysely
      .selectFrom('stream_keys')
      .selectAll()
      .where('channel', '=', channel)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(streamKeyRow);
  }

  /** Ends a key for good; false when the channel has no such key or it is revoked already. */
  async revoke(channel: string, id: string, nowMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#kysely
      .updateTable('stream_keys')
      .set({ revoked_at: nowMs })
      .where('channel', '=', channel)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Notes that a key was used. */
  async touch(id: string, nowMs: number): Promise<void> {
    await this.#kysely.updateTable('stream_keys').set({ last_used_at: nowMs }).where('id', '=', id).execute();
  }
}

function streamKeyRow(row: Selectable<Schema['stream_keys']>): StreamKeyRow {
  return {
    id: row.id,
    channel: row.channel,
    hash: row.hash,
    label: row.label,
    createdAtMs: row.created_at,
    revokedAtMs: row.revoked_at ?? undefined,
    lastUsedAtMs: row.last_used_at ?? undefined,
  };
}

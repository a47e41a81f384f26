import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `stream_keys`; times are Unix milliseconds. */
export interface StreamKeyRow {
  readonly id: string;
  readonly channel: string;
  /** SHA-256 of the key's value. */
  readonly hash: Uint8Array;
  readonly label: string;
  readonly createdAtMs: number;
  /** Id of the account that made it; undefined for the operator's. */
  readonly createdBy: string | undefined;
  readonly revokedAtMs: number | undefined;
  readonly lastUsedAtMs: number | undefined;
  /** Good for nothing now: who made it is disabled or owns the channel no more, or every owner of the channel is disabled. */
  readonly rests: boolean;
}

/** A key to be added; the operator's without `createdBy`. */
export interface NewStreamKeyRow extends Pick<StreamKeyRow, 'id' | 'channel' | 'hash' | 'label' | 'createdAtMs'> {
  readonly createdBy?: string | undefined;
}

/** The stream keys of all channels, revoked ones too. */
export class StreamKeyTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds a key to a channel that exists. */
  async insert({ id, channel, hash, label, createdAtMs, createdBy }: NewStreamKeyRow): Promise<void> {
    await this.#kysely
      .insertInto('stream_keys')
      .values({ id, channel, hash, label, created_at: createdAtMs, created_by: createdBy ?? null })
      .execute();
  }

  /** The key of that SHA-256, revoked or not. */
  async findByHash(hash: Uint8Array): Promise<StreamKeyRow | undefined> {
    const row = await this.#rows().where('key.hash', '=', hash).executeTakeFirst();
    return row === undefined ? undefined : streamKeyRow(row);
  }

  /** The key of that id, revoked or not. */
  async find(id: string): Promise<StreamKeyRow | undefined> {
    const row = await this.#rows().where('key.id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : streamKeyRow(row);
  }

  /** Every key of a channel, oldest first. */
  async list(channel: string): Promise<StreamKeyRow[]> {
    const rows = await this.#rows()
      .where('key.channel', '=', channel)
      .orderBy('key.created_at')
      .orderBy('key.id')
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

  #rows() {
    return this.#kysely
      .selectFrom('stream_keys as key')
      .leftJoin('accounts as maker', 'maker.id', 'key.created_by')
      .leftJoin('members as own', (join) =>
        join.onRef('own.channel', '=', 'key.channel').onRef('own.account', '=', 'key.created_by'),
      )
      .selectAll('key')
      .select(['maker.is_admin', 'maker.disabled_at', 'own.role'])
      .select((row) => [
        ownersOf(row).as('owners'),
        ownersOf(row).where('accounts.disabled_at', 'is', null).as('active_owners'),
      ]);
  }
}

function ownersOf(row: ExpressionBuilder<Schema & { key: Schema['stream_keys'] }, 'key'>) {
  return row
    .selectFrom('members')
    .innerJoin('accounts', 'accounts.id', 'members.account')
    .whereRef('members.channel', '=', 'key.channel')
    .where('members.role', '=', 'owner')
    .select(({ fn }) => fn.countAll<number>().as('count'));
}

/** A key as it is stored, with what its maker and the owners of its channel are now. */
type KeyRow = Selectable<Schema['stream_keys']> & {
  readonly is_admin: number | null;
  readonly disabled_at: number | null;
  readonly role: string | null;
  readonly owners: number | null;
  readonly active_owners: number | null;
};

function streamKeyRow(row: KeyRow): StreamKeyRow {
  return {
    id: row.id,
    channel: row.channel,
    hash: row.hash,
    label: row.label,
    createdAtMs: row.created_at,
    createdBy: row.created_by ?? undefined,
    revokedAtMs: row.revoked_at ?? undefined,
    lastUsedAtMs: row.last_used_at ?? undefined,
    rests: isForsaken(row) || !holdsMaker(row),
  };
}

// A channel of the operator's has no owner, and is none the worse for it.
function isForsaken({ owners, active_owners: active }: KeyRow): boolean {
  return (owners ?? 0) > 0 && active === 0;
}

function holdsMaker({ created_by: maker, disabled_at: disabledAtMs, is_admin: isAdmin, role }: KeyRow): boolean {
  if (maker === null) return true;
  return disabledAtMs === null && (isAdmin === 1 || role === 'owner');
}

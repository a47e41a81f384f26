import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `stage_guests`; times are Unix milliseconds. */
export interface StageGuestRow {
  readonly id: string;
  readonly channel: string;
  /** SHA-256 of the token. */
  readonly hash: Uint8Array;
  /** Undefined for who came by an invitation. */
  readonly account: string | undefined;
  readonly name: string;
  /** Who silenced them: nobody, themselves or a director. */
  readonly mute: 'none' | 'own' | 'director';
  readonly joinedAtMs: number;
  /** The token holds no more from then on. */
  readonly removedAtMs: number | undefined;
  /** Removed by somebody else. */
  readonly wasSentAway: boolean;
}

/** What of a guest may change. */
export type StageGuestChange = Partial<Pick<StageGuestRow, 'name' | 'mute' | 'removedAtMs' | 'wasSentAway'>>;

/** Who takes part in stages, and who was sent away. */
export class StageGuestTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Every guest, in the order in which they came. */
  async list(): Promise<StageGuestRow[]> {
    const rows = await this.#kysely.selectFrom('stage_guests').selectAll().orderBy('joined_at').orderBy('id').execute();
    return rows.map(stageGuestRow);
  }

  /** Adds a guest to a channel that exists. */
  async insert({ id, channel, hash, account, name, mute, joinedAtMs }: StageGuestRow): Promise<void> {
    await this.#kysely
      .insertInto('stage_guests')
      .values({ id, channel, hash, account: account ?? null, name, mute, joined_at: joinedAtMs })
      .execute();
  }

  /** Changes what is given. */
  async update(id: string, { name, mute, removedAtMs, wasSentAway }: StageGuestChange): Promise<void> {
    const columns = {
      ...(name !== undefined && { name }),
      ...(mute !== undefined && { mute }),
      ...(removedAtMs !== undefined && { removed_at: removedAtMs }),
      ...(wasSentAway !== undefined && { sent_away: Number(wasSentAway) }),
    };
    if (Object.keys(columns).length === 0) return;
    await this.#kysely.updateTable('stage_guests').set(columns).where('id', '=', id).execute();
  }

  /** Forgets who came before a time. */
  async deleteBefore(joinedAtMs: number): Promise<void> {
    await this.#kysely.deleteFrom('stage_guests').where('joined_at', '<', joinedAtMs).execute();
  }
}

function stageGuestRow(row: Selectable<Schema['stage_guests']>): StageGuestRow {
  return {
    id: row.id,
    channel: row.channel,
    hash: row.hash,
    account: row.account ?? undefined,
    name: row.name,
    mute: row.mute as StageGuestRow['mute'],
    joinedAtMs: row.joined_at,
    removedAtMs: row.removed_at ?? undefined,
    wasSentAway: row.sent_away === 1,
  };
}

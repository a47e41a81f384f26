import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `chat_bans`; times are Unix milliseconds. */
export interface BanRow {
  readonly id: string;
  readonly channel: string;
  /** `a:` and an account's id, or `g:` and a guest's. */
  readonly author: string;
  /** What the author was called. */
  readonly name: string;
  /** Where the author came from, when that was known. */
  readonly address: string | undefined;
  readonly reason: string;
  readonly createdAtMs: number;
  /** Undefined for good. */
  readonly untilMs: number | undefined;
  /** Key of who banned. */
  readonly createdBy: string;
}

/** Who is out of which channel; bans that were lifted stay for the record. */
export class BanTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Every ban that holds now, oldest first. */
  async list(nowMs: number): Promise<BanRow[]> {
    const rows = await this.#kysely
      .selectFrom('chat_bans')
      .selectAll()
      .where('lifted_at', 'is', null)
      .where(({ or, eb }) => or([eb('until', 'is', null), eb('until', '>', nowMs)]))
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      author: row.author,
      name: row.name,
      address: row.address ?? undefined,
      reason: row.reason,
      createdAtMs: row.created_at,
      untilMs: row.until ?? undefined,
      createdBy: row.created_by,
    }));
  }

  /** Adds a ban in place of one that holds for the same author. */
  async insert(row: BanRow): Promise<void> {
    await this.#kysely.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('chat_bans')
        .set({ lifted_at: row.createdAtMs })
        .where('channel', '=', row.channel)
        .where('author', '=', row.author)
        .where('lifted_at', 'is', null)
        .execute();
      await transaction
        .insertInto('chat_bans')
        .values({
          id: row.id,
          channel: row.channel,
          author: row.author,
          name: row.name,
          address: row.address ?? null,
          reason: row.reason,
          created_at: row.createdAtMs,
          until: row.untilMs ?? null,
          created_by: row.createdBy,
        })
        .execute();
    });
  }

  /** Lifts the bans of an author in a channel. */
  async lift(channel: string, author: string, nowMs: number): Promise<void> {
    await this.#kysely
      .updateTable('chat_bans')
      .set({ lifted_at: nowMs })
      .where('channel', '=', channel)
      .where('author', '=', author)
      .where('lifted_at', 'is', null)
      .execute();
  }
}

import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** Which accounts follow which channels. */
export class FollowTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** How many follow each channel that is followed. */
  async counts(): Promise<Map<string, number>> {
    const rows = await this.#kysely
      .selectFrom('follows')
      .select(({ fn }) => ['channel', fn.countAll<number>().as('followers')])
      .groupBy('channel')
      .execute();
    return new Map(rows.map(({ channel, followers }) => [channel, followers]));
  }

  /** The channels that an account follows. */
  async channels(account: string): Promise<string[]> {
    const rows = await this.#kysely.selectFrom('follows').select('channel').where('account', '=', account).execute();
    return rows.map(({ channel }) => channel);
  }

  /** Whether an account follows a channel. */
  async has(channel: string, account: string): Promise<boolean> {
    const row = await this.#kysely
      .selectFrom('follows')
      .select('account')
      .where('channel', '=', channel)
      .where('account', '=', account)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Follows a channel that exists; false when the account does so already. */
  async insert(channel: string, account: string, createdAtMs: number): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#kysely
      .insertInto('follows')
      .values({ channel, account, created_at: createdAtMs })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Follows no longer; false when the account did not. */
  async delete(channel: string, account: string): Promise<boolean> {
    const { numDeletedRows } = await this.#kysely
      .deleteFrom('follows')
      .where('channel', '=', channel)
      .where('account', '=', account)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }
}

import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** What an account may be in a channel. */
export type MemberRole = 'owner' | 'moderator' | 'guest' | 'viewer';

/** One row of `members`; the time is Unix milliseconds. */
export interface MemberRow {
  readonly channel: string;
  /** Id of the account. */
  readonly account: string;
  readonly role: MemberRole;
  readonly createdAtMs: number;
}

/** Who has a role in which channel. */
export class MemberTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Every member of every channel. */
  async list(): Promise<MemberRow[]> {
    const rows = await this.#kysely.selectFrom('members').selectAll().execute();
    return rows.map(({ channel, account, role, created_at }) => ({
      channel,
      account,
      role: role as MemberRole,
      createdAtMs: created_at,
    }));
  }

  /** The names of a channel's members, by account id. */
  async names(channel: string): Promise<Map<string, string>> {
    const rows = await this.#kysely
      .selectFrom('members')
      .innerJoin('accounts', 'accounts.id', 'members.account')
      .select(['accounts.id', 'accounts.name'])
      .where('members.channel', '=', channel)
      .execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Whether there is an account of that id. */
  async hasAccount(account: string): Promise<boolean> {
    const row = await this.#kysely.selectFrom('accounts').select('id').where('id', '=', account).executeTakeFirst();
    return row !== undefined;
  }

  /** Whether anybody has one of those roles in a channel whose account is not disabled. */
  async hasActive(channel: string, roles: readonly MemberRole[]): Promise<boolean> {
    const row = await this.#kysely
      .selectFrom('members')
      .innerJoin('accounts', 'accounts.id', 'members.account')
      .select('members.account')
      .where('members.channel', '=', channel)
      .where('members.role', 'in', roles)
      .where('accounts.disabled_at', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Gives an account that exists a role in a channel that exists, in place of the one that it has. */
  async set({ channel, account, role, createdAtMs }: MemberRow): Promise<void> {
    await this.#kysely
      .insertInto('members')
      .values({ channel, account, role, created_at: createdAtMs })
      .onConflict((conflict) => conflict.columns(['channel', 'account']).doUpdateSet({ role }))
      .execute();
  }

  /** Takes an account's role in a channel away. */
  async delete(channel: string, account: string): Promise<void> {
    await this.#kysely.deleteFrom('members').where('channel', '=', channel).where('account', '=', account).execute();
  }
}

import type { Kysely, Selectable } from 'kysely';
import { type AccountRow, accountRow } from './account-table.js';
import type { Schema } from './schema.js';

/** One row of `sessions`: a browser that is signed in; times are Unix milliseconds. */
export interface SessionRow {
  /** SHA-256 of what the cookie carries. */
  readonly hash: Uint8Array;
  /** What it is called towards its owner. */
  readonly id: string;
  readonly account: string;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
  readonly expiresAtMs: number;
  readonly address: string;
  readonly userAgent: string;
}

/** The browsers that are signed in. */
export class SessionTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds a session of an account that exists. */
  async insert(row: SessionRow): Promise<void> {
    await this.#kysely
      .insertInto('sessions')
      .values({
        hash: row.hash,
        id: row.id,
        account: row.account,
        created_at: row.createdAtMs,
        last_seen_at: row.lastSeenAtMs,
        expires_at: row.expiresAtMs,
        address: row.address,
        user_agent: row.userAgent,
      })
      .execute();
  }

  /** The session of that SHA-256 and whose it is, expired or not. */
  async find(hash: Uint8Array): Promise<{ session: SessionRow; account: AccountRow } | undefined> {
    const row = await this.#kysely
      .selectFrom('sessions')
      .innerJoin('accounts', 'accounts.id', 'sessions.account')
      .selectAll('sessions')
      .select([
        'accounts.name',
        'accounts.is_admin',
        'accounts.may_create',
        'accounts.created_at as account_created_at',
        'accounts.disabled_at',
      ])
      .where('sessions.hash', '=', hash)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const account = accountRow({ ...row, id: row.account, created_at: row.account_created_at });
    return { session: sessionRow(row), account };
  }

  /** The sessions of an account, newest first. */
  async list(account: string): Promise<SessionRow[]> {
    const rows = await this.#kysely
      .selectFrom('sessions')
      .selectAll()
      .where('account', '=', account)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(sessionRow);
  }

  /** Notes that a session was used, and when it ends unless it is used again. */
  async touch(id: string, nowMs: number, expiresAtMs: number): Promise<void> {
    await this.#kysely
      .updateTable('sessions')
      .set({ last_seen_at: nowMs, expires_at: expiresAtMs })
      .where('id', '=', id)
      .execute();
  }

  /** Deletes a session; false when the account has no such session. */
  async delete(account: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#kysely
      .deleteFrom('sessions')
      .where('account', '=', account)
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }

  /** Deletes every session that ended before a time. */
  async deleteExpired(nowMs: number): Promise<void> {
    await this.#kysely.deleteFrom('sessions').where('expires_at', '<=', nowMs).execute();
  }
}

function sessionRow(row: Selectable<Schema['sessions']>): SessionRow {
  return {
    hash: row.hash,
    id: row.id,
    account: row.account,
    createdAtMs: row.created_at,
    lastSeenAtMs: row.last_seen_at,
    expiresAtMs: row.expires_at,
    address: row.address,
    userAgent: row.user_agent,
  };
}

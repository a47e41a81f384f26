import type { Kysely, Selectable } from 'kysely';
import { type AccountRow, accountRow } from './account-table.js';
import type { Schema } from './schema.js';

/** One row of `api_tokens`; times are Unix milliseconds. */
export interface ApiTokenRow {
  readonly id: string;
  readonly account: string;
  /** SHA-256 of the token's value. */
  readonly hash: Uint8Array;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly createdAtMs: number;
  /** Undefined for good. */
  readonly expiresAtMs: number | undefined;
  readonly lastUsedAtMs: number | undefined;
  readonly revokedAtMs: number | undefined;
}

/** The API tokens of all accounts, revoked ones too. */
export class ApiTokenTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds a token of an account that exists. */
  async insert(row: Omit<ApiTokenRow, 'lastUsedAtMs' | 'revokedAtMs'>): Promise<void> {
    await this.#kysely
      .insertInto('api_tokens')
      .values({
        id: row.id,
        account: row.account,
        hash: row.hash,
        label: row.label,
        scopes: JSON.stringify(row.scopes),
        created_at: row.createdAtMs,
        expires_at: row.expiresAtMs ?? null,
      })
      .execute();
  }

  /** The token of that SHA-256 and whose it is, expired, revoked or not. */
  async find(hash: Uint8Array): Promise<{ token: ApiTokenRow; account: AccountRow } | undefined> {
    const row = await this.#kysely
      .selectFrom('api_tokens')
      .innerJoin('accounts', 'accounts.id', 'api_tokens.account')
      .selectAll('api_tokens')
      .select([
        'accounts.name',
        'accounts.is_admin',
        'accounts.may_create',
        'accounts.created_at as account_created_at',
        'accounts.disabled_at',
      ])
      .where('api_tokens.hash', '=', hash)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const account = accountRow({ ...row, id: row.account, created_at: row.account_created_at });
    return { token: apiTokenRow(row), account };
  }

  /** The tokens of an account, oldest first. */
  async list(account: string): Promise<ApiTokenRow[]> {
    const rows = await this.#kysely
      .selectFrom('api_tokens')
      .selectAll()
      .where('account', '=', account)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(apiTokenRow);
  }

  /** Notes that a token was used. */
  async touch(id: string, nowMs: number): Promise<void> {
    await this.#kysely.updateTable('api_tokens').set({ last_used_at: nowMs }).where('id', '=', id).execute();
  }

  /** Ends a token for good; false when the account has no such token or it is revoked already. */
  async revoke(account: string, id: string, nowMs: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#kysely
      .updateTable('api_tokens')
      .set({ revoked_at: nowMs })
      .where('account', '=', account)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}

function apiTokenRow(row: Selectable<Schema['api_tokens']>): ApiTokenRow {
  return {
    id: row.id,
    account: row.account,
    hash: row.hash,
    label: row.label,
    scopes: JSON.parse(row.scopes) as string[],
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at ?? undefined,
    lastUsedAtMs: row.last_used_at ?? undefined,
    revokedAtMs: row.revoked_at ?? undefined,
  };
}

import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `accounts`, without the password; times are Unix milliseconds. */
export interface AccountRow {
  readonly id: string;
  readonly name: string;
  /** Administers the whole server. */
  readonly isAdmin: boolean;
  /** May make channels. */
  readonly mayCreate: boolean;
  readonly createdAtMs: number;
  readonly disabledAtMs: number | undefined;
}

/** An account to be made. */
export interface NewAccount extends Omit<AccountRow, 'disabledAtMs'> {
  /** The name as it is compared: no other account may have it. */
  readonly nameKey: string;
  /** What proves the password, not the password. */
  readonly password: string;
}

/** An account and what proves its password. */
export interface AccountCredentials {
  readonly account: AccountRow;
  readonly password: string;
}

/** What an administrator may change; null takes away. */
export interface AccountChange {
  readonly isAdmin?: boolean | undefined;
  readonly mayCreate?: boolean | undefined;
  readonly disabledAtMs?: number | null | undefined;
}

/** The people who sign in. */
export class AccountTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds an account; false when the name is taken. */
  async insert(account: NewAccount): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#kysely
      .insertInto('accounts')
      .values({
        id: account.id,
        name: account.name,
        name_key: account.nameKey,
        password: account.password,
        is_admin: Number(account.isAdmin),
        may_create: Number(account.mayCreate),
        created_at: account.createdAtMs,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** The account of that id. */
  async find(id: string): Promise<AccountRow | undefined> {
    const row = await this.#kysely.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : accountRow(row);
  }

  /** The account of that name, as names are compared. */
  async findByName(nameKey: string): Promise<AccountRow | undefined> {
    return (await this.credentials(nameKey))?.account;
  }

  /** The account of that name, as names are compared, and what proves its password. */
  async credentials(nameKey: string): Promise<AccountCredentials | undefined> {
    const row = await this.#kysely
      .selectFrom('accounts')
      .selectAll()
      .where('name_key', '=', nameKey)
      .executeTakeFirst();
    return row === undefined ? undefined : { account: accountRow(row), password: row.password };
  }

  /** Every account, oldest first. */
  async list(): Promise<AccountRow[]> {
    const rows = await this.#kysely.selectFrom('accounts').selectAll().orderBy('created_at').orderBy('id').execute();
    return rows.map(accountRow);
  }

  /** Whether somebody administers the server, disabled or not. */
  async hasAdmin(): Promise<boolean> {
    const row = await this.#kysely.selectFrom('accounts').select('id').where('is_admin', '=', 1).executeTakeFirst();
    return row !== undefined;
  }

  /** Sets what proves the password. */
  async setPassword(id: string, password: string): Promise<void> {
    await this.#kysely.updateTable('accounts').set({ password }).where('id', '=', id).execute();
  }

  /** Changes what is given and leaves what is undefined. */
  async update(id: string, change: AccountChange): Promise<void> {
    const columns = {
      ...(change.isAdmin === undefined ? {} : { is_admin: Number(change.isAdmin) }),
      ...(change.mayCreate === undefined ? {} : { may_create: Number(change.mayCreate) }),
      ...(change.disabledAtMs === undefined ? {} : { disabled_at: change.disabledAtMs }),
    };
    if (Object.keys(columns).length === 0) return;
    await this.#kysely.updateTable('accounts').set(columns).where('id', '=', id).execute();
  }
}

/** An account as code has it. */
export function accountRow(row: Omit<Selectable<Schema['accounts']>, 'name_key' | 'password'>): AccountRow {
  return {
    id: row.id,
    name: row.name,
    isAdmin: row.is_admin === 1,
    mayCreate: row.may_create === 1,
    createdAtMs: row.created_at,
    disabledAtMs: row.disabled_at ?? undefined,
  };
}

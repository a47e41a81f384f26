import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** The names of the settings that the server keeps for itself. */
export type SettingName = 'admin-code-hash' | 'recording-link-secret' | 'cookie-secret';

/** Single values that outlive a restart. */
export class SettingTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** The setting's value, if it was ever set. */
  async get(name: SettingName): Promise<Uint8Array | undefined> {
    const row = await this.#kysely.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
    return row?.value;
  }

  /** Sets or replaces a value. */
  async set(name: SettingName, value: Uint8Array): Promise<void> {
    await this.#kysely
      .insertInto('settings')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  }

  /** The setting's value, which is `make()` from the first time on, also when several ask at once. */
  async ensure(name: SettingName, make: () => Uint8Array): Promise<Uint8Array> {
    await this.#kysely
      .insertInto('settings')
      .values({ name, value: make() })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const { value } = await this.#kysely
      .selectFrom('settings')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return value;
  }

  /** Removes a value; true when there was one. */
  async delete(name: SettingName): Promise<boolean> {
    const { numDeletedRows } = await this.#kysely.deleteFrom('settings').where('name', '=', name).executeTakeFirst();
    return numDeletedRows === 1n;
  }
}

import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** An upload to an object storage that is not complete. */
export interface UnfinishedUpload {
  /** What the storage calls it. */
  readonly id: string;
  /** Size of the file when it began. */
  readonly bytes: number;
  readonly partBytes: number;
  /** Entity tags of the parts that arrived, in order from part 1; null where one is missing. */
  readonly tags: readonly (string | null)[];
}

/** Uploads that go on after a restart, by the key of their object. */
export class UploadTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** The upload of that object, when one was begun. */
  async get(key: string): Promise<UnfinishedUpload | undefined> {
    const row = await this.#kysely
      .selectFrom('uploads')
      .select('upload')
      .where('object_key', '=', key)
      .executeTakeFirst();
    return row === undefined ? undefined : (JSON.parse(row.upload) as UnfinishedUpload);
  }

  /** Notes how far an upload is. */
  async set(key: string, upload: UnfinishedUpload): Promise<void> {
    const text = JSON.stringify(upload);
    await this.#kysely
      .insertInto('uploads')
      .values({ object_key: key, upload: text })
      .onConflict((conflict) => conflict.column('object_key').doUpdateSet({ upload: text }))
      .execute();
  }

  /** Forgets an upload. */
  async delete(key: string): Promise<void> {
    await this.#kysely.deleteFrom('uploads').where('object_key', '=', key).execute();
  }
}

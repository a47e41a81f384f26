import type { Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** Captions of a recording in one language. */
export interface CaptionRow {
  readonly recording: string;
  /** BCP 47. */
  readonly language: string;
  readonly label: string;
  /** Unix milliseconds. */
  readonly updatedAtMs: number;
  /** Names this version. */
  readonly tag: string;
}

/** The captions of recordings; they go with their recording. */
export class CaptionTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Those of a recording, by language. */
  async list(recording: string): Promise<CaptionRow[]> {
    const rows = await this.#kysely
      .selectFrom('captions')
      .select(['recording', 'language', 'label', 'updated_at', 'tag'])
      .where('recording', '=', recording)
      .orderBy('language')
      .execute();
    return rows.map(asRow);
  }

  /** The text in one language; undefined when there is none. */
  async text(recording: string, language: string): Promise<(CaptionRow & { readonly text: string }) | undefined> {
    const row = await this.#kysely
      .selectFrom('captions')
      .selectAll()
      .where('recording', '=', recording)
      .where('language', '=', language)
      .executeTakeFirst();
    return row && { ...asRow(row), text: row.text };
  }

  /** Sets the text in one language of a recording that exists. */
  async put({ recording, language, label, updatedAtMs, tag }: CaptionRow, text: string): Promise<void> {
    const values = { label, updated_at: updatedAtMs, tag, text };
    await this.#kysely
      .insertInto('captions')
      .values({ recording, language, ...values })
      .onConflict((conflict) => conflict.columns(['recording', 'language']).doUpdateSet(values))
      .execute();
  }

  /** Removes one language; false when there was none. */
  async delete(recording: string, language: string): Promise<boolean> {
    const { numDeletedRows } = await this.#kysely
      .deleteFrom('captions')
      .where('recording', '=', recording)
      .where('language', '=', language)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }
}

function asRow(row: Omit<Selectable<Schema['captions']>, 'text'>): CaptionRow {
  const { recording, language, label, updated_at: updatedAtMs, tag } = row;
  return { recording, language, label, updatedAtMs, tag };
}

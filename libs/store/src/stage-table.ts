import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** One row of `stage_images` without its bytes. */
export interface StageImageRow {
  readonly channel: string;
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  /** Another one for every other content. */
  readonly tag: string;
}

const imageColumns = ['channel', 'name', 'type', 'width', 'height', 'size as sizeBytes', 'tag'] as const;

/** The arrangements of stages, the images that they may name, and which of them hold their streams. */
export class StageTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Every arrangement as JSON, by channel. */
  async arrangements(): Promise<Map<string, string>> {
    const rows = await this.#kysely.selectFrom('stages').selectAll().execute();
    return new Map(rows.map(({ channel, arrangement }) => [channel, arrangement]));
  }

  /** Sets or replaces the arrangement of a channel that exists. */
  async setArrangement(channel: string, arrangement: string): Promise<void> {
    await this.#kysely
      .insertInto('stages')
      .values({ channel, arrangement })
      .onConflict((conflict) => conflict.column('channel').doUpdateSet({ arrangement }))
      .execute();
  }

  /** When each stage that holds its stream was last known to, in Unix milliseconds, by channel. */
  async holds(): Promise<Map<string, number>> {
    const rows = await this.#kysely.selectFrom('stage_holds').selectAll().execute();
    return new Map(rows.map(({ channel, held_at: heldAtMs }) => [channel, heldAtMs]));
  }

  /** The stage of a channel that exists is known to hold its stream at a time. */
  async hold(channel: string, heldAtMs: number): Promise<void> {
    await this.#kysely
      .insertInto('stage_holds')
      .values({ channel, held_at: heldAtMs })
      .onConflict((conflict) => conflict.column('channel').doUpdateSet({ held_at: heldAtMs }))
      .execute();
  }

  /** The stage of a channel does not hold its stream any more, if it did. */
  async letGo(channel: string): Promise<void> {
    await this.#kysely.deleteFrom('stage_holds').where('channel', '=', channel).execute();
  }

  /** Every image, by channel and name, without its bytes. */
  async images(): Promise<StageImageRow[]> {
    return this.#kysely.selectFrom('stage_images').select(imageColumns).orderBy('channel').orderBy('name').execute();
  }

  /** The bytes of an image. */
  async imageBytes(channel: string, name: string): Promise<Uint8Array | undefined> {
    const row = await this.#kysely
      .selectFrom('stage_images')
      .select('bytes')
      .where('channel', '=', channel)
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.bytes;
  }

  /** Sets or replaces an image of a channel that exists. */
  async setImage({ channel, name, ...image }: StageImageRow, bytes: Uint8Array): Promise<void> {
    const { type, width, height, sizeBytes: size, tag } = image;
    const content = { type, width, height, size, tag, bytes };
    await this.#kysely
      .insertInto('stage_images')
      .values({ channel, name, ...content })
      .onConflict((conflict) => conflict.columns(['channel', 'name']).doUpdateSet(content))
      .execute();
  }

  /** Deletes an image, if there is one. */
  async deleteImage(channel: string, name: string): Promise<void> {
    await this.#kysely.deleteFrom('stage_images').where('channel', '=', channel).where('name', '=', name).execute();
  }
}

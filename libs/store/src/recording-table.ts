import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Schema } from './schema.js';

/** Where a recording is in its life. */
export type RecordingState =
  /** Its stream is live and written down. */
  | 'recording'
  /** It stopped before its stream ended, or the server did; what was written is whole and waits to be finished. */
  | 'interrupted'
  /** It waits to be finished, or its files are being made. */
  | 'finalising'
  | 'ready'
  /** Nothing could be kept, or finishing it failed for good. */
  | 'failed';

/** One finished file of a recording. */
export interface RecordingFile {
  /** Within the recording's folder, such as `program.mp4` or `tracks/p1.mkv`. */
  readonly name: string;
  readonly bytes: number;
  /** Changes with the content: the file's strong entity tag without its quotes. */
  readonly tag: string;
  /** Milliseconds of media; 0 where that has no meaning. */
  readonly durationMs: number;
  /** Proven to be in the object storage. */
  readonly stored: boolean;
}

/** One row of `recordings`; times are Unix milliseconds. */
export interface RecordingRow {
  readonly id: string;
  readonly channel: string;
  readonly title: string;
  readonly state: RecordingState;
  /** Why it is interrupted or failed, or why it ended early; a sentence. */
  readonly reason: string | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
  readonly durationMs: number;
  /** Of everything kept, wherever it lies. */
  readonly bytes: number;
  /** Pixels; 0 until known. */
  readonly width: number;
  readonly height: number;
  /** Never deleted for its age or for room. */
  readonly isProtected: boolean;
  readonly files: readonly RecordingFile[];
}

/** What of a recording may change. */
export type RecordingChange = { readonly [Key in Exclude<keyof RecordingRow, 'id' | 'channel'>]?: RecordingRow[Key] };

/** A place in the list of recordings, newest first: what comes after it is older. */
export interface RecordingPlace {
  readonly startedAtMs: number;
  readonly id: string;
}

/** The recordings of all channels. */
export class RecordingTable {
  readonly #kysely: Kysely<Schema>;

  constructor(kysely: Kysely<Schema>) {
    this.#kysely = kysely;
  }

  /** Adds a recording to a channel that exists; false when there is one of that id. */
  async insert(row: RecordingRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#kysely
      .insertInto('recordings')
      .values({ ...columnsOf(row), id: row.id, channel: row.channel })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** The recording of that id. */
  async find(id: string): Promise<RecordingRow | undefined> {
    const row = await this.#kysely.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : recordingRow(row);
  }

  /** Up to `limit` recordings of these channels, newest first: those after a place or all. */
  async page(limit: number, channels: readonly string[], after?: RecordingPlace): Promise<RecordingRow[]> {
    if (channels.length === 0) return [];
    let query = this.#kysely
      .selectFrom('recordings')
      .selectAll()
      .where('channel', 'in', [...channels])
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    if (after !== undefined) {
      const { startedAtMs, id } = after;
      query = query.where(({ or, and, eb }) =>
        or([eb('started_at', '<', startedAtMs), and([eb('started_at', '=', startedAtMs), eb('id', '<', id)])]),
      );
    }
    return (await query.execute()).map(recordingRow);
  }

  /** The recording that began last, of any channel. */
  async newest(): Promise<RecordingRow | undefined> {
    const row = await this.#kysely
      .selectFrom('recordings')
      .selectAll()
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? undefined : recordingRow(row);
  }

  /** Up to `limit` recordings that may be deleted, oldest first: neither running nor protected. */
  async oldest(limit: number): Promise<RecordingRow[]> {
    const rows = await this.#kysely
      .selectFrom('recordings')
      .selectAll()
      .where('state', '<>', 'recording')
      .where('protected', '=', 0)
      .orderBy('started_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(recordingRow);
  }

  /** Every recording in one of those states, oldest first. */
  async inStates(states: readonly [RecordingState, ...RecordingState[]]): Promise<RecordingRow[]> {
    const rows = await this.#kysely
      .selectFrom('recordings')
      .selectAll()
      .where('state', 'in', [...states])
      .orderBy('started_at')
      .orderBy('id')
      .execute();
    return rows.map(recordingRow);
  }

  /** Changes what is given and nothing else; false when there is no such recording. */
  async update(id: string, change: RecordingChange): Promise<boolean> {
    const columns = Object.fromEntries(Object.entries(columnsOf(change)).filter(([, value]) => value !== undefined));
    if (Object.keys(columns).length === 0) return (await this.find(id)) !== undefined;
    const { numUpdatedRows } = await this.#kysely
      .updateTable('recordings')
      .set(columns)
      .where('id', '=', id)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Changes the files of a recording, also while others do; false when there is no such recording. */
  async changeFiles(id: string, change: (files: readonly RecordingFile[]) => RecordingFile[]): Promise<boolean> {
    for (;;) {
      const found = await this.#kysely.selectFrom('recordings').select('files').where('id', '=', id).executeTakeFirst();
      if (found === undefined) return false;
      const { numUpdatedRows } = await this.#kysely
        .updateTable('recordings')
        .set({ files: JSON.stringify(change(filesOf(found.files))) })
        .where('id', '=', id)
        .where('files', '=', found.files)
        .executeTakeFirst();
      if (numUpdatedRows === 1n) return true;
    }
  }

  /** Removes a recording; false when there is none. */
  async delete(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#kysely.deleteFrom('recordings').where('id', '=', id).executeTakeFirst();
    return numDeletedRows === 1n;
  }

  /** Bytes of all recordings. */
  async totalBytes(): Promise<number> {
    const { bytes } = await this.#kysely
      .selectFrom('recordings')
      .select(({ fn }) => fn.sum<number | null>('bytes').as('bytes'))
      .executeTakeFirstOrThrow();
    return bytes ?? 0;
  }
}

type Columns = Omit<Insertable<Schema['recordings']>, 'id' | 'channel'>;

function columnsOf(row: RecordingRow): Columns;
function columnsOf(change: RecordingChange): Partial<Columns>;
function columnsOf(change: RecordingChange): { [Column in keyof Columns]?: Columns[Column] | undefined } {
  return {
    title: change.title,
    state: change.state,
    reason: 'reason' in change ? (change.reason ?? null) : undefined,
    started_at: change.startedAtMs,
    ended_at: 'endedAtMs' in change ? (change.endedAtMs ?? null) : undefined,
    duration_ms: change.durationMs,
    bytes: change.bytes,
    width: change.width,
    height: change.height,
    protected: change.isProtected === undefined ? undefined : Number(change.isProtected),
    files: change.files === undefined ? undefined : JSON.stringify(change.files),
  };
}

function recordingRow(row: Selectable<Schema['recordings']>): RecordingRow {
  return {
    id: row.id,
    channel: row.channel,
    title: row.title,
    state: row.state as RecordingState,
    reason: row.reason ?? undefined,
    startedAtMs: row.started_at,
    endedAtMs: row.ended_at ?? undefined,
    durationMs: row.duration_ms,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    isProtected: row.protected === 1,
    files: filesOf(row.files),
  };
}

function filesOf(text: string): RecordingFile[] {
  return JSON.parse(text) as RecordingFile[];
}

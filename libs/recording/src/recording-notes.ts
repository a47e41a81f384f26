import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable, type RecordingChange, type RecordingRow, type RecordingTable } from '@weir/store';
import type { Log } from '@weir/telemetry';
import type { Ballast } from './ballast.js';

/** Where the notes go, and how. */
export interface RecordingNotesOptions {
  readonly table: Pick<RecordingTable, 'insert' | 'update'>;
  /** Thrown off when the database itself finds no room. */
  readonly ballast: Pick<Ballast, 'drop'>;
  readonly log: Log;
  /** Milliseconds until what failed is tried again; default 5000. */
  readonly retryMs?: number;
}

interface News {
  row: RecordingRow | undefined;
  change: RecordingChange;
  writing: Promise<void>;
}

const defaultRetryMs = 5000;

/** Notes what happens to recordings in the database: of each recording in order, and again and again until it is there. */
export class RecordingNotes {
  readonly #options: RecordingNotesOptions;
  readonly #news = new Map<string, News>();
  readonly #closing = new AbortController();

  constructor(options: RecordingNotesOptions) {
    this.#options = options;
  }

  /** A recording begins. */
  begin(row: RecordingRow): void {
    this.#add(row.id, row, {});
  }

  /** A recording is changed; resolves, and never rejects, once that is noted or given up. */
  tell(id: string, change: RecordingChange): Promise<void> {
    return this.#add(id, undefined, change);
  }

  /** Tries once more what is not noted yet and gives up what fails; idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#news.values()].map(({ writing }) => writing));
  }

  #add(id: string, row: RecordingRow | undefined, change: RecordingChange): Promise<void> {
    const known = this.#news.get(id);
    if (known !== undefined) {
      known.change = { ...known.change, ...change };
      return known.writing;
    }
    const news: News = { row, change, writing: Promise.resolve() };
    this.#news.set(id, news);
    news.writing = this.#write(id, news);
    return news.writing;
  }

  async #write(id: string, news: News): Promise<void> {
    let hasFailed = false;
    while (news.row !== undefined || Object.keys(news.change).length > 0) {
      const { row, change } = news;
      Object.assign(news, { row: undefined, change: {} });
      try {
        await this.#despiteFullDisk(() => this.#put(id, row, change));
        if (hasFailed) this.#options.log.info('a recording is noted after all', { recording: id });
        hasFailed = false;
      } catch (error) {
        if (!hasFailed) this.#options.log.error('a recording could not be noted', { recording: id, err: error });
        hasFailed = true;
        if (this.#closing.signal.aborted) break;
        Object.assign(news, { row, change: { ...change, ...news.change } });
        const { retryMs = defaultRetryMs } = this.#options;
        await pause(retryMs, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
      }
    }
    this.#news.delete(id);
  }

  async #put(id: string, row: RecordingRow | undefined, change: RecordingChange): Promise<void> {
    const { table } = this.#options;
    // the answer to an earlier try may have been lost
    if (row !== undefined && (await table.insert({ ...row, ...change }))) return;
    if (row === undefined) await table.update(id, change);
    else await table.update(id, { ...withoutNames(row), ...change });
  }

  /** Room is made when a full disk keeps the database from being told what it must know. */
  async #despiteFullDisk(put: () => Promise<void>): Promise<void> {
    try {
      await put();
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      this.#options.ballast.drop();
      await put();
    }
  }
}

function withoutNames({ id: _id, channel: _channel, ...change }: RecordingRow): RecordingChange {
  return change;
}

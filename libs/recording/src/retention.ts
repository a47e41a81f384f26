import { Inject, Injectable } from '@nestjs/common';
import { DatabaseUnavailable, type RecordingRow } from '@weir/store';
import { Log } from '@weir/telemetry';
import { RecordingLibrary } from './recording-library.js';
import { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
import { RecordingRemoval } from './recording-removal.js';
import { StorageSpace } from './storage-space.js';

const dayMs = 86_400_000;

/** Deletes recordings for their age and for room, the oldest first, never one that runs or is protected, nor the newest for room. */
@Injectable()
export class Retention {
  readonly #library: RecordingLibrary;
  readonly #removal: RecordingRemoval;
  readonly #log: Log;
  readonly #options: RecordingOptions;
  readonly #space: StorageSpace;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(
    library: RecordingLibrary,
    removal: RecordingRemoval,
    log: Log,
    @Inject(RECORDING_OPTIONS) options: RecordingOptions,
  ) {
    this.#library = library;
    this.#removal = removal;
    this.#log = log;
    this.#options = options;
    this.#space = new StorageSpace(library.directory, options.minFreeBytes);
  }

  /** Deletes what is too old and what is too much. */
  enforce(): Promise<void> {
    this.#work = this.#work
      .then(() => this.#enforce())
      .catch((error: unknown) => {
        this.#log.error('old recordings could not be deleted', { err: error });
      });
    return this.#work;
  }

  /** Why nothing more may be recorded now; undefined while there is room, which is made if it can. */
  async noRoom(): Promise<string | undefined> {
    if (await this.#wouldExceed()) return 'The quota of recordings is used up.';
    return (await this.#space.hasRoomFor(0)) ? undefined : 'The disk is full.';
  }

  /** Deletes nothing more, and returns once nothing is being deleted; idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
  }

  async #enforce(): Promise<void> {
    const { maxAgeDays } = this.#options;
    const bornBeforeMs = maxAgeDays === undefined ? -Infinity : Date.now() - maxAgeDays * dayMs;
    // finishing doubles what a recording takes: the newest one is no surprise victim of that
    const newest = (await this.#library.table.newest())?.id;
    for (const row of await this.#library.table.oldest(1000)) {
      if (this.#isClosed) return;
      const isOld = (row.endedAtMs ?? row.startedAtMs) < bornBeforeMs;
      if (isOld || (row.id !== newest && (await this.#isOverQuota()))) await this.#delete(row, isOld ? 'age' : 'quota');
    }
  }

  async #delete(row: RecordingRow, why: 'age' | 'quota'): Promise<void> {
    await this.#removal.remove(row.id);
    this.#log.info('recording deleted', { channel: row.channel, recording: row.id, why });
  }

  /** A database that is away ends no recording. */
  async #wouldExceed(): Promise<boolean> {
    try {
      if (await this.#isOverQuota()) await this.enforce();
      return await this.#isOverQuota();
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return false;
      throw error;
    }
  }

  async #isOverQuota(): Promise<boolean> {
    const { quotaBytes } = this.#options;
    return quotaBytes !== undefined && (await this.#library.table.totalBytes()) > quotaBytes;
  }
}

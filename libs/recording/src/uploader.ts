import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { ObjectStorage, RecordingFile } from '@weir/store';
import { Log } from '@weir/telemetry';
import { RecordingLibrary } from './recording-library.js';
import { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
import { WorkQueue } from './work-queue.js';

/** Brings the files of finished recordings to the object storage, one at a time; what fails is tried again by `resume`. */
@Injectable()
export class Uploader {
  readonly #library: RecordingLibrary;
  readonly #log: Log;
  readonly #keepLocal: boolean;
  readonly #queue = new WorkQueue(
    (id, signal) => this.#upload(id, signal),
    (id, error) => this.#log.error('recording could not be stored', { recording: id, err: error }),
  );

  constructor(library: RecordingLibrary, log: Log, @Inject(RECORDING_OPTIONS) options: RecordingOptions) {
    this.#library = library;
    this.#log = log;
    this.#keepLocal = options.keepLocal ?? true;
  }

  /** A recording's files are ready. */
  add(id: string): void {
    if (this.#library.remote !== undefined) this.#queue.add(id);
  }

  /** Takes in every recording whose files are not all in the storage. */
  async resume(): Promise<void> {
    if (this.#library.remote === undefined) return;
    for (const { id, files } of await this.#library.table.inStates(['ready'])) {
      const isLeft = !this.#keepLocal && files.some((file) => this.#library.hasFile(id, file.name));
      if (isLeft || files.some((file) => !file.stored)) this.#queue.add(id);
    }
  }

  /** Ends the work on a recording, if there is any. */
  async cancel(id: string): Promise<void> {
    await this.#queue.cancel(id);
  }

  /** Ends all work; it goes on with the next start. Idempotent. */
  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #upload(id: string, signal: AbortSignal): Promise<void> {
    const { remote } = this.#library;
    const row = await this.#library.table.find(id);
    if (row === undefined || remote === undefined) return;
    for (const file of row.files) if (!file.stored) await this.#put(remote, id, file, signal);
    if (!this.#keepLocal) await this.#removeLocal(id, row.files);
    this.#log.info('recording stored', { channel: row.channel, recording: id });
  }

  async #put(remote: ObjectStorage, id: string, file: RecordingFile, signal: AbortSignal): Promise<void> {
    await remote.put(`${id}/${file.name}`, join(this.#library.directoryOf(id), file.name), { signal });
    await this.#library.table.changeFiles(id, (files) =>
      files.map((known) => (known.name === file.name ? { ...known, stored: true } : known)),
    );
  }

  async #removeLocal(id: string, files: readonly RecordingFile[]): Promise<void> {
    for (const { name } of files) await rm(join(this.#library.directoryOf(id), name), { force: true });
  }
}

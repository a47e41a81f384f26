import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { DatabaseUnavailable, type RecordingFile, type RecordingRow } from '@weir/store';
import { Log } from '@weir/telemetry';
import { makePreviews, posterName } from './previews.js';
import { makeProgram, newTag } from './program-maker.js';
import { programFileName, type RecordedTrack, takesSeconds, trackBytes, trackFileName } from './recorded-media.js';
import type { RecordingIndex } from './recording-index.js';
import { RecordingLibrary } from './recording-library.js';
import { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
import { showFiles } from './show-journal.js';
import { StorageSpace } from './storage-space.js';
import { Uploader } from './uploader.js';
import { WorkQueue } from './work-queue.js';
import { isLackOfRoom, writeFault } from './write-fault.js';

const programShare = 0.7;

/** Makes what has been recorded into files to download and to seek in, one recording at a time. */
@Injectable()
export class Finaliser {
  readonly #library: RecordingLibrary;
  readonly #uploader: Uploader;
  readonly #log: Log;
  readonly #ffmpegPath: string | undefined;
  readonly #space: StorageSpace;
  readonly #queue = new WorkQueue(
    (id, signal) => this.#finish(id, signal),
    (id, error) => this.#log.error('recording could not be finished', { recording: id, err: error }),
  );
  readonly #progress = new Map<string, number>();

  constructor(
    library: RecordingLibrary,
    uploader: Uploader,
    log: Log,
    @Inject(RECORDING_OPTIONS) options: RecordingOptions,
  ) {
    this.#library = library;
    this.#uploader = uploader;
    this.#log = log;
    this.#ffmpegPath = options.ffmpegPath;
    this.#space = new StorageSpace(library.directory, options.minFreeBytes);
  }

  /** Takes in every recording that waits to be finished; those that found no room try again. */
  async resume(): Promise<void> {
    for (const row of await this.#library.table.inStates(['interrupted', 'finalising'])) this.#queue.add(row.id);
  }

  /** A recording's files are closed. */
  add(id: string): void {
    this.#queue.add(id);
  }

  /** How much of a recording's work is done, 0 to 1; undefined when it is not in work. */
  progress(id: string): number | undefined {
    return this.#progress.get(id);
  }

  /** Ends the work on a recording, if there is any. */
  async cancel(id: string): Promise<void> {
    await this.#queue.cancel(id);
  }

  /** Ends all work; it goes on with the next start. Idempotent. */
  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #finish(id: string, signal: AbortSignal): Promise<void> {
    const { table } = this.#library;
    const row = await table.find(id);
    if (row === undefined || (row.state !== 'interrupted' && row.state !== 'finalising')) return;
    try {
      const index = await this.#library.index(id);
      const seconds = takesSeconds(index.takes);
      if (seconds === 0) {
        await table.update(id, { state: 'failed', reason: row.reason ?? 'Nothing was recorded.', bytes: 0 });
        return;
      }
      await table.update(id, { durationMs: Math.round(seconds * 1000), ...sizeOf(index) });
      if (!(await this.#hasRoom(row, index))) return;
      await table.update(id, { state: 'finalising', reason: row.reason });
      this.#progress.set(id, 0);
      await this.#make(row, index, signal);
      this.#log.info('recording ready', { channel: row.channel, recording: id, seconds: Math.round(seconds) });
      this.#uploader.add(id);
    } catch (error) {
      if (signal.aborted) return;
      // it goes on when the database is back
      if (error instanceof DatabaseUnavailable) throw error;
      if (isLackOfRoom(error)) {
        await this.#wait(row);
        return;
      }
      this.#log.error('recording could not be finished', { channel: row.channel, recording: id, err: error });
      await table.update(id, { state: 'failed', reason: writeFault(error) });
    } finally {
      this.#progress.delete(id);
    }
  }

  async #hasRoom(row: RecordingRow, index: RecordingIndex): Promise<boolean> {
    const needed = index.takes.reduce((sum, take) => sum + trackBytes(take.video) + trackBytes(take.audio), 0);
    if (await this.#space.hasRoomFor(needed)) return true;
    await this.#wait(row);
    return false;
  }

  async #wait(row: RecordingRow): Promise<void> {
    if (row.state !== 'interrupted') this.#log.error('recording waits for room on the disk', { recording: row.id });
    const reason = row.reason ?? 'The disk has no room for its finished file.';
    await this.#library.table.update(row.id, { state: 'interrupted', reason });
  }

  async #make(row: RecordingRow, index: RecordingIndex, signal: AbortSignal): Promise<void> {
    const { id } = row;
    const directory = this.#library.directoryOf(id);
    const files: RecordingFile[] = [];
    await removeDrafts(directory);
    for (const [number, take] of index.takes.entries()) {
      const source = (track: RecordedTrack | undefined): { path: string; track: RecordedTrack } | undefined =>
        track && { path: join(directory, trackFileName(track.kind, number)), track };
      if (takesSeconds([take]) === 0) continue;
      const program = await makeProgram({
        ffmpegPath: this.#ffmpegPath,
        video: source(take.video),
        audio: source(take.audio),
        title: row.title,
        createdAtMs: row.startedAtMs,
        directory,
        name: programFileName(number),
        onProgress: (part) => this.#progress.set(id, ((number + part) / index.takes.length) * programShare),
        onFault: (error) => this.#log.warn('a recording is finished without ffmpeg', { recording: id, err: error }),
        signal,
      });
      files.push(program, ...(await sourceFiles(directory, [take.video, take.audio], number)));
    }
    await this.#picture(id, directory, files[0]?.name, signal);
    files.push(...(await isolatedTracks(directory)));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    await this.#library.table.update(id, { state: 'ready', files, bytes });
  }

  async #picture(id: string, directory: string, input: string | undefined, signal: AbortSignal): Promise<void> {
    if (this.#ffmpegPath === undefined || input === undefined) return;
    const onProgress = (part: number): unknown => this.#progress.set(id, programShare + part * (1 - programShare));
    const hasPoster = this.#library.hasFile(id, posterName);
    try {
      await makePreviews({ ffmpegPath: this.#ffmpegPath, directory, input, hasPoster, onProgress, signal });
    } catch (error) {
      signal.throwIfAborted();
      this.#log.warn('a recording has no pictures for its seek bar', { recording: id, err: error });
    }
  }
}

/** What an earlier attempt left that was cut off. */
async function removeDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory)) if (name.endsWith('.part')) await rm(join(directory, name));
}

function sizeOf(index: RecordingIndex): { width: number; height: number } {
  const video = index.takes.findLast((take) => take.video !== undefined)?.video;
  return { width: video?.width ?? 0, height: video?.height ?? 0 };
}

async function sourceFiles(
  directory: string,
  tracks: readonly (RecordedTrack | undefined)[],
  take: number,
): Promise<RecordingFile[]> {
  const files: RecordingFile[] = [];
  for (const track of tracks) {
    if (track === undefined) continue;
    const name = trackFileName(track.kind, take);
    const { size } = await stat(join(directory, name));
    files.push({ name, bytes: size, tag: newTag(), durationMs: 0, stored: false });
  }
  return files;
}

async function isolatedTracks(directory: string): Promise<RecordingFile[]> {
  const files: RecordingFile[] = [];
  for (const name of await showFiles(directory)) {
    const { size } = await stat(join(directory, name));
    files.push({ name, bytes: size, tag: newTag(), durationMs: 0, stored: false });
  }
  return files;
}

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import {
  type ChannelTable,
  Database,
  DiskStorage,
  type ObjectRange,
  type ObjectStorage,
  type RecordingRow,
  type RecordingTable,
  S3Storage,
  type StageTable,
} from '@weir/store';
import { Ballast } from './ballast.js';
import { Journal } from './journal.js';
import type { JournalHead } from './journal-entry.js';
import type { MediaFile } from './media-answer.js';
import { mediaTypeOf } from './media-type.js';
import type { Recorder } from './recorder.js';
import { RecordingFileUnknown, RecordingUnknown } from './recording-errors.js';
import { RecordingIndex } from './recording-index.js';
import { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
import { repairRecording } from './repair.js';

const mostIndexes = 64;
const deletedSuffix = '.deleted';
const unfinishedSuffix = '.composing';
const idPattern = /^[0-9a-f]{24}$/;

/** The recordings that there are: their rows, their folders, what is in them and where it lies. */
@Injectable()
export class RecordingLibrary {
  /** Holds one folder for each recording. */
  readonly directory: string;
  /** Where finished files go as well; undefined for nowhere. */
  readonly remote: ObjectStorage | undefined;
  /** Recordings that are being written, by id. */
  readonly running = new Map<string, Recorder>();
  readonly table: RecordingTable;
  readonly ballast: Ballast;
  readonly #channels: ChannelTable;
  readonly #stages: StageTable;
  readonly #local: ObjectStorage;
  readonly #indexes = new Map<string, Promise<RecordingIndex>>();

  constructor(database: Database, @Inject(RECORDING_OPTIONS) options: RecordingOptions) {
    this.directory = join(options.dataDir, 'recordings');
    this.table = database.recordings;
    this.ballast = new Ballast(this.directory);
    this.#channels = database.channels;
    this.#stages = database.stages;
    this.#local = new DiskStorage(this.directory);
    this.remote = options.s3 === undefined ? undefined : new S3Storage(options.s3, database.uploads);
  }

  /** Makes the folder of all, finishes deletions and removes compositions that were cut off, and takes in folders that have no row. */
  async open(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.directory)) {
      if (name.endsWith(deletedSuffix) || name.endsWith(unfinishedSuffix))
        await rm(join(this.directory, name), { recursive: true, force: true });
      else if (idPattern.test(name) && (await this.table.find(name)) === undefined) await this.#adopt(name);
    }
    for (const row of await this.table.inStates(['recording', 'interrupted', 'finalising', 'failed'])) {
      if (!existsSync(this.directoryOf(row.id))) await this.table.delete(row.id);
    }
  }

  /** The recording of that id; throws RecordingUnknown. */
  async find(id: string): Promise<RecordingRow> {
    const row = idPattern.test(id) ? await this.table.find(id) : undefined;
    if (row === undefined) throw new RecordingUnknown();
    return row;
  }

  /** Where the recording's files lie on the disk. */
  directoryOf(id: string): string {
    return join(this.directory, id);
  }

  /** What the recording holds; one that nobody closed is repaired first. Throws RecordingUnknown. */
  async index(id: string): Promise<RecordingIndex> {
    const running = this.running.get(id);
    if (running !== undefined) return running.index;
    const known = this.#indexes.get(id) ?? this.#load(id);
    this.#indexes.delete(id);
    this.#indexes.set(id, known);
    for (const oldest of this.#indexes.keys()) {
      if (this.#indexes.size <= mostIndexes) break;
      this.#indexes.delete(oldest);
    }
    try {
      return await known;
    } catch (error) {
      this.#indexes.delete(id);
      throw error;
    }
  }

  /** Forgets what was read of a recording. */
  forget(id: string): void {
    this.#indexes.delete(id);
  }

  /** A file of a recording, from the disk or else from the object storage; throws RecordingFileUnknown. */
  async file(row: RecordingRow, name: string): Promise<MediaFile> {
    const key = `${row.id}/${name}`;
    const known = row.files.find((file) => file.name === name);
    const localBytes = await this.#local.size(key);
    const remote = known?.stored === true ? this.remote : undefined;
    const storage = localBytes === undefined ? remote : this.#local;
    const bytes = localBytes ?? known?.bytes;
    if (storage === undefined || bytes === undefined) throw new RecordingFileUnknown();
    return {
      bytes,
      type: mediaTypeOf(name),
      tag: known?.tag,
      open: (range: ObjectRange) => storage.read(key, range),
    };
  }

  /** Where a recording is made that is not one yet; the next start removes what is left there. */
  unfinishedDirectoryOf(id: string): string {
    return `${this.directoryOf(id)}${unfinishedSuffix}`;
  }

  /** An image that arrangements of a channel may name, as it is now. */
  async stageImage(channel: string, name: string): Promise<Uint8Array | undefined> {
    return this.#stages.imageBytes(channel, name);
  }

  /** Whether the recording's folder has that file. */
  hasFile(id: string, name: string): boolean {
    return existsSync(join(this.directoryOf(id), name));
  }

  /** Removes the recording's row and everything on the disk. */
  async remove(id: string): Promise<void> {
    const gone = `${this.directoryOf(id)}${deletedSuffix}`;
    await rename(this.directoryOf(id), gone).catch(ignoreAbsence);
    try {
      await this.table.delete(id);
    } catch (error) {
      await rename(gone, this.directoryOf(id)).catch(ignoreAbsence);
      throw error;
    }
    this.forget(id);
    await rm(gone, { recursive: true, force: true });
  }

  async #load(id: string): Promise<RecordingIndex> {
    const row = await this.find(id);
    const head = headOf(row);
    if (row.state !== 'ready' && row.state !== 'failed') return repairRecording(this.directoryOf(row.id), head);
    return RecordingIndex.of(await Journal.read(this.directoryOf(row.id))) ?? new RecordingIndex(head);
  }

  async #adopt(id: string): Promise<void> {
    const [head] = await Journal.read(this.directoryOf(id));
    if (head?.type !== 'recording' || head.id !== id) return;
    if (!(await this.#channels.list()).some(({ name }) => name === head.channel)) return;
    const reason = 'Its entry was lost and has been made again.';
    await this.table.insert({ ...newRow(head), state: 'interrupted', reason });
  }
}

/** The row of a recording that begins. */
export function newRow({ id, channel, title, startedAtMs }: JournalHead): RecordingRow {
  return {
    id,
    channel,
    title,
    state: 'recording',
    reason: undefined,
    startedAtMs,
    endedAtMs: undefined,
    durationMs: 0,
    bytes: 0,
    width: 0,
    height: 0,
    isProtected: false,
    files: [],
  };
}

function headOf({ id, channel, title, startedAtMs }: RecordingRow): JournalHead {
  return { type: 'recording', id, channel, title, startedAtMs, originMs: startedAtMs };
}

function ignoreAbsence(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

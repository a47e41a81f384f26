import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { ComposeRecording } from '@weir/contract';
import { compose } from '@weir/program';
import type { RecordingRow } from '@weir/store';
import { Log } from '@weir/telemetry';
import { ComposedProgram } from './composed-program.js';
import { composedProfile, composeOptionsOf } from './composition-source.js';
import { Finaliser } from './finaliser.js';
import { Recorder, type RecorderFigures } from './recorder.js';
import { CompositionImpossible } from './recording-errors.js';
import { newRow, RecordingLibrary } from './recording-library.js';
import { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
import { StorageSpace } from './storage-space.js';

/** Makes a new recording of a show that is composed again. */
@Injectable()
export class CompositionMaker {
  readonly #library: RecordingLibrary;
  readonly #finaliser: Finaliser;
  readonly #log: Log;
  readonly #options: RecordingOptions;
  readonly #space: StorageSpace;

  constructor(
    library: RecordingLibrary,
    finaliser: Finaliser,
    log: Log,
    @Inject(RECORDING_OPTIONS) options: RecordingOptions,
  ) {
    this.#library = library;
    this.#finaliser = finaliser;
    this.#log = log;
    this.#options = options;
    this.#space = new StorageSpace(library.directory, options.minFreeBytes);
  }

  /** Returns the id of the new recording, which is being finished then; rejects with why there is none, and then leaves nothing. */
  async make(
    row: RecordingRow,
    body: ComposeRecording,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<string> {
    const id = randomBytes(12).toString('hex');
    const directory = this.#library.unfinishedDirectoryOf(id);
    try {
      const figures = await this.#compose(row, body, { id, directory, signal, onProgress });
      await rename(join(directory, 'made'), this.#library.directoryOf(id));
      const head = { id, channel: row.channel, title: body.title ?? row.title, startedAtMs: row.startedAtMs };
      const made = { ...newRow({ ...head, type: 'recording', originMs: 0 }), ...figures };
      await this.#library.table.insert({ ...made, state: 'finalising', endedAtMs: Date.now() });
      this.#finaliser.add(id);
      this.#log.info('show composed', { channel: row.channel, recording: id, of: row.id });
      return id;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async #compose(
    row: RecordingRow,
    body: ComposeRecording,
    into: { id: string; directory: string; signal: AbortSignal; onProgress: (fraction: number) => void },
  ): Promise<RecorderFigures> {
    const { ffmpegPath, compose: work = compose } = this.#options;
    const { id, directory, signal, onProgress } = into;
    if (ffmpegPath === undefined) throw new CompositionImpossible('this server has no ffmpeg');
    const sources = join(directory, 'sources');
    const wish = { row, body, ffmpegPath, directory: sources, space: this.#space, signal };
    const options = await composeOptionsOf(this.#library, wish);
    const { channel, startedAtMs } = row;
    const { originMs } = (await this.#library.index(row.id)).head;
    const head = { type: 'recording', id, channel, title: body.title ?? row.title, startedAtMs, originMs } as const;
    const program = new ComposedProgram(head, composedProfile);
    const stopped = new AbortController();
    const recorder: Recorder = new Recorder(program, {
      head,
      directory: join(directory, 'made'),
      isolatedTracks: false,
      noRoom: () => this.#noRoom(recorder.figures.bytes),
      onGrowth: () => undefined,
      onEnd: (reason) => reason !== undefined && stopped.abort(new CompositionImpossible(inClause(reason))),
    });
    try {
      await work(
        options,
        (report) => {
          if (report.type === 'progress') onProgress(report.fraction);
          else if (report.type === 'log') this.#log.warn(report.message, { channel, recording: row.id });
          else program.take(report);
        },
        AbortSignal.any([signal, stopped.signal]),
      );
    } finally {
      await recorder.close();
    }
    stopped.signal.throwIfAborted();
    const noRoom = await this.#noRoom(recorder.figures.bytes);
    if (noRoom !== undefined) throw new CompositionImpossible(inClause(noRoom));
    return recorder.figures;
  }

  /** Older recordings do not make room for it; finishing it doubles what it takes. */
  async #noRoom(bytes: number): Promise<string | undefined> {
    const { quotaBytes = Infinity } = this.#options;
    if ((await this.#library.table.totalBytes()) + 2 * bytes > quotaBytes) return 'The quota of recordings is used up.';
    return (await this.#space.hasRoomFor(bytes)) ? undefined : 'The disk is full.';
  }
}

function inClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

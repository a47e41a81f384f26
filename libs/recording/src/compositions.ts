import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { ComposeRecording, Composition } from '@weir/contract';
import type { RecordingRow } from '@weir/store';
import { Log } from '@weir/telemetry';
import { CompositionMaker } from './composition-maker.js';
import { type CompositionNote, readCompositionNote, writeCompositionNote } from './composition-note.js';
import {
  CompositionImpossible,
  CompositionRunning,
  CompositionsExhausted,
  RecordingNotReady,
} from './recording-errors.js';
import { RecordingLibrary } from './recording-library.js';
import { RECORDING_OPTIONS, type RecordingOptions } from './recording-options.js';
import { guestTracksOf, showJournalOf } from './show-journal.js';
import { WorkQueue } from './work-queue.js';

const mostWaiting = 16;

interface Running {
  readonly body: ComposeRecording;
  state: 'waiting' | 'composing';
  progress: number;
  isCancelled: boolean;
}

/** Composes shows again, one at a time, with what is wanted otherwise; each becomes a recording of the same channel. */
@Injectable()
export class Compositions implements BeforeApplicationShutdown {
  readonly #library: RecordingLibrary;
  readonly #maker: CompositionMaker;
  readonly #log: Log;
  readonly #hasFfmpeg: boolean;
  readonly #running = new Map<string, Running>();
  readonly #queue = new WorkQueue(
    (id, signal) => this.#work(id, signal),
    (id, error) => this.#log.error('show could not be composed', { recording: id, err: error }),
  );

  constructor(
    library: RecordingLibrary,
    maker: CompositionMaker,
    log: Log,
    @Inject(RECORDING_OPTIONS) options: RecordingOptions,
  ) {
    this.#library = library;
    this.#maker = maker;
    this.#log = log;
    this.#hasFfmpeg = options.ffmpegPath !== undefined;
  }

  /** Begins to compose a recording's show; throws RecordingNotReady, CompositionImpossible, CompositionRunning or CompositionsExhausted. */
  async start(row: RecordingRow, body: ComposeRecording): Promise<Composition> {
    if (row.state !== 'ready') throw new RecordingNotReady();
    if (!this.#hasFfmpeg) throw new CompositionImpossible('this server has no ffmpeg');
    if (guestTracksOf(row).length === 0) throw new CompositionImpossible("its guests' own tracks were not kept");
    if (this.#running.has(row.id)) throw new CompositionRunning();
    if (this.#running.size >= mostWaiting) throw new CompositionsExhausted();
    this.#running.set(row.id, { body, state: 'waiting', progress: 0, isCancelled: false });
    try {
      await this.#note(row.id, { state: 'waiting', reason: null, recording: null });
    } catch (error) {
      this.#running.delete(row.id);
      throw error;
    }
    this.#queue.add(row.id);
    return this.of(row);
  }

  /** How composing a recording's show is, or became the last time. */
  async of(row: RecordingRow): Promise<Composition> {
    const running = this.#running.get(row.id);
    const told: CompositionNote =
      running === undefined
        ? await readCompositionNote(this.#library.directoryOf(row.id))
        : { state: running.state, reason: null, recording: null };
    const progress = running?.state === 'composing' ? running.progress : null;
    return { ...told, progress, guests: await this.#guestsOf(row) };
  }

  /** Ends composing a recording's show, if it is; resolves when nothing works on it. */
  async cancel(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.isCancelled = true;
    await this.#queue.cancel(id);
    if (this.#running.get(id) === running) await this.#end(id, { state: 'cancelled', reason: null, recording: null });
  }

  /** Ends all; what was not composed is told to have failed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#queue.close();
    for (const id of this.#running.keys())
      await this.#end(id, { state: 'failed', reason: 'The server was stopped.', recording: null });
  }

  async #work(id: string, signal: AbortSignal): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.state = 'composing';
    try {
      const row = await this.#library.find(id);
      const recording = await this.#maker.make(row, running.body, signal, (fraction) => (running.progress = fraction));
      await this.#end(id, { state: 'ready', reason: null, recording });
    } catch (error) {
      if (!signal.aborted) this.#log.warn('show could not be composed', { recording: id, err: error });
      const reason = signal.aborted ? 'The server was stopped.' : `${(error as Error).message}`;
      await this.#end(
        id,
        running.isCancelled
          ? { state: 'cancelled', reason: null, recording: null }
          : { state: 'failed', reason, recording: null },
      );
    }
  }

  async #end(id: string, note: CompositionNote): Promise<void> {
    try {
      await this.#note(id, note);
    } finally {
      this.#running.delete(id);
    }
  }

  async #note(id: string, note: CompositionNote): Promise<void> {
    await writeCompositionNote(this.#library.directoryOf(id), note);
  }

  async #guestsOf(row: RecordingRow): Promise<Composition['guests']> {
    const guests = [...new Set(guestTracksOf(row).map(({ guest }) => guest))];
    if (guests.length === 0) return [];
    const labels = new Map<string, string>();
    for (const entry of await showJournalOf(this.#library, row)) {
      const arranged = entry.type === 'arrangement' ? (entry.arrangement?.guests ?? []) : [];
      for (const { guest, label } of arranged) if (label !== '') labels.set(guest, label);
    }
    return guests.map((guest) => ({ guest, label: labels.get(guest) ?? guest }));
  }
}

import { randomBytes } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelRegistry, type Stream } from '@weir/channels';
import { type LiveProgram, type ProgramNeed, ProgramRegistry } from '@weir/programs';
import { Log } from '@weir/telemetry';
import { Finaliser } from './finaliser.js';
import { Recorder } from './recorder.js';
import { newRow, RecordingLibrary } from './recording-library.js';
import { RecordingNotes } from './recording-notes.js';
import { Retention } from './retention.js';

const STOPPED = 'The server was stopped.';

/** Records the streams of channels that are set to. */
@Injectable()
export class Recordings implements OnModuleInit, BeforeApplicationShutdown {
  readonly #channels: ChannelRegistry;
  readonly #programs: ProgramRegistry;
  readonly #library: RecordingLibrary;
  readonly #finaliser: Finaliser;
  readonly #retention: Retention;
  readonly #notes: RecordingNotes;
  readonly #log: Log;
  readonly #onLive = (stream: Stream): void => this.#record(stream);

  constructor(
    channels: ChannelRegistry,
    programs: ProgramRegistry,
    library: RecordingLibrary,
    finaliser: Finaliser,
    retention: Retention,
    log: Log,
  ) {
    this.#channels = channels;
    this.#programs = programs;
    this.#library = library;
    this.#finaliser = finaliser;
    this.#retention = retention;
    this.#notes = new RecordingNotes({ table: library.table, ballast: library.ballast, log });
    this.#log = log;
  }

  onModuleInit(): void {
    this.#channels.events.on('live', this.#onLive);
  }

  /** Closes what runs, so that nothing of it is lost; the next start finishes it. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#channels.events.off('live', this.#onLive);
    await Promise.all([...this.#library.running.values()].map((recorder) => recorder.close(STOPPED)));
    await this.#notes.close();
  }

  #record({ channel, startedAtMs }: Stream): void {
    const { record, hls, isolatedTracks } = this.#channels.settings(channel);
    if (!record || hls === 'off') return;
    let need: ProgramNeed | undefined;
    try {
      need = this.#programs.need(channel, 'recording');
      const program = this.#programs.get(channel);
      if (program !== undefined) this.#begin(program, need, startedAtMs, isolatedTracks);
    } catch (error) {
      need?.release();
      this.#log.error('stream is not recorded', { channel, err: error });
    }
  }

  #begin(program: LiveProgram, need: ProgramNeed, startedAtMs: number, isolatedTracks: boolean): void {
    const { channel, originMs } = program;
    const id = randomBytes(12).toString('hex');
    const { title } = this.#channels.get(channel);
    const head = { type: 'recording', id, channel, title, startedAtMs, originMs } as const;
    const { running } = this.#library;
    this.#notes.begin(newRow(head));
    const recorder = new Recorder(program, {
      head,
      directory: this.#library.directoryOf(id),
      isolatedTracks,
      noRoom: () => this.#retention.noRoom(),
      onGrowth: (figures) => void this.#notes.tell(id, figures),
      onEnd: (reason) => {
        running.delete(id);
        need.release();
        const state = reason === undefined ? 'finalising' : 'interrupted';
        const noted = this.#notes.tell(id, { state, reason, endedAtMs: Date.now() });
        const level = reason === undefined || reason === STOPPED ? 'info' : 'error';
        this.#log[level]('recording ended', { channel, recording: id, reason });
        void noted.then(() => this.#finaliser.add(id));
      },
    });
    running.set(id, recorder);
    this.#log.info('recording', { channel, recording: id });
  }
}

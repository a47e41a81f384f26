import { EventEmitter } from 'node:events';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelRegistry, programRouter, type Stream, StreamNotLive } from '@weir/channels';
import type { ProgramFigures, ProgramOptions, ProgramState } from '@weir/program';
import { MediaPool } from '@weir/sfu';
import { Log } from '@weir/telemetry';
import { type LiveProgram, type ProgramNeed, REAL_TIME_NEED } from './live-program.js';
import { PROGRAM_LAUNCH, type ProgramLaunch } from './program-launch.js';
import { PROGRAMS_OPTIONS, type ProgramsOptions } from './programs-options.js';
import { RunningProgram } from './running-program.js';
import type { Stages } from './stages.js';

/** Thrown when a channel is set to have no program. */
export class ProgramOff extends Error {
  constructor(channel: string) {
    super(`The channel "${channel}" is not made for HLS and recordings: its setting says so.`);
    this.name = 'ProgramOff';
  }
}

/** What features may listen to. */
export interface ProgramEvents {
  /** The program of a stream is needed for the first time: who listens to it now misses nothing. */
  started: [program: LiveProgram];
  /** Its stream is over and its last part was handed on. */
  ended: [program: LiveProgram];
}

/** How the program of a channel is doing. */
export interface ProgramStanding {
  readonly channel: string;
  readonly state: ProgramState;
  /** Whether a process is making it; else nobody needs it, or it is about to be started again. */
  readonly isAwake: boolean;
  /** Who needs it. */
  readonly needs: readonly string[];
  /** Processes that died by themselves. */
  readonly losses: number;
  /** What the process told last. */
  readonly figures: ProgramFigures | undefined;
}

interface Entry {
  readonly program: RunningProgram;
  readonly needs: Set<{ readonly why: string }>;
  linger: NodeJS.Timeout | undefined;
  realTimeLinger: NodeJS.Timeout | undefined;
}

/** The programs of live channels, each started when it is first needed and stopped some time after it was last needed. */
@Injectable()
export class ProgramRegistry implements OnModuleInit, BeforeApplicationShutdown {
  readonly events = new EventEmitter<ProgramEvents>();
  readonly #channels: ChannelRegistry;
  readonly #pool: MediaPool;
  readonly #log: Log;
  readonly #options: ProgramsOptions;
  readonly #launch: ProgramLaunch;
  readonly #entries = new Map<string, Entry>();
  readonly #ending = new Set<Promise<void>>();
  #stages: Stages = { arrangement: () => undefined, images: () => new Map() };
  #isShut = false;
  readonly #onLive = ({ channel }: Stream): void => {
    if (this.#options.always && this.#channels.settings(channel).hls !== 'off') this.need(channel, 'always');
  };
  readonly #onEnded = ({ channel }: Stream): void => this.#end(channel);

  constructor(
    channels: ChannelRegistry,
    pool: MediaPool,
    log: Log,
    @Inject(PROGRAMS_OPTIONS) options: ProgramsOptions,
    @Inject(PROGRAM_LAUNCH) launch: ProgramLaunch,
  ) {
    this.#channels = channels;
    this.#pool = pool;
    this.#log = log;
    this.#options = options;
    this.#launch = launch;
  }

  onModuleInit(): void {
    this.#channels.events.on('live', this.#onLive);
    this.#channels.events.on('ended', this.#onEnded);
  }

  /** Programs show these stages from now on. */
  useStages(stages: Stages): void {
    this.#stages = stages;
  }

  /** The stage of a channel is another one now, or its images are. */
  stageChanged(channel: string): void {
    this.#entries.get(channel)?.program.stageChanged();
  }

  /** Keeps the program of a live channel running until it is released; throws ChannelUnknown, StreamNotLive or ProgramOff. */
  need(channel: string, why: string): ProgramNeed {
    const stream = this.#channels.liveStream(channel);
    if (this.#isShut) throw new StreamNotLive(channel);
    const entry = this.#entries.get(channel) ?? this.#open(stream);
    const need = { why };
    entry.needs.add(need);
    clearTimeout(entry.linger);
    if (why === REAL_TIME_NEED) {
      clearTimeout(entry.realTimeLinger);
      entry.program.realTime(true);
    }
    entry.program.wake();
    return { release: () => this.#release(entry, need) };
  }

  /** Whether the program of a channel can be watched in real time: it has one, and there is an ffmpeg for its sound. */
  isWatchable(channel: string): boolean {
    return this.#options.ffmpegPath !== undefined && this.#channels.settings(channel).hls !== 'off';
  }

  /** The program of a live channel, once it was needed. */
  get(channel: string): LiveProgram | undefined {
    return this.#entries.get(channel)?.program;
  }

  /** How every program is doing. */
  figures(): ProgramStanding[] {
    return [...this.#entries.values()].map(({ program, needs }) => ({
      channel: program.channel,
      state: program.state,
      isAwake: program.isAwake,
      needs: [...needs].map(({ why }) => why),
      losses: program.losses,
      figures: program.figures,
    }));
  }

  /** Ends all programs while features can still keep what they hand on. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isShut = true;
    this.#channels.events.off('live', this.#onLive);
    this.#channels.events.off('ended', this.#onEnded);
    for (const channel of this.#entries.keys()) this.#end(channel);
    await Promise.all(this.#ending);
  }

  #open(stream: Stream): Entry {
    const { channel } = stream;
    const program = new RunningProgram(stream, {
      log: this.#log,
      launch: this.#launch,
      tap: (name, listener) => this.#pool.tap(name, listener),
      feed: () => this.#pool.feed(programRouter(channel), { codecs: ['opus', 'h264'] }),
      options: this.#programOptions(channel),
      stages: {
        arrangement: (name) => this.#stages.arrangement(name),
        images: (name) => this.#stages.images(name),
      },
    });
    const entry: Entry = { program, needs: new Set(), linger: undefined, realTimeLinger: undefined };
    this.#entries.set(channel, entry);
    this.events.emit('started', program);
    return entry;
  }

  #programOptions(channel: string): Omit<ProgramOptions, 'originMs' | 'resume' | 'arrangement'> {
    const { ladder, profile, frameRate, ffmpegPath } = this.#options;
    const { hls } = this.#channels.settings(channel);
    if (hls === 'off') throw new ProgramOff(channel);
    const composes = hls === 'program' && ffmpegPath !== undefined;
    const { title } = this.#channels.get(channel);
    return { channel, title, mode: composes ? 'program' : 'passthrough', ffmpegPath, ladder, profile, frameRate };
  }

  #release(entry: Entry, need: { readonly why: string }): void {
    if (!entry.needs.delete(need) || this.#entries.get(entry.program.channel) !== entry) return;
    const { lingerMs } = this.#options;
    if (need.why === REAL_TIME_NEED && ![...entry.needs].some(({ why }) => why === REAL_TIME_NEED))
      entry.realTimeLinger = setTimeout(() => entry.program.realTime(false), lingerMs);
    if (entry.needs.size === 0) entry.linger = setTimeout(() => entry.program.sleep(), lingerMs);
  }

  #end(channel: string): void {
    const entry = this.#entries.get(channel);
    if (entry === undefined) return;
    this.#entries.delete(channel);
    clearTimeout(entry.linger);
    clearTimeout(entry.realTimeLinger);
    const ending = this.#finish(entry.program);
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  async #finish(program: RunningProgram): Promise<void> {
    await program.end();
    this.events.emit('ended', program);
  }
}

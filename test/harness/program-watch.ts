import { existsSync } from 'node:fs';
import { FragmentReader, type Sample } from '@weir/cmaf';
import type { Part } from '@weir/hls';
import type * as ProgramLibrary from '@weir/program';
import type { ProgramFigures, ProgramOptions, ProgramReport, ProgramState, ProgramTrack } from '@weir/program';
import type { JournalEntry } from '@weir/stage';
import { FFMPEG, programPath } from './requirements.js';
import { until } from './until.js';

const BUILT = new URL('../../dist/libs/program/src/index.js', import.meta.url);
/** Decode times are program time and this (`FRAGMENT_OFFSET_SECONDS`). */
const OFFSET_SECONDS = 10;

/** The ladder of tests: of small pictures, so that several fit a machine. */
export const SMALL_LADDER = [
  { name: '360p', height: 360, bitrateBps: 800_000 },
  { name: '240p', height: 240, bitrateBps: 400_000 },
] as const;

/** A sample with its place on the program's time. */
export interface TimedSample extends Sample {
  readonly seconds: number;
}

/** The built program process, and all that it has said. */
export class ProgramWatch {
  readonly options: ProgramOptions;
  readonly tracks: ProgramTrack[] = [];
  readonly endedTracks: string[] = [];
  readonly parts: Part[] = [];
  readonly states: ProgramState[] = [];
  readonly posters: Uint8Array[] = [];
  readonly logs: string[] = [];
  readonly journal: JournalEntry[] = [];
  readonly types: ProgramReport['type'][] = [];
  figures: ProgramFigures | undefined;
  keyFrameRequests = 0;
  lostBecause: string | undefined;
  onKeyFrame: ((guest: string) => void) | undefined;
  /** Hears everything too, as it comes. */
  onReport: ((report: ProgramReport) => void) | undefined;
  readonly #program: ProgramLibrary.Program;

  private constructor(library: typeof ProgramLibrary, options: ProgramOptions) {
    this.options = options;
    this.#program = library.Program.start(options, {
      report: (report) => this.#take(report),
      lost: (cause) => (this.lostBecause = cause),
    });
  }

  /** Starts a program; defaults: mode `program`, the small ladder, the profile of the product, the ffmpeg of this machine. */
  static async start(change: Partial<ProgramOptions> = {}): Promise<ProgramWatch> {
    if (!existsSync(BUILT)) throw new Error(`${BUILT.pathname} is missing: run "npm run build" first.`);
    return new ProgramWatch((await import(/* @vite-ignore */ BUILT.href)) as typeof ProgramLibrary, {
      channel: 'test',
      title: 'Test',
      mode: 'program',
      ffmpegPath: await programPath(FFMPEG),
      ladder: SMALL_LADDER,
      profile: { partSeconds: 1 / 3, segmentSeconds: 2, holdBackSeconds: 1 },
      frameRate: 30,
      originMs: Date.now(),
      ...change,
    });
  }

  get program(): ProgramLibrary.Program {
    return this.#program;
  }

  get state(): ProgramState | undefined {
    return this.states.at(-1);
  }

  /** Process ids of the ffmpegs that were started last as encoder or decoder, out of the log. */
  pidsOf(what: 'encoder' | 'encoder of real-time sound' | 'decoder of pictures' | 'decoder of sound'): number[] {
    const line = this.logs.findLast((text) => text.includes(`${what} started, ffmpeg`));
    return line === undefined
      ? []
      : line
          .slice(line.lastIndexOf('ffmpeg') + 7)
          .split(' ')
          .map(Number);
  }

  /** Waits until something is as wanted. */
  until<T>(ask: () => T, what: string, timeoutMs = 45_000): Promise<NonNullable<T>> {
    return until(ask, { what, timeoutMs, everyMs: 20 });
  }

  /** Waits until every track has so many seconds of what is played after now; what is coded late comes all at once. */
  runs(seconds: number): Promise<void> {
    return this.reaches((Date.now() - this.options.originMs) / 1000 + seconds);
  }

  /** Waits until every track has parts up to a program second. */
  async reaches(seconds: number): Promise<void> {
    const isThere = () => this.endSeconds() >= seconds;
    await this.until(
      isThere,
      `the program's second ${seconds.toFixed(1)}`,
      Math.max(0, seconds - this.endSeconds()) * 1000 + 30_000,
    );
  }

  /** Program time up to which every living track has parts; 0 before there are any. */
  endSeconds(): number {
    const names = [...new Set(this.tracks.map(({ name }) => name))].filter((name) => !this.endedTracks.includes(name));
    if (names.length === 0) return 0;
    const ends = names.map((name) => {
      const last = this.parts.findLast(({ track }) => track === name);
      return last === undefined ? 0 : last.startSeconds + last.durationSeconds;
    });
    return Math.min(...ends);
  }

  /** Parts of a track, of one run or of all. */
  partsOf(track: string, run?: number): Part[] {
    return this.parts.filter((part) => part.track === track && (run === undefined || part.run === run));
  }

  /** Initialisation segment and parts of a track's run, as a player would put them together. */
  bytesOf(track: string, run: number): Buffer {
    const told = this.tracks.find((one) => one.name === track && one.run === run);
    if (told === undefined) throw new Error(`No track ${track} in run ${run}.`);
    return Buffer.concat([told.init.bytes, ...this.partsOf(track, run).map(({ bytes }) => bytes)]);
  }

  /** Samples of a track's run, on the time of the program. */
  samplesOf(track: string, run: number): TimedSample[] {
    const samples: TimedSample[] = [];
    let timescale = 1;
    const reader = new FragmentReader({
      init: (init) => (timescale = init.timescale),
      sample: (sample) => samples.push({ ...sample, seconds: sample.decodeTime / timescale - OFFSET_SECONDS }),
    });
    reader.write(this.bytesOf(track, run));
    return samples;
  }

  /** Runs that a track has parts of. */
  runsOf(track: string): number[] {
    return [...new Set(this.partsOf(track).map(({ run }) => run))];
  }

  close(): Promise<void> {
    return this.#program.close();
  }

  #take(report: ProgramReport): void {
    this.types.push(report.type);
    this.onReport?.(report);
    if (report.type === 'track') {
      this.tracks.push(report.track);
      const at = this.endedTracks.indexOf(report.track.name);
      if (at >= 0) this.endedTracks.splice(at, 1);
    } else if (report.type === 'track-ended') this.endedTracks.push(report.name);
    else if (report.type === 'part') this.parts.push(report.part);
    else if (report.type === 'state') this.states.push(report.state);
    else if (report.type === 'poster') this.posters.push(report.jpeg);
    else if (report.type === 'figures') this.figures = report.figures;
    else if (report.type === 'log') this.logs.push(report.message);
    else if (report.type === 'key-frame') {
      this.keyFrameRequests += 1;
      this.onKeyFrame?.(report.guest);
    } else if (report.type === 'journal') this.journal.push(report.entry);
  }
}

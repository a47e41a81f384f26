import type { SegmentProfile } from '@weir/hls';
import type { Size } from '@weir/stage';
import type { CpuMeter } from './cpu-meter.js';
import { EncoderRun } from './encoder-run.js';
import type { Rung } from './program-options.js';
import type { ProgramReport } from './program-protocol.js';
import { RestartPause } from './restart-pause.js';
import type { RunPosition } from './run-output.js';

/** How pictures and sound of the program become its tracks. */
export interface EncoderLegOptions {
  readonly ffmpegPath: string;
  readonly canvas: Size;
  readonly frameRate: number;
  /** Rungs above the canvas are left out. */
  readonly ladder: readonly Rung[];
  readonly profile: SegmentProfile;
  /** Where the first run begins; waited for. */
  readonly position: Promise<RunPosition>;
  readonly report: (report: ProgramReport) => void;
  readonly cpu: CpuMeter;
  /** Milliseconds of a clock that never steps. */
  readonly nowMs: () => number;
  /** A picture of the highest rung, as soon as it is coded (H.264 annex B). */
  readonly onPicture: (tick: number, accessUnit: Uint8Array) => void;
  /** The state has changed. */
  readonly changed: () => void;
}

const RECOVERED_MS = 5000;

/** The rungs that a canvas has: those that are not above it, or else the lowest one, as small as the canvas. */
export function rungsOf(canvas: Size, ladder: readonly Rung[]): readonly Rung[] {
  const sorted = ladder.toSorted((one, other) => other.height - one.height);
  const fitting = sorted.filter(({ height }) => height <= canvas.height);
  const lowest = sorted.at(-1);
  return fitting.length > 0 || lowest === undefined ? fitting : [{ ...lowest, height: canvas.height }];
}

/** One encoder after the other: one that dies is followed by another, a new run in all tracks. */
export class EncoderLeg {
  readonly #options: EncoderLegOptions;
  readonly #pause = new RestartPause();
  readonly #droppedRungs: string[] = [];
  #rungs: readonly Rung[];
  #run: EncoderRun | undefined;
  /** Resolves where the next run begins, when everything before it was told. */
  #position: Promise<RunPosition>;
  #mayStartMs = Number.NEGATIVE_INFINITY;
  #startedMs = 0;
  #restarts = 0;
  #failure: string | undefined;
  /** The picture of the last tick. */
  #picture: Uint8Array | undefined;
  #isClosed = false;

  constructor(options: EncoderLegOptions) {
    this.#options = options;
    this.#rungs = rungsOf(options.canvas, options.ladder);
    this.#position = options.position;
  }

  /** Encoders that followed one that had died. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Rungs that were given up. */
  get droppedRungs(): readonly string[] {
    return this.#droppedRungs;
  }

  /** Why there is no encoder now, when it cannot be started. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Pictures that wait for the encoder. */
  get queuedPictures(): number {
    return this.#run?.queuedPictures ?? 0;
  }

  /** The picture and the sound of a tick, valid until the next one; returns whether they were the first of an encoder. */
  write(tick: number, picture: Uint8Array, sound: Float32Array): boolean {
    const isNew = this.#run === undefined;
    if (isNew && !this.#start(tick)) return false;
    this.#picture = picture;
    this.#run?.write(picture, sound);
    if (this.#failure !== undefined && this.#options.nowMs() - this.#startedMs > RECOVERED_MS) {
      this.#failure = undefined;
      this.#options.changed();
    }
    return isNew;
  }

  /** Gives up the highest rung but one; false when only one is left. */
  dropRung(): boolean {
    const given = this.#rungs[1];
    if (given === undefined) return false;
    this.#rungs = this.#rungs.filter((rung) => rung !== given);
    this.#droppedRungs.push(given.name);
    this.#position = this.#position.then((position) => {
      this.#options.report({ type: 'track-ended', name: given.name });
      return position;
    });
    this.restart();
    this.#options.changed();
    return true;
  }

  /** The next tick begins another run; what this one was given comes out before. */
  restart(): void {
    this.#run?.end(this.#picture);
    this.#run = undefined;
  }

  /** Resolves, when everything was told, with the position behind it; idempotent. */
  close(): Promise<RunPosition> {
    this.#isClosed = true;
    this.restart();
    return this.#position;
  }

  #start(tick: number): boolean {
    const { nowMs, cpu, report } = this.#options;
    if (this.#isClosed || nowMs() < this.#mayStartMs) return false;
    const run = new EncoderRun({ ...this.#options, rungs: this.#rungs, firstTick: tick });
    this.#run = run;
    this.#startedMs = nowMs();
    this.#pause.started(this.#startedMs);
    cpu.add(run);
    report({ type: 'log', level: 'info', message: `encoder started, ffmpeg ${run.pids.join(' ')}` });
    this.#position = this.#position.then((position) => run.play(position));
    void this.#watch(run);
    return true;
  }

  async #watch(run: EncoderRun): Promise<void> {
    const failure = await run.exited;
    this.#options.cpu.remove(run);
    if (this.#run === run) this.#lose(failure ?? 'it ended by itself');
  }

  #lose(failure: string): void {
    this.#run = undefined;
    this.#restarts += 1;
    const now = this.#options.nowMs();
    const pauseMs = this.#pause.died(now);
    this.#mayStartMs = now + pauseMs;
    this.#failure = pauseMs > 0 ? failure : undefined;
    this.#options.report({ type: 'log', level: 'error', message: `encoder lost: ${failure}` });
    this.#options.changed();
  }
}

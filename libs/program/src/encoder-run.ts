import { setTimeout as pause } from 'node:timers/promises';
import { FragmentReader, MalformedBox } from '@weir/cmaf';
import { LADDER_AUDIO, LadderEncoder } from '@weir/ffmpeg';
import type { SegmentProfile } from '@weir/hls';
import { scaledToHeight, type Size } from '@weir/stage';
import type { Rung } from './program-options.js';
import type { ProgramReport } from './program-protocol.js';
import { RunOutput, type RunPosition } from './run-output.js';

/** Bits a second of the AAC beside the ladder. */
export const AUDIO_BITRATE_BPS = 128_000;

/** One encoder from its start to its end. */
export interface EncoderRunOptions {
  readonly ffmpegPath: string;
  readonly canvas: Size;
  readonly frameRate: number;
  /** Not above the canvas, highest first. */
  readonly rungs: readonly Rung[];
  readonly profile: SegmentProfile;
  /** Program time of its first picture is this over the frame rate. */
  readonly firstTick: number;
  readonly report: (report: ProgramReport) => void;
  /** A picture of the highest rung, as soon as it is coded (H.264 annex B). */
  readonly onPicture: (tick: number, accessUnit: Uint8Array) => void;
}

const HOPELESS_SECONDS = 3;
const PAYING_MS = 1500;
/** 1 s may be written as three times 0.333. */
const WRITTEN_PICTURES = 0.1;
const PAYING_STEP_MS = 10;

/** One encoder, and what it makes as one run of the program. */
export class EncoderRun {
  /** Resolves when the encoder is gone: with the reason, or with nothing when it was ended. */
  readonly exited: Promise<string | undefined>;
  readonly #options: EncoderRunOptions;
  readonly #encoder: LadderEncoder;
  readonly #readers = new Map<string, FragmentReader>();
  /** What came before it was this run's turn. */
  readonly #backlog: ((output: RunOutput) => void)[] = [];
  #output: RunOutput | undefined;
  #owed = 0;
  /** Of the picture that is coded next. */
  #codedTick: number;
  #fault: string | undefined;

  constructor(options: EncoderRunOptions) {
    const { ffmpegPath, canvas, frameRate, rungs, profile, firstTick } = options;
    this.#options = options;
    this.#codedTick = firstTick;
    for (const { name } of [...rungs, { name: LADDER_AUDIO }]) this.#readers.set(name, this.#reader(name));
    this.#encoder = new LadderEncoder({
      ffmpegPath,
      size: canvas,
      frameRate,
      rungs: rungs.map(({ name, height, bitrateBps }) => ({
        ...(height === canvas.height ? canvas : scaledToHeight(canvas, height)),
        name,
        bitrateBps,
      })),
      segmentSeconds: profile.segmentSeconds,
      firstSegmentSeconds: firstSegmentSeconds(profile, frameRate),
      audioBitrateBps: AUDIO_BITRATE_BPS,
      offsetSeconds: firstTick / frameRate,
      onChunk: (track, chunk) => this.#read(track, chunk),
      onPicture: (accessUnit) => options.onPicture(this.#codedTick++, accessUnit),
    });
    this.exited = this.#encoder.exited.then((failed) => this.#fault ?? failed?.message);
  }

  /** Process ids of its ffmpegs. */
  get pids(): readonly number[] {
    return this.#encoder.pids;
  }

  /** Pictures that wait for it, those included that it refused and that are owed. */
  get queuedPictures(): number {
    return this.#encoder.queuedPictures + this.#owed;
  }

  /** User and system time of its ffmpegs, seconds. */
  cpuSeconds(): number {
    return this.#encoder.cpuSeconds();
  }

  /** The picture and the sound of the next tick; a picture that is refused is made up for by a later one. */
  write(picture: Uint8Array, sound: Float32Array): void {
    const isSoundTaken = this.#encoder.sound(sound);
    this.#owed += 1;
    this.#pay(picture);
    if (!isSoundTaken || this.#owed > HOPELESS_SECONDS * this.#options.frameRate) this.#fail('it stands still');
  }

  /** Tells what it makes, from its beginning, as the run at this position; resolves with the next position when it is over. */
  async play(position: RunPosition): Promise<RunPosition> {
    const { rungs, frameRate, firstTick, profile, report } = this.#options;
    const output = new RunOutput({
      position,
      startSeconds: firstTick / frameRate,
      tracks: [
        ...rungs.map(({ name, bitrateBps }) => ({ name, bitrateBps, frameRate })),
        { name: LADDER_AUDIO, bitrateBps: AUDIO_BITRATE_BPS, frameRate: 0 },
      ],
      profile,
      boundaries: 'fixed',
      firstSegmentSeconds: firstSegmentSeconds(profile, frameRate),
      report,
    });
    for (const say of this.#backlog.splice(0)) say(output);
    this.#output = output;
    await this.exited;
    return output.finish();
  }

  /** No more comes: what is owed, of this picture, and what is still in it comes out. */
  end(picture: Uint8Array | undefined): void {
    if (picture === undefined || this.#owed === 0) void this.#encoder.close();
    else void this.#payAndClose(picture.slice());
  }

  /** Ends it at once. */
  kill(): void {
    void this.#encoder.kill();
  }

  #pay(picture: Uint8Array): void {
    while (this.#owed > 0 && this.#encoder.picture(picture)) this.#owed -= 1;
  }

  async #payAndClose(picture: Uint8Array): Promise<void> {
    const untilMs = performance.now() + PAYING_MS;
    for (this.#pay(picture); this.#owed > 0 && performance.now() < untilMs; this.#pay(picture))
      await pause(PAYING_STEP_MS);
    await this.#encoder.close();
  }

  #reader(track: string): FragmentReader {
    return new FragmentReader({
      init: (init) => this.#tell((output) => output.init(track, init)),
      sample: (sample) => this.#tell((output) => output.sample(track, sample)),
    });
  }

  #read(track: string, chunk: Uint8Array): void {
    if (this.#fault !== undefined) return;
    try {
      this.#readers.get(track)?.write(chunk);
    } catch (error) {
      if (!(error instanceof MalformedBox || error instanceof RangeError)) throw error;
      this.#fail(`${track}: ${error.message}`);
    }
  }

  #tell(say: (output: RunOutput) => void): void {
    if (this.#output === undefined) this.#backlog.push(say);
    else say(this.#output);
  }

  #fail(why: string): void {
    this.#fault ??= why;
    void this.#encoder.kill();
  }
}

/** Players need a finished segment to begin, and as much media as they stay behind. */
function firstSegmentSeconds({ segmentSeconds, holdBackSeconds }: SegmentProfile, frameRate: number): number {
  return Math.min(segmentSeconds, Math.ceil(holdBackSeconds * frameRate - WRITTEN_PICTURES) / frameRate);
}

import { setTimeout as pause } from 'node:timers/promises';
import { FragmentReader } from '@weir/cmaf';
import { LADDER_AUDIO, LadderEncoder } from '@weir/ffmpeg';
import type { ComposeOptions, ComposeReport } from './compose-options.js';
import { RunOutput } from './run-output.js';

/** The encoder of a composition ended before the composition did. */
export class EncoderEnded extends Error {
  override readonly name = 'EncoderEnded';
}

const AUDIO_BITRATE_BPS = 160_000;
const FULL_MS = 2;

/** Encodes a composition as fast as it is given, and makes it one run of a program. */
export class ComposeEncoder {
  readonly #encoder: LadderEncoder;
  readonly #output: RunOutput;
  readonly #readers = new Map<string, FragmentReader>();
  #fault: Error | undefined;
  #isOver = false;

  /** Its first picture is at this tick. */
  constructor(options: ComposeOptions, firstTick: number, report: (report: ComposeReport) => void) {
    const { ffmpegPath, canvas, frameRate, bitrateBps, profile } = options;
    const name = `${canvas.height}p`;
    const startSeconds = firstTick / frameRate;
    this.#output = new RunOutput({
      position: { run: 0, segment: 0 },
      startSeconds,
      tracks: [
        { name, bitrateBps, frameRate },
        { name: LADDER_AUDIO, bitrateBps: AUDIO_BITRATE_BPS, frameRate: 0 },
      ],
      profile,
      boundaries: 'fixed',
      report: (told) => {
        if (told.type === 'track' || told.type === 'part') report(told);
      },
    });
    for (const track of [name, LADDER_AUDIO]) this.#readers.set(track, this.#reader(track));
    this.#encoder = new LadderEncoder({
      ffmpegPath,
      size: canvas,
      frameRate,
      rungs: [{ ...canvas, name, bitrateBps }],
      segmentSeconds: profile.segmentSeconds,
      audioBitrateBps: AUDIO_BITRATE_BPS,
      offsetSeconds: startSeconds,
      preset: 'veryfast',
      onChunk: (track, chunk) => this.#read(track, chunk),
    });
    void this.#watch();
  }

  /** The picture and the sound of the next tick; resolves when they are taken, rejects when there is no encoder any more. */
  async write(picture: Uint8Array, sound: Float32Array): Promise<void> {
    while (!this.#alive() || !this.#encoder.picture(picture)) await pause(FULL_MS);
    while (!this.#alive() || !this.#encoder.sound(sound)) await pause(FULL_MS);
  }

  /** Resolves when everything was told. */
  async finish(): Promise<void> {
    await this.#encoder.close();
    if (this.#fault !== undefined) throw this.#fault;
    this.#output.finish();
  }

  /** Ends it at once; idempotent. */
  async kill(): Promise<void> {
    await this.#encoder.kill();
  }

  async #watch(): Promise<void> {
    const failed = await this.#encoder.exited;
    this.#fault ??= failed;
    this.#isOver = true;
  }

  #alive(): true {
    if (this.#fault !== undefined || this.#isOver) throw this.#fault ?? new EncoderEnded('the encoder ended by itself');
    return true;
  }

  #reader(track: string): FragmentReader {
    return new FragmentReader({
      init: (init) => this.#output.init(track, init),
      sample: (sample) => this.#output.sample(track, sample),
    });
  }

  #read(track: string, chunk: Uint8Array): void {
    if (this.#fault !== undefined) return;
    try {
      this.#readers.get(track)?.write(chunk);
    } catch (error) {
      this.#fault = error as Error;
      void this.#encoder.kill();
    }
  }
}

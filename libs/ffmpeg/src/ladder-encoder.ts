import type { Readable } from 'node:stream';
import type { FfmpegFailed } from './ffmpeg-failed.js';
import { FfmpegProcess } from './ffmpeg-process.js';
import { pictureArguments, soundArguments } from './ladder-arguments.js';
import { LADDER_AUDIO, type LadderOptions } from './ladder-options.js';
import { NutMalformed } from './nut-header.js';
import { NutReader } from './nut-reader.js';

const defaultMaxQueuedPictures = 6;
const maxQueuedSoundBytes = 10 * 48_000 * 8;
const maxCodedBytes = 16 << 20;

/**
 * Encodes a program: pictures and sound in, each track as fragmented MP4 of its own out. Picture n is at n / frame rate, and so sample n at
 * n / 48000: whoever leaves one out moves all later ones. Sound has an ffmpeg of its own, because one for both waits for the slower input.
 */
export class LadderEncoder {
  /** Resolves when the encoder is gone and everything was told: with the reason, or with nothing after `close`. */
  readonly exited: Promise<FfmpegFailed | undefined>;

  readonly #options: LadderOptions;
  readonly #pictures: FfmpegProcess | undefined;
  readonly #sound: FfmpegProcess | undefined;
  readonly #processes: readonly FfmpegProcess[];
  readonly #pictureBytes: number;
  readonly #spare: Buffer[] = [];
  #queuedPictures = 0;
  #isClosed = false;

  constructor(options: LadderOptions) {
    const { ffmpegPath: path, rungs, size, onChunk, onPicture } = options;
    this.#options = options;
    this.#pictureBytes = (size.width * size.height * 3) / 2;
    if (rungs.length > 0) {
      const extraOutputs = rungs.length - (onPicture === undefined ? 1 : 0);
      this.#pictures = new FfmpegProcess({ path, args: pictureArguments(options), extraOutputs });
      if (onPicture !== undefined) this.#readPictures(this.#pictures.output(rungs.length), onPicture);
      for (const [index, { name }] of rungs.entries()) {
        this.#pictures.output(index).on('data', (chunk: Uint8Array) => onChunk(name, chunk));
      }
    }
    if (options.hasAudio !== false) {
      this.#sound = new FfmpegProcess({ path, args: soundArguments(options) });
      this.#sound.output(0).on('data', (chunk: Uint8Array) => onChunk(LADDER_AUDIO, chunk));
    }
    this.#processes = [this.#pictures, this.#sound].filter((process) => process !== undefined);
    this.exited = this.#watch();
  }

  /** Process ids of the ffmpegs: that of the pictures first. */
  get pids(): readonly number[] {
    return this.#processes.flatMap(({ pid }) => pid ?? []);
  }

  /** Pictures that wait for the encoder. */
  get queuedPictures(): number {
    return this.#queuedPictures;
  }

  /** User and system time of the ffmpegs, seconds. */
  cpuSeconds(): number {
    return this.#processes.reduce((total, process) => total + process.cpuSeconds(), 0);
  }

  /** Takes a copy of the next picture; false when too many wait: then it was not taken, and something has to be given in its place later. */
  picture(bytes: Uint8Array): boolean {
    const limit = this.#options.maxQueuedPictures ?? defaultMaxQueuedPictures;
    if (this.#isClosed || this.#pictures === undefined || this.#queuedPictures >= limit) return false;
    if (bytes.length !== this.#pictureBytes) throw new RangeError(`A picture has ${this.#pictureBytes} bytes.`);
    const copy = this.#spare.pop() ?? Buffer.allocUnsafeSlow(this.#pictureBytes);
    copy.set(bytes);
    this.#queuedPictures += 1;
    this.#pictures.input(0).write(copy, () => {
      this.#queuedPictures -= 1;
      this.#spare.push(copy);
    });
    return true;
  }

  /** Takes a copy of the next samples, interleaved stereo; false when 10 s of them wait: then they were not taken. */
  sound(samples: Float32Array): boolean {
    const input = this.#sound?.input(0);
    if (this.#isClosed || input === undefined || input.writableLength > maxQueuedSoundBytes) return false;
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    input.write(Buffer.from(bytes));
    return true;
  }

  /** Ends it; what is still in it comes out before. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#processes.map((process) => process.close()));
  }

  /** Ends it at once. Idempotent. */
  async kill(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#processes.map((process) => process.kill()));
  }

  #readPictures(output: Readable, onPicture: (accessUnit: Uint8Array) => void): void {
    const reader = new NutReader({ maxFrameBytes: maxCodedBytes, onFrame: (_timeMs, data) => onPicture(data) });
    output.on('data', (chunk: Uint8Array) => {
      try {
        reader.push(chunk);
      } catch (error) {
        if (!(error instanceof NutMalformed)) throw error;
        void this.kill();
      }
    });
  }

  /** One that dies takes the other with it: their clocks would not be one any more. */
  async #watch(): Promise<FfmpegFailed | undefined> {
    let reason: FfmpegFailed | undefined;
    const ends = this.#processes.map(async (process) => {
      const failed = await process.exited;
      reason ??= failed;
      if (!this.#isClosed) await this.kill();
    });
    await Promise.all(ends);
    return reason;
  }
}

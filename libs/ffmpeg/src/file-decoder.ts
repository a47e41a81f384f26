import type { FfmpegFailed } from './ffmpeg-failed.js';
import { FfmpegProcess } from './ffmpeg-process.js';
import { fileInput } from './media-file.js';
import { NutReader } from './nut-reader.js';
import { nutOutput } from './nut-output.js';
import { fitFilter } from './picture-fit.js';
import type { PictureSize } from './picture-size.js';

/** Which track of a file is decoded. */
export interface FileDecoderOptions {
  readonly ffmpegPath: string;
  /** A Matroska or MP4 file that Weir has written. */
  readonly path: string;
  /** What every picture is fitted into, both numbers even; undefined for its Opus instead. */
  readonly fit: PictureSize | undefined;
  /**
   * Called with each frame and its time in the file: yuv420p without padding, BT.709 in the limited range, or interleaved stereo of 48 kHz as 32-bit
   * floats. The bytes belong to the callee.
   */
  readonly onFrame: (timeMs: number, data: Uint8Array) => void;
}

const maxSoundBytes = 1 << 20;
const maxSpareBuffers = 16;
const maxPixels = 4096 * 4096;

/** Decodes the first picture or sound track of a file, no faster than it is asked to; it begins paused. */
export class FileDecoder {
  /** Resolves when all was told, or with what went wrong. */
  readonly exited: Promise<FfmpegFailed | undefined>;

  readonly #process: FfmpegProcess;
  readonly #frameBytes: number;
  readonly #spare: Uint8Array[] = [];

  constructor({ ffmpegPath, path, fit, onFrame }: FileDecoderOptions) {
    this.#frameBytes = fit === undefined ? 0 : (fit.width * fit.height * 3) / 2;
    const args = fit === undefined ? soundArguments(path) : pictureArguments(path, fit);
    this.#process = new FfmpegProcess({ path: ffmpegPath, args });
    this.exited = this.#process.exited;
    const reader = new NutReader({
      maxFrameBytes: fit === undefined ? maxSoundBytes : this.#frameBytes,
      onFrame,
      allocate: (length) => (length === this.#frameBytes ? this.#spare.pop() : undefined) ?? new Uint8Array(length),
    });
    const output = this.#process.output(0);
    output.on('data', (chunk: Uint8Array) => this.#read(reader, chunk));
    output.pause();
  }

  /** Goes on until it is paused. */
  resume(): void {
    this.#process.output(0).resume();
  }

  /** Frames that are on their way may still be told. */
  pause(): void {
    this.#process.output(0).pause();
  }

  /** Gives the bytes of a picture back that is needed no more, so that a later one may lie there. */
  recycle(data: Uint8Array): void {
    if (data.length === this.#frameBytes && this.#spare.length < maxSpareBuffers) this.#spare.push(data);
  }

  /** Ends it at once; idempotent. */
  kill(): Promise<void> {
    return this.#process.kill();
  }

  #read(reader: NutReader, chunk: Uint8Array): void {
    try {
      reader.push(chunk);
    } catch {
      void this.#process.kill();
    }
  }
}

function pictureArguments(path: string, fit: PictureSize): string[] {
  return [
    ...`-threads 1 -copyts -max_pixels ${maxPixels}`.split(' '),
    ...fileInput(path),
    ...`-map 0:v:0 -filter_threads 1 -vf ${fitFilter(fit)} -fps_mode passthrough -c:v rawvideo`.split(' '),
    // Otherwise times are rounded to the frame rate that the stream claims.
    ...'-enc_time_base 1:1000'.split(' '),
    ...nutOutput,
  ];
}

function soundArguments(path: string): string[] {
  return [
    ...'-copyts -c:a libopus'.split(' '),
    ...fileInput(path),
    ...'-map 0:a:0 -filter_threads 1 -af aformat=sample_fmts=flt:channel_layouts=stereo -c:a pcm_f32le'.split(' '),
    ...nutOutput,
  ];
}

import type { CodedPicture, DecodedPicture, PictureCodec } from './coded-media.js';
import type { FfmpegFailed } from './ffmpeg-failed.js';
import { FfmpegProcess } from './ffmpeg-process.js';
import { MatroskaWriter } from './matroska-writer.js';
import { annexBOf } from './nal-units.js';
import { NutReader } from './nut-reader.js';
import { nutOutput } from './nut-output.js';
import { fitFilter, type PictureMatrix } from './picture-fit.js';
import type { PictureSize } from './picture-size.js';

/** How pictures are decoded. */
export interface PictureDecoderOptions {
  readonly ffmpegPath: string;
  readonly codec: PictureCodec;
  /** What every picture is fitted into, with black bars; both numbers even. */
  readonly fit: PictureSize;
  /** Of all pictures; default found out for each, at twice the cost. */
  readonly matrix?: PictureMatrix | undefined;
  /** Called in the order of decoding. */
  readonly onPicture: (picture: DecodedPicture) => void;
  /** What may wait for the decoder before pictures are refused, bytes. Default 4 MiB. */
  readonly maxQueuedBytes?: number;
}

const defaultMaxQueuedBytes = 4 << 20;
const maxPixels = 4096 * 4096;
const maxSpareBuffers = 8;
const needsAnnexB: readonly PictureCodec[] = ['h264', 'h265'];

/**
 * Decodes the pictures of one guest to one size, each with its time; other sizes and directions in mid-stream are fitted too. One that dies is
 * replaced by its owner.
 */
export class PictureDecoder {
  /** Resolves when the decoder is gone: with the reason, or with nothing after `close`. */
  readonly exited: Promise<FfmpegFailed | undefined>;

  readonly #options: PictureDecoderOptions;
  readonly #process: FfmpegProcess;
  readonly #reader: NutReader;
  readonly #writer: MatroskaWriter;
  readonly #pictureBytes: number;
  readonly #spare: Uint8Array[] = [];
  #isWaitingForKey = true;
  #isClosed = false;

  constructor(options: PictureDecoderOptions) {
    const { codec, fit, matrix } = options;
    this.#options = options;
    this.#pictureBytes = (fit.width * fit.height * 3) / 2;
    this.#process = new FfmpegProcess({ path: options.ffmpegPath, args: argumentsOf(fit, matrix) });
    this.exited = this.#process.exited;
    this.#reader = new NutReader({
      maxFrameBytes: this.#pictureBytes,
      onFrame: (timeMs, data) => this.#decoded(timeMs, data),
      allocate: (length) => this.#buffer(length),
    });
    this.#process.output(0).on('data', (chunk: Uint8Array) => this.#read(chunk));
    this.#writer = new MatroskaWriter([{ kind: 'video', codec, width: fit.width, height: fit.height }]);
    this.#process.input(0).write(this.#writer.header());
  }

  /** Process id of the ffmpeg. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** What waits for the decoder, bytes. */
  get queuedBytes(): number {
    return this.#process.input(0).writableLength;
  }

  /** User and system time of the ffmpeg, seconds. */
  cpuSeconds(): number {
    return this.#process.cpuSeconds();
  }

  /** Takes the next picture; false when it is refused, and then all are until a key frame that fits. The first has to be a key frame. */
  decode(picture: CodedPicture): boolean {
    if (this.#isClosed) return false;
    const limit = this.#options.maxQueuedBytes ?? defaultMaxQueuedBytes;
    if (this.queuedBytes > limit) this.#isWaitingForKey = true;
    if (this.#isWaitingForKey && (!picture.isKey || this.queuedBytes > limit)) return false;
    this.#isWaitingForKey = false;
    const data = needsAnnexB.includes(this.#options.codec) ? annexBOf(picture.data) : picture.data;
    this.#process.input(0).write(this.#writer.block(1, picture.timeMs, picture.isKey, data));
    return true;
  }

  /** Gives the bytes of a picture back that is needed no more, so that a later one may lie there. */
  recycle(data: Uint8Array): void {
    if (data.length === this.#pictureBytes && this.#spare.length < maxSpareBuffers) this.#spare.push(data);
  }

  /** Ends it; what is still in it comes out before. Idempotent. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#process.close();
  }

  /** Ends it at once; no picture comes any more. Idempotent. */
  kill(): Promise<void> {
    this.#isClosed = true;
    return this.#process.kill();
  }

  #read(chunk: Uint8Array): void {
    try {
      this.#reader.push(chunk);
    } catch {
      void this.#process.kill();
    }
  }

  #decoded(timeMs: number, data: Uint8Array): void {
    if (data.length !== this.#pictureBytes) return;
    this.#options.onPicture({ timeMs, width: this.#options.fit.width, height: this.#options.fit.height, data });
  }

  #buffer(length: number): Uint8Array {
    return (length === this.#pictureBytes ? this.#spare.pop() : undefined) ?? new Uint8Array(length);
  }
}

function argumentsOf(fit: PictureSize, matrix: PictureMatrix | undefined): string[] {
  return [
    // Without `-fflags nobuffer`: it drops what was read while probing, which is the first group of pictures.
    ...'-flags low_delay -probesize 32 -analyzeduration 0 -threads 1 -copyts'.split(' '),
    ...`-max_pixels ${maxPixels} -f matroska -i pipe:0 -map 0:v:0`.split(' '),
    ...`-filter_threads 1 -vf ${fitFilter(fit, matrix)} -fps_mode passthrough -c:v rawvideo`.split(' '),
    // Otherwise times are rounded to the frame rate that the stream claims.
    ...'-enc_time_base 1:1000'.split(' '),
    ...nutOutput,
  ];
}

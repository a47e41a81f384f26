import { type DecodedSound, FileDecoder, probe } from '@weir/ffmpeg';
import { LIMITER_DELAY, SAMPLE_RATE, type Size } from '@weir/stage';
import { AudioRing } from './audio-ring.js';
import type { ComposeFile } from './compose-options.js';
import { ComposeTrack } from './compose-track.js';
import { PictureQueue, type TimedPicture } from './picture-queue.js';

/** How a file of a guest is decoded. */
export interface OpenFileOptions {
  readonly ffmpegPath: string;
  /** The largest tile of the guest: pictures are decoded about as large. */
  readonly tile: Size;
  /** Ticks a second. */
  readonly frameRate: number;
  readonly log: (message: string) => void;
}

const MOST_PICTURES = 1000;
const PICTURES_AHEAD_MS = 60;
const SOUND_AHEAD_MS = 200;
// As in a live program: the limiter's delay, and that of the usual Opus encoder (RFC 7845 section 4.2).
const SOUND_SHIFT_MS = (LIMITER_DELAY * 1000) / SAMPLE_RATE + 6.5;

/** A file of a guest that is played back by program time, no faster than it is asked for. */
export class OpenFile {
  readonly startMs: number;
  readonly #options: OpenFileOptions;
  readonly #path: string;
  readonly #queue: PictureQueue;
  readonly #ring = new AudioRing();
  /** Sound that is decoded long before its time, as after a silence, would push out of the ring what is not heard yet. */
  readonly #waiting: DecodedSound[] = [];
  readonly #opened: Promise<void>;
  #pictures: ComposeTrack | undefined;
  #sound: ComposeTrack | undefined;

  constructor({ path, startSeconds }: ComposeFile, options: OpenFileOptions) {
    this.startMs = startSeconds * 1000;
    this.#options = options;
    this.#path = path;
    this.#queue = new PictureQueue({
      limit: MOST_PICTURES,
      tickMs: 1000 / options.frameRate,
      onFree: ({ data }) => this.#pictures?.recycle(data),
    });
    this.#opened = this.#open().catch((error: unknown) => options.log(`${path}: ${(error as Error).message}`));
  }

  /** The picture that was chosen last; the same object means the same picture. */
  get shown(): TimedPicture | undefined {
    return this.#queue.shown;
  }

  /** Program time up to which something of it was shown or could be heard. */
  lastMediaMs(nowMs: number): number {
    const soundMs = this.#sound === undefined || this.#sound.lastMs < nowMs ? this.#sound?.lastMs : nowMs;
    return Math.max(this.#queue.shown?.timeMs ?? -Infinity, soundMs ?? -Infinity);
  }

  /** Decodes what is needed for a tick and chooses its picture. */
  async advance(nowMs: number): Promise<void> {
    await this.#opened;
    await Promise.all([
      this.#pictures?.fill(nowMs + PICTURES_AHEAD_MS),
      this.#sound?.fill(nowMs + SOUND_SHIFT_MS + SOUND_AHEAD_MS),
    ]);
    const soonMs = nowMs + SOUND_SHIFT_MS + SOUND_AHEAD_MS;
    while (this.#waiting[0] !== undefined && this.#waiting[0].timeMs <= soonMs) {
      const { timeMs, samples } = this.#waiting.shift()!;
      this.#ring.write(timeMs, samples);
    }
    this.#queue.choose(nowMs);
  }

  /** Fills a block with the sound of the tick. */
  sound(nowMs: number, block: Float32Array): void {
    this.#ring.read(nowMs + SOUND_SHIFT_MS, block);
  }

  /** Ends its decoders; idempotent. */
  async close(): Promise<void> {
    await this.#opened;
    await Promise.all([this.#pictures?.close(), this.#sound?.close()]);
  }

  async #open(): Promise<void> {
    const { ffmpegPath, tile } = this.#options;
    const path = this.#path;
    const { streams } = await probe({ ffmpegPath, path });
    const video = streams.find(({ kind }) => kind === 'video');
    if (video !== undefined && video.width > 0 && video.height > 0) {
      const { width, height } = decodedSize(video, tile);
      this.#pictures = this.#feed({ width, height }, (timeMs, data) =>
        this.#queue.push({ timeMs, width, height, data }),
      );
    }
    if (!streams.some(({ kind }) => kind === 'audio')) return;
    this.#sound = this.#feed(undefined, (timeMs, data) => this.#waiting.push({ timeMs, samples: samplesOf(data) }));
  }

  #feed(fit: Size | undefined, take: (timeMs: number, data: Uint8Array) => unknown): ComposeTrack {
    const { ffmpegPath, log } = this.#options;
    const path = this.#path;
    return new ComposeTrack((onFrame) => new FileDecoder({ ffmpegPath, path, fit, onFrame }), {
      startMs: this.startMs,
      take,
      onFailure: (why) => log(`${path}: ${why}`),
    });
  }
}

/** As large as it has to be to fill the tile, and never larger than it is. */
function decodedSize({ width, height }: Size, tile: Size): Size {
  const scale = Math.min(1, Math.max(tile.width / width, tile.height / height));
  return { width: even(width * scale), height: even(height * scale) };
}

function even(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}

function samplesOf(data: Uint8Array): Float32Array {
  return new Float32Array(data.buffer, data.byteOffset, 2 * Math.floor(data.length / 8));
}

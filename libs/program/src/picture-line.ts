import {
  type CodedPicture,
  type DecodedPicture,
  type PictureCodec,
  PictureDecoder,
  type PictureMatrix,
} from '@weir/ffmpeg';
import type { Size } from '@weir/stage';
import { codedBytes } from './coded-bytes.js';
import type { CpuMeter } from './cpu-meter.js';
import { DecodeFit, type Tile } from './decode-fit.js';
import type { GuestFrame } from './guest-media.js';
import type { ProgramClock } from './program-clock.js';
import { matrixOf } from './picture-matrix.js';
import { RestartPause } from './restart-pause.js';

/** How the pictures of a guest are decoded. */
export interface PictureLineOptions {
  readonly ffmpegPath: string;
  /** What they are fitted into while the guest has no tile. */
  readonly fit: Size;
  readonly clock: Pick<ProgramClock, 'nowMs'>;
  readonly cpu: CpuMeter;
  readonly wantKeyFrame: () => void;
  /** Told of each picture once, with when its decoder was started; whoever needs it no more gives it back. */
  readonly onPicture: (picture: DecodedPicture, startedMs: number) => void;
  readonly log: (message: string) => void;
}

interface OpenPictures {
  readonly decoder: PictureDecoder;
  readonly codec: PictureCodec;
  readonly fit: Size;
  readonly matrix: PictureMatrix | undefined;
  readonly startedMs: number;
  /** When something was given to it that has not come out. */
  waitingSinceMs: number | undefined;
}

const STUCK_MS = 4000;
const REFIT_PAUSE_MS = 5000;

/**
 * The pictures of one guest, decoded about as large as they are shown: where that changes, another decoder starts beside the one there is, at a key
 * frame, and takes its place as soon as it is as far.
 */
export class PictureLine {
  readonly #options: PictureLineOptions;
  readonly #fit: DecodeFit;
  readonly #pause = new RestartPause();
  #open: OpenPictures | undefined;
  #next: OpenPictures | undefined;
  /** Of the newest key frame. */
  #matrix: PictureMatrix | undefined;
  #mayStartMs = 0;
  #mayRefitMs = 0;
  #toldMs = Number.NEGATIVE_INFINITY;
  #restarts = 0;
  #isClosed = false;

  constructor(options: PictureLineOptions) {
    this.#options = options;
    this.#fit = new DecodeFit(options.fit);
  }

  /** Decoders that died. */
  get restarts(): number {
    return this.#restarts;
  }

  /** The largest tile that the guest has; undefined for none. */
  set tile(tile: Tile | undefined) {
    this.#fit.tile = tile;
  }

  /** The next frame in the order of decoding. */
  frame(frame: GuestFrame): void {
    if (this.#isClosed || frame.codec === 'opus' || frame.codec === 'h265') return;
    if (this.#open !== undefined && this.#open.codec !== frame.codec) {
      void this.#open.decoder.kill();
      this.#open = undefined;
      this.#dropNext();
    }
    if (frame.isKey) {
      this.#fit.source = frame;
      this.#matrix = matrixOf(frame);
    }
    const now = this.#options.clock.nowMs();
    if (this.#open === undefined && frame.isKey && now >= this.#mayStartMs) this.#open = this.#start(frame.codec);
    if (this.#open !== undefined && frame.isKey) this.#refit(this.#open, now);
    const picture = { timeMs: frame.timeMs, isKey: frame.isKey, data: codedBytes(frame) };
    if (give(this.#open, picture, now)) give(this.#next, picture, now);
    else this.#options.wantKeyFrame();
  }

  /** Looks after the decoders; call it at every tick. */
  tick(): void {
    const now = this.#options.clock.nowMs();
    const open = this.#open;
    if (open !== undefined && isStuck(open, now)) {
      this.#lose(open.decoder, 'nothing comes out');
      void open.decoder.kill();
    }
    if (this.#next !== undefined && isStuck(this.#next, now)) this.#dropNext();
    if (open !== undefined && this.#mayRefit(open, now)) this.#options.wantKeyFrame();
  }

  /** Takes the bytes of a picture back. */
  recycle(data: Uint8Array): void {
    this.#open?.decoder.recycle(data);
  }

  /** Ends its decoders; idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#open?.decoder.kill(), this.#next?.decoder.kill()]);
  }

  #mayRefit(open: OpenPictures, nowMs: number): boolean {
    const isOther = open.matrix !== this.#matrix || this.#fit.isDue(open.fit, nowMs);
    return isOther && this.#next === undefined && nowMs >= this.#mayRefitMs;
  }

  #refit(open: OpenPictures, nowMs: number): void {
    if (this.#mayRefit(open, nowMs)) this.#next = this.#start(open.codec);
  }

  #start(codec: PictureCodec): OpenPictures {
    const { ffmpegPath, clock } = this.#options;
    const fit = this.#fit.wanted();
    const matrix = this.#matrix;
    const decoder = new PictureDecoder({
      ffmpegPath,
      codec,
      fit,
      matrix,
      onPicture: (picture) => this.#take(open, picture),
    });
    const open: OpenPictures = { decoder, codec, fit, matrix, startedMs: clock.nowMs(), waitingSinceMs: undefined };
    void this.#watch(decoder);
    return open;
  }

  #take(open: OpenPictures, picture: DecodedPicture): void {
    open.waitingSinceMs = undefined;
    if (open === this.#next && picture.timeMs >= this.#toldMs) {
      void this.#open?.decoder.kill();
      this.#open = open;
      this.#next = undefined;
    }
    if (open !== this.#open || picture.timeMs === this.#toldMs) {
      open.decoder.recycle(picture.data);
      return;
    }
    this.#toldMs = picture.timeMs;
    this.#options.onPicture(picture, open.startedMs);
  }

  #dropNext(): void {
    if (this.#next === undefined) return;
    this.#mayRefitMs = this.#options.clock.nowMs() + REFIT_PAUSE_MS;
    void this.#next.decoder.kill();
    this.#next = undefined;
  }

  async #watch(decoder: PictureDecoder): Promise<void> {
    const { cpu, clock, log } = this.#options;
    log(`decoder of pictures started, ffmpeg ${decoder.pid ?? 'missing'}`);
    this.#pause.started(clock.nowMs());
    cpu.add(decoder);
    const failed = await decoder.exited;
    cpu.remove(decoder);
    this.#lose(decoder, failed?.message ?? 'it ended by itself');
  }

  #lose(decoder: PictureDecoder, why: string): void {
    if (decoder === this.#next?.decoder) this.#dropNext();
    if (decoder !== this.#open?.decoder || this.#isClosed) return;
    const now = this.#options.clock.nowMs();
    // The other one has what it needs already.
    this.#open = this.#next;
    this.#next = undefined;
    this.#mayStartMs = now + this.#pause.died(now);
    this.#restarts += 1;
    this.#options.log(`decoder of pictures lost: ${why}`);
    this.#options.wantKeyFrame();
  }
}

function give(open: OpenPictures | undefined, picture: CodedPicture, nowMs: number): boolean {
  const isTaken = open?.decoder.decode(picture) ?? false;
  if (isTaken) open!.waitingSinceMs ??= nowMs;
  return isTaken;
}

function isStuck({ waitingSinceMs }: OpenPictures, nowMs: number): boolean {
  return waitingSinceMs !== undefined && nowMs - waitingSinceMs >= STUCK_MS;
}

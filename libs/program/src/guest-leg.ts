import { type CodedPicture, type DecodedPicture, type PictureCodec, PictureDecoder, SoundDecoder } from '@weir/ffmpeg';
import { LIMITER_DELAY, SAMPLE_RATE, type Size } from '@weir/stage';
import { AudioRing } from './audio-ring.js';
import { codedBytes } from './coded-bytes.js';
import type { CpuMeter } from './cpu-meter.js';
import { DecodeFit, type Tile } from './decode-fit.js';
import type { GuestFrame } from './guest-media.js';
import { PictureQueue, type TimedPicture } from './picture-queue.js';
import { PlayoutDelay } from './playout-delay.js';
import type { ProgramClock } from './program-clock.js';
import { RestartPause } from './restart-pause.js';

/** How a guest is decoded. */
export interface GuestLegOptions {
  readonly ffmpegPath: string;
  /** What its pictures are fitted into while it has no tile. */
  readonly fit: Size;
  /** Ticks a second. */
  readonly frameRate: number;
  readonly clock: Pick<ProgramClock, 'nowMs'>;
  readonly cpu: CpuMeter;
  readonly wantKeyFrame: () => void;
  /** Its first picture was decoded. */
  readonly onFirstPicture: () => void;
  readonly log: (message: string) => void;
}

interface Decoder {
  readonly exited: Promise<Error | undefined>;
  readonly pid: number | undefined;
  cpuSeconds(): number;
  kill(): Promise<void>;
}

interface OpenPictures {
  readonly decoder: PictureDecoder;
  readonly codec: PictureCodec;
  readonly fit: Size;
  readonly startedMs: number;
  /** When something was given to it that has not come out. */
  waitingSinceMs: number | undefined;
}

const WAITING_PICTURES = 45;
const SETTLING_MS = 2000;
const STUCK_MS = 4000;
const REFIT_PAUSE_MS = 5000;
const LIMITER_DELAY_MS = (LIMITER_DELAY * 1000) / SAMPLE_RATE;
/** What comes out of a decoder went into the usual encoder this much before its time: 312 samples (RFC 7845 section 4.2). */
const OPUS_DELAY_MS = 6.5;
/** Sound is taken so much ahead of its time. */
const SOUND_AHEAD_MS = LIMITER_DELAY_MS + OPUS_DELAY_MS;

/** One guest from coded frames to the picture and the sound of each tick. */
export class GuestLeg {
  readonly #options: GuestLegOptions;
  readonly #queue: PictureQueue;
  readonly #ring = new AudioRing();
  readonly #delay = new PlayoutDelay();
  readonly #pauses = { pictures: new RestartPause(), sound: new RestartPause() };
  readonly #mayStartMs = { pictures: 0, sound: 0 };
  readonly #fit: DecodeFit;
  #pictures: OpenPictures | undefined;
  /** Decodes beside the other, to another size, until it is as far. */
  #next: OpenPictures | undefined;
  #mayRefitMs = 0;
  #pictureMs = Number.NEGATIVE_INFINITY;
  #pushedMs = Number.NEGATIVE_INFINITY;
  #sound: { readonly decoder: SoundDecoder; readonly startedMs: number } | undefined;
  #decoded = 0;
  #restarts = 0;
  /** Pictures of before are not shown any more. */
  #forgottenMs = 0;
  #isClosed = false;

  constructor(options: GuestLegOptions) {
    this.#options = options;
    this.#fit = new DecodeFit(options.fit);
    this.#queue = new PictureQueue({
      limit: WAITING_PICTURES,
      tickMs: 1000 / options.frameRate,
      onFree: ({ data }) => this.#pictures?.decoder.recycle(data),
    });
  }

  get framesDecoded(): number {
    return this.#decoded;
  }

  get framesRepeated(): number {
    return this.#queue.repeated;
  }

  get decoderRestarts(): number {
    return this.#restarts;
  }

  /** The picture that was chosen last. */
  get shown(): TimedPicture | undefined {
    return this.#queue.shown;
  }

  /** When the last picture was decoded, program milliseconds. */
  get pictureMs(): number {
    return this.#pictureMs;
  }

  /** What its pictures are decoded to now; undefined while they are not. */
  get decodedSize(): Size | undefined {
    return this.#pictures?.fit;
  }

  /** The largest tile that it has, to which it is decoded from a key frame on; without one it is fitted into the canvas. */
  set tile(tile: Tile | undefined) {
    this.#fit.tile = tile;
  }

  /** Milliseconds that it is played behind. */
  get delayMs(): number {
    return this.#delay.at(this.#options.clock.nowMs());
  }

  /** The next frame of either track, in the order of decoding. */
  frame(frame: GuestFrame): void {
    if (this.#isClosed) return;
    if (frame.kind === 'audio') this.#decodeSound(frame);
    else this.#decodePicture(frame);
  }

  /** Looks after the decoders; call it at every tick. */
  tick(): void {
    const now = this.#options.clock.nowMs();
    const open = this.#pictures;
    if (open !== undefined && isStuck(open, now)) {
      this.#lose('pictures', open.decoder, 'nothing comes out');
      void open.decoder.kill();
    }
    if (this.#next !== undefined && isStuck(this.#next, now)) this.#dropNext();
    if (open !== undefined && this.#next === undefined && this.#fit.isDue(open.fit, now) && now > this.#mayRefitMs)
      this.#options.wantKeyFrame();
  }

  /** Chooses the picture of a tick, the same again when there is no newer one. `shownMs` is the time that would be shown without a delay. */
  choose(shownMs: number): void {
    this.#queue.choose(shownMs - this.delayMs);
  }

  /** Fills a block with the sound for a tick. */
  sound(shownMs: number, block: Float32Array): void {
    this.#ring.read(shownMs - this.delayMs + SOUND_AHEAD_MS, block);
  }

  /** What was shown and heard is over: nothing of it is shown again. */
  forget(): void {
    this.#forgottenMs = this.#options.clock.nowMs();
    this.#queue.reset();
    this.#ring.clear();
    this.#delay.forget();
    this.#pictureMs = Number.NEGATIVE_INFINITY;
  }

  /** Ends its decoders; idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#pictures?.decoder.kill(), this.#next?.decoder.kill(), this.#sound?.decoder.kill()]);
  }

  #decodePicture(frame: GuestFrame): void {
    if (frame.codec === 'opus' || frame.codec === 'h265') return;
    if (this.#pictures !== undefined && this.#pictures.codec !== frame.codec) {
      void this.#pictures.decoder.kill();
      this.#pictures = undefined;
      this.#dropNext();
    }
    if (frame.isKey) this.#fit.source = frame;
    const picture = { timeMs: frame.timeMs, isKey: frame.isKey, data: codedBytes(frame) };
    const open = this.#pictures ?? (frame.isKey ? this.#startPictures(frame.codec) : undefined);
    if (frame.isKey && open !== undefined) this.#refit(open);
    if (give(open, picture, this.#options.clock.nowMs())) give(this.#next, picture, this.#options.clock.nowMs());
    else this.#options.wantKeyFrame();
  }

  #startPictures(codec: PictureCodec): OpenPictures | undefined {
    const now = this.#options.clock.nowMs();
    if (now < this.#mayStartMs.pictures) return undefined;
    this.#pictures = this.#openPictures(codec, this.#fit.wanted());
    return this.#pictures;
  }

  /** At a key frame another decoder may begin beside the one there is. */
  #refit(open: OpenPictures): void {
    const now = this.#options.clock.nowMs();
    if (this.#next !== undefined || now < this.#mayRefitMs || !this.#fit.isDue(open.fit, now)) return;
    this.#next = this.#openPictures(open.codec, this.#fit.wanted());
  }

  #openPictures(codec: PictureCodec, fit: Size): OpenPictures {
    const startedMs = this.#options.clock.nowMs();
    const decoder = new PictureDecoder({
      ffmpegPath: this.#options.ffmpegPath,
      codec,
      fit,
      onPicture: (picture) => this.#take(open, picture),
    });
    const open: OpenPictures = { decoder, codec, fit, startedMs, waitingSinceMs: undefined };
    void this.#watch('pictures', decoder);
    return open;
  }

  #take(open: OpenPictures, picture: DecodedPicture): void {
    open.waitingSinceMs = undefined;
    if (open === this.#next && picture.timeMs >= this.#pushedMs) this.#promote(open);
    if (open !== this.#pictures || picture.timeMs === this.#pushedMs) {
      open.decoder.recycle(picture.data);
      return;
    }
    this.#decoded += 1;
    this.#pictureMs = this.#options.clock.nowMs();
    this.#pushedMs = picture.timeMs;
    this.#observe(picture.timeMs, open.startedMs);
    if (picture.timeMs < this.#forgottenMs) open.decoder.recycle(picture.data);
    else this.#queue.push(picture);
    if (this.#decoded === 1) this.#options.onFirstPicture();
  }

  /** The decoder of another size is as far as the one there was, and takes its place. */
  #promote(open: OpenPictures): void {
    void this.#pictures?.decoder.kill();
    this.#pictures = open;
    this.#next = undefined;
  }

  #dropNext(): void {
    if (this.#next === undefined) return;
    this.#mayRefitMs = this.#options.clock.nowMs() + REFIT_PAUSE_MS;
    void this.#next.decoder.kill();
    this.#next = undefined;
  }

  #decodeSound(frame: GuestFrame): void {
    const open = this.#sound ?? this.#openSound();
    open?.decoder.decode({ timeMs: frame.timeMs, data: frame.units[0]! });
  }

  #openSound(): { readonly decoder: SoundDecoder; readonly startedMs: number } | undefined {
    const { ffmpegPath, clock, frameRate } = this.#options;
    const startedMs = clock.nowMs();
    if (startedMs < this.#mayStartMs.sound) return undefined;
    // A tick takes sound of its whole length.
    const neededMs = 1000 / frameRate + SOUND_AHEAD_MS;
    const decoder = new SoundDecoder({
      ffmpegPath,
      onSound: ({ timeMs, samples }) => {
        if (this.#sound !== open) return;
        this.#observe(timeMs - neededMs, startedMs);
        this.#ring.write(timeMs, samples);
      },
    });
    const open = { decoder, startedMs };
    this.#sound = open;
    void this.#watch('sound', decoder);
    return open;
  }

  #observe(timeMs: number, startedMs: number): void {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs - startedMs > SETTLING_MS) this.#delay.observe(nowMs - timeMs);
  }

  async #watch(which: 'pictures' | 'sound', decoder: Decoder): Promise<void> {
    const { cpu, clock, log } = this.#options;
    log(`decoder of ${which} started, ffmpeg ${decoder.pid ?? 'missing'}`);
    this.#pauses[which].started(clock.nowMs());
    cpu.add(decoder);
    const failed = await decoder.exited;
    cpu.remove(decoder);
    this.#lose(which, decoder, failed?.message ?? 'it ended by itself');
  }

  #lose(which: 'pictures' | 'sound', decoder: Decoder, why: string): void {
    if (decoder === this.#next?.decoder) this.#dropNext();
    const isCurrent = decoder === (which === 'pictures' ? this.#pictures?.decoder : this.#sound?.decoder);
    if (!isCurrent || this.#isClosed) return;
    if (which === 'pictures') {
      // The other one has what it needs already.
      this.#pictures = this.#next;
      this.#next = undefined;
    } else this.#sound = undefined;
    const now = this.#options.clock.nowMs();
    this.#mayStartMs[which] = now + this.#pauses[which].died(now);
    this.#restarts += 1;
    this.#options.log(`decoder of ${which} lost: ${why}`);
    if (which === 'pictures') this.#options.wantKeyFrame();
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

import { type DecodedPicture, SoundDecoder } from '@weir/ffmpeg';
import { LIMITER_DELAY, SAMPLE_RATE, type Size } from '@weir/stage';
import { AudioRing } from './audio-ring.js';
import type { CpuMeter } from './cpu-meter.js';
import type { Tile } from './decode-fit.js';
import type { GuestFrame } from './guest-media.js';
import { PictureLine } from './picture-line.js';
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

const WAITING_PICTURES = 45;
const SETTLING_MS = 2000;
const LIMITER_DELAY_MS = (LIMITER_DELAY * 1000) / SAMPLE_RATE;
/** What comes out of a decoder went into the usual encoder this much before its time: 312 samples (RFC 7845 section 4.2). */
const OPUS_DELAY_MS = 6.5;
/** Sound is taken so much ahead of its time. */
const SOUND_AHEAD_MS = LIMITER_DELAY_MS + OPUS_DELAY_MS;

/** One guest from coded frames to the picture and the sound of each tick. */
export class GuestLeg {
  readonly #options: GuestLegOptions;
  readonly #pictures: PictureLine;
  readonly #queue: PictureQueue;
  readonly #ring = new AudioRing();
  readonly #delay = new PlayoutDelay();
  readonly #soundPause = new RestartPause();
  #sound: { readonly decoder: SoundDecoder; readonly startedMs: number } | undefined;
  #maySoundMs = 0;
  #pictureMs = Number.NEGATIVE_INFINITY;
  #decoded = 0;
  #soundRestarts = 0;
  /** Pictures of before are not shown any more. */
  #forgottenMs = 0;
  #isClosed = false;

  constructor(options: GuestLegOptions) {
    this.#options = options;
    this.#pictures = new PictureLine({
      ...options,
      onPicture: (picture, startedMs) => this.#take(picture, startedMs),
    });
    this.#queue = new PictureQueue({
      limit: WAITING_PICTURES,
      tickMs: 1000 / options.frameRate,
      onFree: ({ data }) => this.#pictures.recycle(data),
    });
  }

  get framesDecoded(): number {
    return this.#decoded;
  }

  get framesRepeated(): number {
    return this.#queue.repeated;
  }

  get decoderRestarts(): number {
    return this.#pictures.restarts + this.#soundRestarts;
  }

  /** The picture that was chosen last. */
  get shown(): TimedPicture | undefined {
    return this.#queue.shown;
  }

  /** When the last picture was decoded, program milliseconds. */
  get pictureMs(): number {
    return this.#pictureMs;
  }

  /** The largest tile that it has, to which it is decoded from a key frame on; without one it is fitted into the canvas. */
  set tile(tile: Tile | undefined) {
    this.#pictures.tile = tile;
  }

  /** Milliseconds that it is played behind. */
  get delayMs(): number {
    return this.#delay.at(this.#options.clock.nowMs());
  }

  /** The next frame of either track, in the order of decoding. */
  frame(frame: GuestFrame): void {
    if (this.#isClosed) return;
    if (frame.kind === 'audio') this.#decodeSound(frame);
    else this.#pictures.frame(frame);
  }

  /** Looks after the decoders; call it at every tick. */
  tick(): void {
    this.#pictures.tick();
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
    await Promise.all([this.#pictures.close(), this.#sound?.decoder.kill()]);
  }

  #take(picture: DecodedPicture, startedMs: number): void {
    this.#decoded += 1;
    this.#pictureMs = this.#options.clock.nowMs();
    this.#observe(picture.timeMs, startedMs);
    if (picture.timeMs < this.#forgottenMs) this.#pictures.recycle(picture.data);
    else this.#queue.push(picture);
    if (this.#decoded === 1) this.#options.onFirstPicture();
  }

  #decodeSound(frame: GuestFrame): void {
    const open = this.#sound ?? this.#openSound();
    open?.decoder.decode({ timeMs: frame.timeMs, data: frame.units[0]! });
  }

  #openSound(): { readonly decoder: SoundDecoder; readonly startedMs: number } | undefined {
    const { ffmpegPath, clock, frameRate } = this.#options;
    const startedMs = clock.nowMs();
    if (startedMs < this.#maySoundMs) return undefined;
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
    void this.#watchSound(decoder);
    return open;
  }

  #observe(timeMs: number, startedMs: number): void {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs - startedMs > SETTLING_MS) this.#delay.observe(nowMs - timeMs);
  }

  async #watchSound(decoder: SoundDecoder): Promise<void> {
    const { cpu, clock, log } = this.#options;
    log(`decoder of sound started, ffmpeg ${decoder.pid ?? 'missing'}`);
    this.#soundPause.started(clock.nowMs());
    cpu.add(decoder);
    const failed = await decoder.exited;
    cpu.remove(decoder);
    if (decoder !== this.#sound?.decoder || this.#isClosed) return;
    this.#sound = undefined;
    const now = clock.nowMs();
    this.#maySoundMs = now + this.#soundPause.died(now);
    this.#soundRestarts += 1;
    log(`decoder of sound lost: ${failed?.message ?? 'it ended by itself'}`);
  }
}

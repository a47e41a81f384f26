import { splitAnnexB } from '@weir/rtp';
import type { Arrangement, JournalEvent, Scene, Size, StageStanding } from '@weir/stage';
import { EncoderLeg } from './encoder-leg.js';
import type { GuestLeg } from './guest-leg.js';
import type { GuestMedia } from './guest-media.js';
import type { ImageShelf } from './image-shelf.js';
import type { LegSurroundings } from './leg.js';
import { Metronome } from './metronome.js';
import { Mixer } from './mixer.js';
import { OverloadGuard } from './overload-guard.js';
import { FIRST_DELAY_MS } from './playout-delay.js';
import { PosterMaker } from './poster-maker.js';
import { PICTURE_RATE } from './real-time-output.js';
import { RealTimeSound } from './real-time-sound.js';
import type { RunPosition } from './run-output.js';
import { SoloDirector } from './solo-director.js';
import { StageArt } from './stage-art.js';
import { StageShow } from './stage-show.js';

const IDR = 5;

/** A guest that the bus can show. */
export interface BusGuest {
  readonly name: string;
  readonly media: GuestMedia;
  /** Undefined until something of it was decoded. */
  readonly leg: GuestLeg | undefined;
}

/** What a bus works with. */
export interface BusOptions {
  readonly around: LegSurroundings;
  readonly ffmpegPath: string;
  readonly canvas: Size;
  readonly title: string;
  readonly images: ImageShelf;
  readonly arrangement: Arrangement | undefined;
  /** All guests; without an arrangement the first is the one on the stage. */
  readonly guests: () => readonly BusGuest[];
}

/** One clock for picture and sound: every tick one picture and its share of sound, whatever the guests do. */
export class Bus {
  readonly encoder: EncoderLeg;
  readonly #options: BusOptions;
  readonly #director: SoloDirector;
  readonly #mixer: Mixer;
  readonly #metronome: Metronome;
  readonly #guard = new OverloadGuard();
  readonly #poster: PosterMaker;
  readonly #art: StageArt;
  readonly #realTimeSound: RealTimeSound;
  #title: string;
  #show: StageShow | undefined;
  #scene: Scene;
  #seconds: number;
  #shownMs = 0;
  #guests: readonly BusGuest[] = [];
  #picture: Uint8Array | undefined;
  #isOnSlate = true;
  #canDropRungs = true;

  constructor(options: BusOptions) {
    const { around, ffmpegPath, canvas, title } = options;
    const { clock, notBeforeSeconds } = around;
    const { frameRate, ladder, profile, originMs } = around.options;
    this.#options = options;
    this.#title = title;
    this.#director = new SoloDirector(canvas, title);
    this.#scene = this.#director.scene(undefined);
    this.#art = new StageArt(canvas, options.images);
    this.#poster = new PosterMaker(ffmpegPath, (jpeg) => around.report({ type: 'poster', jpeg }));
    this.#mixer = new Mixer(canvas, frameRate, {
      picture: (source, layer) =>
        source.type === 'guest' ? this.#guest(source.guest)?.leg?.shown : this.#art.picture(layer),
      sound: (guest, block) => this.#sound(guest, block),
    });
    const nowMs = (): number => clock.nowMs();
    const onPicture = (tick: number, accessUnit: Uint8Array): void => this.#coded(tick, accessUnit);
    this.encoder = new EncoderLeg({ ...around, ffmpegPath, canvas, frameRate, ladder, profile, nowMs, onPicture });
    const log = (message: string): void => around.report({ type: 'log', level: 'info', message });
    this.#realTimeSound = new RealTimeSound({ ...around, ffmpegPath, frameRate, output: around.realTime, nowMs, log });
    const soonestMs = Math.max(nowMs() - FIRST_DELAY_MS, notBeforeSeconds * 1000, 0);
    const firstTick = Math.ceil((soonestMs * frameRate) / 1000);
    this.#seconds = firstTick / frameRate;
    this.#metronome = new Metronome({
      clock,
      frameRate,
      delayMs: FIRST_DELAY_MS,
      firstTick,
      onTick: (tick, lagMs) => this.#tick(tick, lagMs),
      onJump: () => this.encoder.restart(),
    });
    // Drawn now, it does not make a tick late.
    for (const layer of this.#scene.layers) this.#art.picture(layer);
    this.#journal({ type: 'opened', originMs, canvas, frameRate });
    this.arrange(options.arrangement);
    this.#metronome.start();
  }

  get isOnSlate(): boolean {
    return this.#isOnSlate;
  }

  /** Program time of the next tick. */
  get endSeconds(): number {
    return this.#metronome.nextTick / this.#options.around.options.frameRate;
  }

  /** The title on the slate from now on. */
  title(title: string): void {
    this.#title = title;
    this.#director.title = title;
    if (this.#show !== undefined) this.#show.title = title;
  }

  /** What is on the stage from the next tick on; undefined for the first guest alone. */
  arrange(arrangement: Arrangement | undefined): void {
    if (arrangement === undefined) this.#endShow();
    else if (this.#show !== undefined) this.#show.arrangement = arrangement;
    else
      this.#show = new StageShow({
        canvas: this.#options.canvas,
        title: this.#title,
        arrangement,
        journal: (event) => this.#journal(event),
        onAway: (guest) => this.#guest(guest)?.leg?.forget(),
      });
  }

  /** How loud a guest is now, decibels below overload. */
  level(guest: string, level: number): void {
    this.#show?.level(guest, level, this.#options.around.clock.nowMs());
  }

  /** Ticks no more; resolves, when everything was told, with the position behind it. Idempotent. */
  close(): Promise<RunPosition> {
    this.#metronome.stop();
    this.#poster.close();
    this.#realTimeSound.close();
    return this.encoder.close();
  }

  #tick(tick: number, lagMs: number): void {
    const { clock, tickLags, options } = this.#options.around;
    const now = clock.nowMs();
    tickLags.add(lagMs);
    this.#seconds = tick / options.frameRate;
    this.#shownMs = this.#seconds * 1000 + FIRST_DELAY_MS;
    this.#guests = this.#options.guests();
    for (const { leg } of this.#guests) leg?.tick();
    const isStrained = this.#guard.isStrained(this.encoder.queuedPictures, lagMs);
    // The same picture again costs the encoder little.
    if (!isStrained || this.#picture === undefined) this.#draw(now);
    const sound = this.#mixer.sound(this.#scene);
    const isFirst = this.encoder.write(tick, this.#picture!, sound);
    this.#realTimeSound.write(tick, sound);
    if (isFirst) this.#guard.started(now);
    if (this.#guard.observe(now, this.encoder.queuedPictures, lagMs)) this.#relieve(now);
    if (this.#poster.isDue(now)) this.#poster.take({ ...this.#options.canvas, data: this.#picture! }, now);
  }

  #coded(tick: number, accessUnit: Uint8Array): void {
    const { realTime, options } = this.#options.around;
    const units = splitAnnexB(accessUnit);
    const isKey = units.some((unit) => (unit[0]! & 0x1f) === IDR);
    realTime.picture({ at: Math.round((tick * PICTURE_RATE) / options.frameRate), isKey, units });
  }

  #draw(now: number): void {
    const isOnSlate = this.#show === undefined ? this.#directSolo(now) : this.#directShow(this.#show, now);
    this.#picture = this.#mixer.picture(this.#scene);
    if (isOnSlate === this.#isOnSlate) return;
    this.#isOnSlate = isOnSlate;
    this.#poster.hasten();
    this.#options.around.changed();
  }

  #directSolo(now: number): boolean {
    const [guest] = this.#guests;
    guest?.leg?.choose(this.#shownMs);
    const wasAway = this.#director.isAway;
    this.#scene = this.#director.scene(guest && standingOf(guest, now));
    if (this.#director.isAway && !wasAway) guest?.leg?.forget();
    return this.#director.isOnSlate;
  }

  #directShow(show: StageShow, now: number): boolean {
    for (const { leg } of this.#guests) leg?.choose(this.#shownMs);
    const { tiles } = show;
    this.#scene = show.scene(
      now,
      this.#guests.map((guest) => standingOf(guest, now)),
    );
    if (show.tiles !== tiles) {
      // Whoever has no tile keeps the size it had: it may come back soon.
      for (const { name, leg } of this.#guests) {
        const tile = show.tiles.get(name);
        if (leg !== undefined && tile !== undefined) leg.tile = tile;
      }
    }
    return show.isOnSlate;
  }

  #endShow(): void {
    if (this.#show === undefined) return;
    this.#show = undefined;
    for (const { leg } of this.#guests) if (leg !== undefined) leg.tile = undefined;
    this.#journal({ type: 'arrangement', arrangement: null });
  }

  #guest(name: string): BusGuest | undefined {
    return this.#guests.find((guest) => guest.name === name);
  }

  #sound(guest: string, block: Float32Array): void {
    const leg = this.#guest(guest)?.leg;
    if (leg === undefined) {
      block.fill(0);
      return;
    }
    leg.sound(this.#shownMs, block);
    this.#show?.heard(guest, block, this.#options.around.clock.nowMs());
  }

  #journal(event: JournalEvent): void {
    this.#options.around.report({ type: 'journal', entry: { seconds: this.#seconds, ...event } });
  }

  #relieve(now: number): void {
    const { report } = this.#options.around;
    if (this.encoder.dropRung()) {
      report({ type: 'log', level: 'warn', message: 'the encoder cannot keep up: a rung is given up' });
      return;
    }
    this.#guard.started(now);
    if (!this.#canDropRungs) return;
    this.#canDropRungs = false;
    report({ type: 'log', level: 'error', message: 'the encoder cannot keep up with a single rung' });
  }
}

function standingOf({ name, media, leg }: BusGuest, nowMs: number): StageStanding {
  return {
    name,
    isGone: media.isGone,
    silentMs: nowMs - media.lastMediaMs,
    hasPicture: leg?.shown !== undefined,
    pictureAgeMs: leg === undefined ? Infinity : nowMs - leg.pictureMs,
  };
}

import { arrangedScene, type Arrangement, canvasSize, type Size } from '@weir/stage';
import { Bus, type BusGuest } from './bus.js';
import type { Tile } from './decode-fit.js';
import { GuestLeg } from './guest-leg.js';
import type { GuestFrame } from './guest-media.js';
import type { Leg, LegFigures, LegSurroundings } from './leg.js';
import type { RunPosition } from './run-output.js';

const FIRST_PICTURE_MS = 1000;
const PRESENT_MS = 1000;
const DECODING_MS = 600;
/** Somebody who is taken off the stage may be brought back at once. */
const KEPT_MS = 5000;

/**
 * The program mode: guests decoded, mixed at a constant rate, and encoded as a ladder. Its canvas is chosen once: after the first picture, or as the
 * highest rung where it begins with an arrangement, of which only those on the stage are decoded.
 */
export class StageLeg implements Leg {
  readonly #around: LegSurroundings;
  readonly #ffmpegPath: string;
  readonly #guestLegs = new Map<string, GuestLeg>();
  /** Sound that came before there was a canvas. */
  readonly #early: [string, GuestFrame][] = [];
  /** Legs of guests who are not on the stage any more, and when that was seen. */
  readonly #leaving = new Map<string, number>();
  readonly #past = { framesDecoded: 0, framesRepeated: 0, decoderRestarts: 0 };
  #title: string;
  #arrangement: Arrangement | undefined;
  #startTimer: NodeJS.Timeout;
  #canvas: Size | undefined;
  #bus: Bus | undefined;
  #closing: Promise<RunPosition> | undefined;

  constructor(around: LegSurroundings, ffmpegPath: string) {
    this.#around = around;
    this.#ffmpegPath = ffmpegPath;
    this.#title = around.options.title;
    this.#arrangement = around.options.arrangement;
    const awaitedMs = this.#isAnybodyThere ? FIRST_PICTURE_MS : 0;
    this.#startTimer = setTimeout(() => this.#startWithoutPicture(), awaitedMs);
    if (this.#arrangement !== undefined) this.#choose(undefined);
  }

  /** Whether a guest may come any moment; not when all that there were are away. */
  get #isAnybodyThere(): boolean {
    const { guests, clock } = this.#around;
    const now = clock.nowMs();
    return (
      guests.size === 0 || [...guests.values()].some((media) => now - media.lastMediaMs < PRESENT_MS && !media.isGone)
    );
  }

  get isOnSlate(): boolean {
    return this.#bus?.isOnSlate ?? true;
  }

  get droppedRungs(): readonly string[] {
    return this.#bus?.encoder.droppedRungs ?? [];
  }

  get reason(): string | undefined {
    const failure = this.#bus?.encoder.failure;
    if (failure !== undefined) return `The encoder cannot be run: ${failure}.`;
    if (this.droppedRungs.length === 0) return undefined;
    return `This machine cannot encode all rungs in time: ${this.droppedRungs.join(' and ')} had to be given up.`;
  }

  get endSeconds(): number {
    return this.#bus?.endSeconds ?? this.#around.notBeforeSeconds;
  }

  get figures(): LegFigures {
    const legs = [...this.#guestLegs.values()];
    const sum = (of: (leg: GuestLeg) => number): number => legs.reduce((total, leg) => total + of(leg), 0);
    return {
      encoderQueue: this.#bus?.encoder.queuedPictures ?? 0,
      framesDecoded: this.#past.framesDecoded + sum((leg) => leg.framesDecoded),
      framesRepeated: this.#past.framesRepeated + sum((leg) => leg.framesRepeated),
      encoderRestarts: this.#bus?.encoder.restarts ?? 0,
      decoderRestarts: this.#past.decoderRestarts + sum((leg) => leg.decoderRestarts),
    };
  }

  frame(guest: string, frame: GuestFrame): void {
    if (this.#closing !== undefined || !this.#isDecoded(guest)) return;
    if (this.#canvas === undefined && frame.kind === 'video' && frame.isKey) this.#choose(frame);
    if (this.#canvas !== undefined) this.#guestLeg(guest, this.#canvas).frame(frame);
    else if (frame.kind === 'audio') this.#early.push([guest, frame]);
  }

  gone(): void {
    // For how long a guest is silent is seen at each tick.
  }

  title(title: string): void {
    this.#title = title;
    this.#bus?.title(title);
  }

  arrange(arrangement: Arrangement | undefined): void {
    this.#arrangement = arrangement;
    if (arrangement !== undefined && this.#canvas === undefined) this.#choose(undefined);
    this.#bus?.arrange(arrangement);
  }

  level(guest: string, level: number): void {
    this.#bus?.level(guest, level);
  }

  close(): Promise<RunPosition> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<RunPosition> {
    clearTimeout(this.#startTimer);
    const [position] = await Promise.all([
      this.#bus?.close() ?? this.#around.position,
      ...[...this.#guestLegs.values()].map((leg) => leg.close()),
    ]);
    return position;
  }

  #choose(picture: Size | undefined): void {
    const heights = this.#around.options.ladder.map(({ height }) => height);
    const canvas = canvasSize(picture?.width ? picture : undefined, heights);
    this.#canvas = canvas;
    for (const [guest, frame] of this.#early.splice(0)) this.#guestLeg(guest, canvas).frame(frame);
  }

  /** Those on the stage are, and for a while those who have left it. */
  #isDecoded(guest: string): boolean {
    if (this.#isOnStage(guest)) {
      this.#leaving.delete(guest);
      return true;
    }
    if (!this.#guestLegs.has(guest)) return false;
    const now = this.#around.clock.nowMs();
    const sinceMs = this.#leaving.get(guest);
    if (sinceMs === undefined) this.#leaving.set(guest, now);
    return sinceMs === undefined || now - sinceMs < KEPT_MS;
  }

  #isOnStage(guest: string): boolean {
    if (this.#arrangement !== undefined) return this.#arrangement.guests.some((one) => one.guest === guest);
    const [first] = this.#around.guests.keys();
    return guest === first;
  }

  /** Ends the decoders of those who have left the stage. */
  #sweep(): void {
    const now = this.#around.clock.nowMs();
    for (const [guest, leg] of this.#guestLegs) {
      if (this.#isOnStage(guest)) this.#leaving.delete(guest);
      else if (!this.#leaving.has(guest)) this.#leaving.set(guest, now);
      else if (now - this.#leaving.get(guest)! >= KEPT_MS) {
        this.#leaving.delete(guest);
        this.#guestLegs.delete(guest);
        this.#past.framesDecoded += leg.framesDecoded;
        this.#past.framesRepeated += leg.framesRepeated;
        this.#past.decoderRestarts += leg.decoderRestarts;
        void leg.close();
      }
    }
  }

  #everybody(): BusGuest[] {
    this.#sweep();
    return [...this.#around.guests].map(([name, media]) => ({ name, media, leg: this.#guestLegs.get(name) }));
  }

  /** The tile of a guest as it will be, so that it need not be decoded to another size soon. */
  #tileOf(guest: string, canvas: Size): Tile | undefined {
    const arrangement = this.#arrangement;
    if (arrangement === undefined) return undefined;
    const present = [...this.#around.guests].flatMap(([name, media]) => (media.isGone && name !== guest ? [] : [name]));
    const guests = present.map((name) => ({ guest: name, hasPicture: true, isStalled: false }));
    const view = { arrangement: { ...arrangement, card: null }, guests, speaker: undefined, canvas, slateTitle: '' };
    const layer = arrangedScene(view).layers.find(({ source }) => source.type === 'guest' && source.guest === guest);
    return layer && { width: layer.rect.width, height: layer.rect.height, fit: layer.fit };
  }

  #guestLeg(guest: string, fit: Size): GuestLeg {
    const known = this.#guestLegs.get(guest);
    if (known !== undefined) return known;
    const { options, clock, cpu, report, wantKeyFrame } = this.#around;
    const leg = new GuestLeg({
      ffmpegPath: this.#ffmpegPath,
      fit,
      frameRate: options.frameRate,
      clock,
      cpu,
      wantKeyFrame: () => wantKeyFrame(guest),
      onFirstPicture: () => this.#start(),
      log: (message) => report({ type: 'log', level: 'info', message: `${guest}: ${message}` }),
    });
    leg.tile = this.#tileOf(guest, fit);
    this.#guestLegs.set(guest, leg);
    return leg;
  }

  /** Nothing to show yet: it begins with the slate, unless a picture is being decoded. */
  #startWithoutPicture(): void {
    const isDecoding = this.#canvas !== undefined;
    if (!isDecoding) this.#choose(undefined);
    this.#startTimer = setTimeout(() => this.#start(), isDecoding ? DECODING_MS : 0);
  }

  #start(): void {
    const { images } = this.#around;
    if (this.#bus !== undefined || this.#canvas === undefined || this.#closing !== undefined) return;
    clearTimeout(this.#startTimer);
    this.#bus = new Bus({
      around: this.#around,
      ffmpegPath: this.#ffmpegPath,
      canvas: this.#canvas,
      title: this.#title,
      images,
      arrangement: this.#arrangement,
      guests: () => this.#everybody(),
    });
    this.#around.changed();
  }
}

import type { Arrangement, GuestPresence, JournalEvent, Scene, Size, StageStanding } from '@weir/stage';
import { SpeakerDetector, StageDirector } from '@weir/stage';
import type { Tile } from './decode-fit.js';
import { levelOf } from './sound-level.js';

/** What a show begins with. */
export interface StageShowOptions {
  readonly canvas: Size;
  readonly title: string;
  readonly arrangement: Arrangement;
  /** Told during a tick of what is different from this tick on. */
  readonly journal: (event: JournalEvent) => void;
  /** A guest on the stage is not there any more. */
  readonly onAway: (guest: string) => void;
}

const TOLD_FOR_MS = 1000;

/** A stage with guests: its scene at each tick, who speaks on it, and the journal of both. */
export class StageShow {
  readonly #options: StageShowOptions;
  readonly #director: StageDirector;
  readonly #speakers = new SpeakerDetector();
  /** Until when the level of a guest is told from outside. */
  readonly #toldUntilMs = new Map<string, number>();
  #tiles: ReadonlyMap<string, Tile> = new Map();
  #target: Scene | undefined;
  #journalled: Arrangement | undefined;
  #presence: readonly GuestPresence[] = [];
  #speaker: string | undefined;

  constructor(options: StageShowOptions) {
    this.#options = options;
    this.#director = new StageDirector(options.canvas, options.title, options.arrangement);
  }

  /** The arrangement from the next tick on. */
  set arrangement(arrangement: Arrangement) {
    const staying = new Set(arrangement.guests.map(({ guest }) => guest));
    for (const { guest } of this.#director.arrangement.guests) if (!staying.has(guest)) this.#speakers.forget(guest);
    this.#director.arrangement = arrangement;
  }

  /** Shown on cards from now on. */
  set title(title: string) {
    this.#director.title = title;
  }

  /** The largest tile of each guest that has one, in the scene that it is or is on its way to; the same object until that changes. */
  get tiles(): ReadonlyMap<string, Tile> {
    return this.#tiles;
  }

  /** Whether no guest is seen. */
  get isOnSlate(): boolean {
    return this.#tiles.size === 0;
  }

  /** How loud a guest is, as it was told from outside. */
  level(guest: string, level: number, nowMs: number): void {
    this.#toldUntilMs.set(guest, nowMs + TOLD_FOR_MS);
    if (this.#isHeard(guest)) this.#speakers.observe(guest, level, nowMs);
  }

  /** The sound of a guest at this tick, which is measured unless its level is told. */
  heard(guest: string, block: Float32Array, nowMs: number): void {
    if (nowMs < (this.#toldUntilMs.get(guest) ?? 0) || !this.#isHeard(guest)) return;
    this.#speakers.observe(guest, levelOf(block), nowMs);
  }

  /** The scene of a tick. */
  scene(nowMs: number, standings: readonly StageStanding[]): Scene {
    const speaker = this.#speakers.speaker(nowMs);
    const scene = this.#director.scene(nowMs, standings, speaker);
    if (this.#director.target !== this.#target) this.#retarget(this.#director.target);
    this.#tell(speaker);
    return scene;
  }

  #isHeard(guest: string): boolean {
    return (this.#target?.gains[guest] ?? 0) > 0;
  }

  #retarget(target: Scene | undefined): void {
    this.#target = target;
    const tiles = new Map<string, Tile>();
    for (const { source, rect, fit } of target?.layers ?? [])
      if (source.type === 'guest') tiles.set(source.guest, { width: rect.width, height: rect.height, fit });
    this.#tiles = tiles;
  }

  #tell(speaker: string | undefined): void {
    const { journal, onAway } = this.#options;
    const { arrangement, presence } = this.#director;
    if (arrangement !== this.#journalled) {
      this.#journalled = arrangement;
      journal({ type: 'arrangement', arrangement });
    }
    if (presence !== this.#presence) {
      const isThere = new Set(presence.map(({ guest }) => guest));
      for (const { guest } of this.#presence) {
        if (isThere.has(guest)) continue;
        this.#speakers.forget(guest);
        // Whoever was taken off the stage fades out with its last picture.
        if (arrangement.guests.some((one) => one.guest === guest)) onAway(guest);
      }
      this.#presence = presence;
      journal({ type: 'guests', guests: presence });
    }
    if (speaker !== this.#speaker) {
      this.#speaker = speaker;
      journal({ type: 'speaker', speaker: speaker ?? null });
    }
  }
}

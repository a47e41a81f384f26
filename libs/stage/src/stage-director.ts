import { arrangedScene } from './arranged-scene.js';
import type { Arrangement, GuestPresence } from './arrangement.js';
import type { StageStanding } from './guest-standing.js';
import type { Scene, Size } from './scene.js';
import { tweenScene } from './scene-tween.js';

const LEAVING_MS = 300;
const AWAY_MS = 10_000;
const STALLED_MS = 2000;
const PICTURE_LOST_MS = 10_000;

/** Chooses the scene of a program with a stage, and of its preview: the arrangement's, of those who are there; a scene is the same object until it changes. */
export class StageDirector {
  readonly #canvas: Size;
  #title: string;
  #arrangement: Arrangement;
  #presence: readonly GuestPresence[] = [];
  #presenceKey = '[]';
  #targetKey = '';
  /** What the target was made of. */
  #aimedAt: readonly unknown[] = [];
  #target: Scene | undefined;
  #from: Scene | undefined;
  #shown: Scene | undefined;
  #startedMs = 0;

  constructor(canvas: Size, title: string, arrangement: Arrangement) {
    this.#canvas = canvas;
    this.#title = title;
    this.#arrangement = arrangement;
  }

  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  /** The arrangement from the next tick on. */
  set arrangement(arrangement: Arrangement) {
    this.#arrangement = arrangement;
  }

  /** Shown on cards and the slate from now on. */
  set title(title: string) {
    this.#title = title;
  }

  /** Those on the stage who are there; the same object until it changes. */
  get presence(): readonly GuestPresence[] {
    return this.#presence;
  }

  /** The scene that it is, or is on its way to. */
  get target(): Scene | undefined {
    return this.#target;
  }

  /** The scene of a tick. */
  scene(nowMs: number, standings: readonly StageStanding[], speaker: string | undefined): Scene {
    this.#lookAround(standings);
    this.#aim(nowMs, speaker);
    const share = this.#from === undefined ? 1 : (nowMs - this.#startedMs) / this.#arrangement.transitionMs;
    if (this.#from !== undefined && share < 1) this.#shown = tweenScene(this.#from, this.#target!, share);
    else {
      this.#from = undefined;
      this.#shown = this.#target!;
    }
    return this.#shown;
  }

  #lookAround(standings: readonly StageStanding[]): void {
    const presence = this.#arrangement.guests.flatMap(({ guest }): GuestPresence[] => {
      const standing = standings.find(({ name }) => name === guest);
      if (standing === undefined || standing.silentMs > (standing.isGone ? LEAVING_MS : AWAY_MS)) return [];
      const hasPicture = standing.hasPicture && standing.pictureAgeMs <= PICTURE_LOST_MS;
      return [{ guest, hasPicture, isStalled: hasPicture && standing.pictureAgeMs > STALLED_MS }];
    });
    const key = JSON.stringify(presence);
    if (key === this.#presenceKey) return;
    this.#presenceKey = key;
    this.#presence = presence;
  }

  #aim(nowMs: number, speaker: string | undefined): void {
    const aim = [this.#arrangement, this.#presence, speaker, this.#title];
    if (aim.every((part, index) => part === this.#aimedAt[index])) return;
    this.#aimedAt = aim;
    const target = arrangedScene({
      arrangement: this.#arrangement,
      guests: this.#presence,
      speaker,
      canvas: this.#canvas,
      slateTitle: this.#title,
    });
    const key = JSON.stringify(target);
    if (key === this.#targetKey) return;
    this.#targetKey = key;
    this.#target = target;
    this.#from = this.#arrangement.transitionMs === 0 ? undefined : this.#shown;
    this.#startedMs = nowMs;
  }
}

import { type GuestStanding, type Scene, type Size, slateScene, soloScene } from '@weir/stage';

const AWAY_MS = 2000;
/** What was on its way when the publisher went is still played. */
const LEAVING_MS = 300;

/** Chooses the scene of a program with one guest: the guest, or the slate while it is away; a scene is the same object until it changes. */
export class SoloDirector {
  readonly #canvas: Size;
  #title: string;
  #scene: Scene;
  #shown: string | undefined;
  #heard: string | undefined;

  constructor(canvas: Size, title: string) {
    this.#canvas = canvas;
    this.#title = title;
    this.#scene = slateScene(canvas, title);
  }

  /** Whether the slate is shown. */
  get isOnSlate(): boolean {
    return this.#shown === undefined;
  }

  /** Whether the guest is neither seen nor heard. */
  get isAway(): boolean {
    return this.#shown === undefined && this.#heard === undefined;
  }

  /** Shown on the slate from now on. */
  set title(title: string) {
    this.#title = title;
    this.#rebuild();
  }

  /** The scene of the next tick; without a guest the slate. */
  scene(guest: GuestStanding | undefined): Scene {
    const isAway = guest === undefined || guest.silentMs > (guest.isGone ? LEAVING_MS : AWAY_MS);
    const heard = isAway ? undefined : guest.name;
    const shown = isAway || !guest.hasPicture ? undefined : guest.name;
    if (heard !== this.#heard || shown !== this.#shown) {
      this.#heard = heard;
      this.#shown = shown;
      this.#rebuild();
    }
    return this.#scene;
  }

  #rebuild(): void {
    const slate = slateScene(this.#canvas, this.#title);
    if (this.#shown !== undefined) this.#scene = soloScene(this.#canvas, this.#shown);
    // Somebody without a camera is heard.
    else this.#scene = this.#heard === undefined ? slate : { ...slate, gains: { [this.#heard]: 1 } };
  }
}

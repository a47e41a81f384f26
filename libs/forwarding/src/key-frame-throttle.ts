const SPACING_MS = 1000;
const RETRY_MS = 300;
const BACK_OFF_MS = 3000;
const TRIES = 3;

/** Turns the key-frame wishes of many viewers into few requests to one publisher's layer. */
export class KeyFrameThrottle {
  #lastMs = Number.NEGATIVE_INFINITY;
  #wanted = false;
  #tries = 0;

  /** Somebody cannot go on without a key frame. */
  want(): void {
    this.#wanted = true;
  }

  /** A key frame came. */
  arrived(): void {
    this.#wanted = false;
    this.#tries = 0;
  }

  /** True when a request should be sent now; `waiting` says whether any viewer still shows nothing. */
  due(nowMs: number, roundTripMs: number, waiting: boolean): boolean {
    if (!this.#wanted) return false;
    if (nowMs - this.#lastMs < this.#pauseMs(roundTripMs)) return false;
    this.#lastMs = nowMs;
    this.#tries++;
    if (!waiting) this.#wanted = false;
    return true;
  }

  #pauseMs(roundTripMs: number): number {
    if (this.#tries === 0) return SPACING_MS;
    return this.#tries <= TRIES ? Math.max(2 * roundTripMs, RETRY_MS) : BACK_OFF_MS;
  }
}

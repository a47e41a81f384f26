const SETTLING_MS = 5000;
const WINDOW_MS = 4000;
const STRAINED_SHARE = 0.6;
const MOST_QUEUED = 3;
const MOST_LAG_MS = 80;
/** Ticks closer than that are made up for at once. */
const AT_ONCE_MS = 15;

/** Judges whether the encoder keeps up: strained for most of four seconds, and still, means that it does not. */
export class OverloadGuard {
  #sinceMs: number | undefined;
  #windowMs: number | undefined;
  #ticks = 0;
  #strained = 0;
  #seenMs = Number.NEGATIVE_INFINITY;

  /** An encoder was started: what it does in its first five seconds does not count. */
  started(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#windowMs = undefined;
  }

  /** Whether the encoder's queue or a tick's lag shows strain, so that a picture had better not be drawn anew. */
  isStrained(queuedPictures: number, lagMs: number): boolean {
    return queuedPictures > MOST_QUEUED || lagMs > MOST_LAG_MS;
  }

  /** Takes the state at a tick; returns whether it is time to give up a rung. */
  observe(nowMs: number, queuedPictures: number, lagMs: number): boolean {
    if (this.#sinceMs === undefined || nowMs - this.#sinceMs < SETTLING_MS) return false;
    // A machine that stood still makes up for many ticks at once, and keeps up again.
    if (nowMs - this.#seenMs < AT_ONCE_MS) return false;
    this.#seenMs = nowMs;
    this.#windowMs ??= nowMs;
    this.#ticks += 1;
    const isStrained = this.isStrained(queuedPictures, lagMs);
    if (isStrained) this.#strained += 1;
    if (nowMs - this.#windowMs < WINDOW_MS) return false;
    const isOverloaded = isStrained && this.#strained > this.#ticks * STRAINED_SHARE;
    this.#windowMs = nowMs;
    this.#ticks = 0;
    this.#strained = 0;
    return isOverloaded;
  }
}

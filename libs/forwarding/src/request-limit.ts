/** Lets an event through at most `limit` times in any `windowMs`. */
export class RequestLimit {
  readonly #times: Float64Array;
  readonly #windowMs: number;
  #next = 0;

  constructor(limit: number, windowMs: number) {
    this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
    this.#windowMs = windowMs;
  }

  /** True when the event may pass now; it then counts. */
  allow(nowMs: number): boolean {
    if (nowMs - this.#times[this.#next]! < this.#windowMs) return false;
    this.#times[this.#next] = nowMs;
    this.#next = (this.#next + 1) % this.#times.length;
    return true;
  }
}

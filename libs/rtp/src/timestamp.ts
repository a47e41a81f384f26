const CYCLE = 2 ** 32;

/** Shortest way from one 32-bit RTP timestamp to another, -2^31 to 2^31 - 1; positive when `to` is later. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** Extends 32-bit RTP timestamps; the first result lies in 2^32 to 2^33 - 1, so that no later one is negative. */
export class TimestampUnwrapper {
  #latest = -1;

  /** Highest extended timestamp so far; -1 before the first. */
  get latest(): number {
    return this.#latest;
  }

  /** Extended timestamp nearest to the highest one so far. */
  unwrap(rtpTimestamp: number): number {
    if (this.#latest < 0) {
      this.#latest = CYCLE + (rtpTimestamp >>> 0);
      return this.#latest;
    }
    const extended = this.#latest + timestampDistance(this.#latest, rtpTimestamp);
    if (extended > this.#latest) this.#latest = extended;
    return extended;
  }
}

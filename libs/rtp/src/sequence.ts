const CYCLE = 65536;

/** Shortest way from one 16-bit sequence number to another, -32768 to 32767; positive when `to` is newer. */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16;
}

/** Extends 16-bit sequence numbers; the first result lies in 65536 to 131071, so that no later one is negative. */
export class SequenceUnwrapper {
  #latest = -1;

  /** Highest extended number so far; -1 before the first. */
  get latest(): number {
    return this.#latest;
  }

  /** Extended number nearest to the highest one so far. */
  unwrap(sequenceNumber: number): number {
    if (this.#latest < 0) {
      this.#latest = CYCLE + (sequenceNumber & 0xffff);
      return this.#latest;
    }
    const extended = this.#latest + sequenceDistance(this.#latest, sequenceNumber);
    if (extended > this.#latest) this.#latest = extended;
    return extended;
  }
}

const BUCKETS = 512;
const PER_OCTAVE = 16;

/** Counts of durations on a logarithmic scale, good to 5 %, without an allocation for each. */
export class DelayHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  /** Durations recorded since the last reset. */
  get total(): number {
    return this.#total;
  }

  /** Records a duration in microseconds. */
  record(us: number): void {
    const bucket = us <= 1 ? 0 : Math.min(BUCKETS - 1, (Math.log2(us) * PER_OCTAVE) | 0);
    this.#counts[bucket]!++;
    this.#total++;
  }

  /** The duration in microseconds that `share` (0..1) of all do not exceed; 0 when nothing was recorded. */
  quantile(share: number): number {
    let left = this.#total * share;
    if (this.#total === 0) return 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      left -= this.#counts[bucket]!;
      if (left <= 0) return 2 ** ((bucket + 1) / PER_OCTAVE);
    }
    return 2 ** (BUCKETS / PER_OCTAVE);
  }

  /** Forgets everything. */
  reset(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}

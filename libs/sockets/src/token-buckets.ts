import { type Allowance, TokenBucket } from './token-bucket.js';

const SWEEP_AT = 4096;

/** A token bucket for each key; keys that took nothing lately are forgotten. */
export class TokenBuckets {
  readonly #allowance: Allowance;
  readonly #buckets = new Map<string, TokenBucket>();
  #sweepAt = SWEEP_AT;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one for a key; returns 0, or after how many milliseconds there will be one to take. */
  take(key: string, nowMs: number): number {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known.take(nowMs);
    if (this.#buckets.size >= this.#sweepAt) this.#sweep(nowMs);
    const bucket = new TokenBucket(this.#allowance, nowMs);
    this.#buckets.set(key, bucket);
    return bucket.take(nowMs);
  }

  #sweep(nowMs: number): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(key);
    this.#sweepAt = Math.max(SWEEP_AT, this.#buckets.size * 2);
  }
}

/** How much is let through. */
export interface Allowance {
  /** As many as may come at once. */
  readonly burst: number;
  /** As many as may come for ever. */
  readonly perSecond: number;
}

/** Lets through what an allowance has room for; times are milliseconds of any one clock. */
export class TokenBucket {
  readonly #allowance: Allowance;
  #tokens: number;
  #atMs: number;

  constructor(allowance: Allowance, nowMs: number) {
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
    this.#atMs = nowMs;
  }

  /** Takes one; returns 0, or after how many milliseconds there will be one to take. */
  take(nowMs: number): number {
    this.#refill(nowMs);
    if (this.#tokens < 1) return ((1 - this.#tokens) * 1000) / this.#allowance.perSecond;
    this.#tokens -= 1;
    return 0;
  }

  /** Whether nothing was taken lately. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#tokens >= this.#allowance.burst;
  }

  #refill(nowMs: number): void {
    const gained = (Math.max(0, nowMs - this.#atMs) * this.#allowance.perSecond) / 1000;
    this.#tokens = Math.min(this.#allowance.burst, this.#tokens + gained);
    this.#atMs = nowMs;
  }
}

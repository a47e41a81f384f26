import type { WatchLeave } from './watch-leave.js';

/** Remembers for some seconds who may watch, because players ask a dozen times a second. */
export class LeaveMemory {
  readonly #ttlMs: number;
  readonly #most: number;
  readonly #leaves = new Map<string, { readonly leave: WatchLeave; readonly expiresAtMs: number }>();

  /** Keeps up to `most` for `ttlMs` milliseconds. */
  constructor(ttlMs: number, most: number) {
    this.#ttlMs = ttlMs;
    this.#most = most;
  }

  /** What was kept under a key. */
  find(key: string, nowMs: number): WatchLeave | undefined {
    const known = this.#leaves.get(key);
    if (known === undefined) return undefined;
    if (known.expiresAtMs > nowMs) return known.leave;
    this.#leaves.delete(key);
    return undefined;
  }

  /** Forgets what was kept for the caller of that key. */
  forget(caller: string): void {
    for (const [key, { leave }] of this.#leaves) if (leave.key === caller) this.#leaves.delete(key);
  }

  /** Keeps a leave; the oldest goes when there is no more room. */
  keep(key: string, leave: WatchLeave, nowMs: number): void {
    this.#leaves.delete(key);
    this.#leaves.set(key, { leave, expiresAtMs: nowMs + this.#ttlMs });
    if (this.#leaves.size > this.#most) this.#leaves.delete(this.#leaves.keys().next().value!);
  }
}

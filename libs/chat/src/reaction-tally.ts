import type { Reaction } from '@weir/contract';

const FLUSH_MS = 200;

/** Reactions counted by kind. */
export type ReactionCounts = Partial<Record<Reaction, number>>;

/** Counts reactions and tells the sums every 200 ms while there are any. */
export class ReactionTally {
  readonly #tell: (counts: ReactionCounts) => void;
  #counts: ReactionCounts = {};
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (counts: ReactionCounts) => void) {
    this.#tell = tell;
  }

  /** Counts one. */
  add(reaction: Reaction): void {
    this.#counts[reaction] = (this.#counts[reaction] ?? 0) + 1;
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** Forgets what was not told yet; idempotent. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#counts = {};
  }

  #flush(): void {
    const counts = this.#counts;
    this.close();
    this.#tell(counts);
  }
}

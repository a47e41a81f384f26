import { seededRandom } from './random.js';

/** What one direction of a network does to datagrams; every rate is a share from 0 to 1, default 0. */
export interface LinkOptions {
  readonly seed: number;
  readonly lossRate?: number;
  readonly duplicateRate?: number;
  /** Share of datagrams that `reorderMs` holds back, so that later ones overtake them. */
  readonly reorderRate?: number;
  /** Default 20 ms. */
  readonly reorderMs?: number;
  /** Delay of every datagram, default 0 ms. */
  readonly delayMs?: number;
}

/** What a link has done so far. */
export interface LinkCounts {
  delivered: number;
  lost: number;
  duplicated: number;
  reordered: number;
}

/** Decides the fate of each datagram of one direction; the same seed decides the same. */
export class LossyLink {
  readonly counts: LinkCounts = { delivered: 0, lost: 0, duplicated: 0, reordered: 0 };
  #options: LinkOptions;
  readonly #random: () => number;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  /** Does this to datagrams from now on, and nothing else. */
  change(options: Omit<LinkOptions, 'seed'>): void {
    this.#options = { ...options, seed: this.#options.seed };
  }

  /** Delays in milliseconds, one for each copy of the next datagram to deliver; none when it is lost. */
  next(): readonly number[] {
    const [lose, duplicate, reorder] = [this.#random(), this.#random(), this.#random()];
    if (lose < (this.#options.lossRate ?? 0)) {
      this.counts.lost += 1;
      return [];
    }
    this.counts.delivered += 1;
    let delayMs = this.#options.delayMs ?? 0;
    if (reorder < (this.#options.reorderRate ?? 0)) {
      this.counts.reordered += 1;
      delayMs += this.#options.reorderMs ?? 20;
    }
    if (duplicate >= (this.#options.duplicateRate ?? 0)) return [delayMs];
    this.counts.duplicated += 1;
    return [delayMs, delayMs];
  }
}

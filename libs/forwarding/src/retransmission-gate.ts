const SLOTS = 256;
const MIN_SPACING_MS = 20;
const MAX_TRIES = 3;

/** Options of a retransmission gate. */
export interface RetransmissionGateOptions {
  /** Part of the media bytes that retransmissions may add; 0.15 by default. */
  readonly share?: number;
  /** Bytes that may be retransmitted at once; 64 KiB by default. */
  readonly burstBytes?: number;
}

/** Decides whether a packet that one viewer asks for again is sent again. */
export class RetransmissionGate {
  readonly #share: number;
  readonly #burstBytes: number;
  readonly #sequence = new Float64Array(SLOTS).fill(-1);
  readonly #sentMs = new Float64Array(SLOTS);
  readonly #tries = new Uint8Array(SLOTS);
  #budgetBytes: number;

  constructor(options: RetransmissionGateOptions = {}) {
    this.#share = options.share ?? 0.15;
    this.#burstBytes = options.burstBytes ?? 65_536;
    this.#budgetBytes = this.#burstBytes;
  }

  /** Media of `bytes` was sent for the first time: a part of it is added to the budget. */
  earn(bytes: number): void {
    const budget = this.#budgetBytes + bytes * this.#share;
    this.#budgetBytes = budget > this.#burstBytes ? this.#burstBytes : budget;
  }

  /** True when the packet `outSequence` of `bytes` may be sent again now. Not sooner than a round trip after the last time, three times in all. */
  allow(outSequence: number, bytes: number, nowMs: number, roundTripMs: number): boolean {
    if (bytes > this.#budgetBytes) return false;
    const slot = outSequence % SLOTS;
    if (this.#sequence[slot] !== outSequence) {
      this.#sequence[slot] = outSequence;
      this.#tries[slot] = 0;
    } else {
      if (this.#tries[slot]! >= MAX_TRIES) return false;
      if (nowMs - this.#sentMs[slot]! < Math.max(roundTripMs, MIN_SPACING_MS)) return false;
    }
    this.#tries[slot]!++;
    this.#sentMs[slot] = nowMs;
    this.#budgetBytes -= bytes;
    return true;
  }
}

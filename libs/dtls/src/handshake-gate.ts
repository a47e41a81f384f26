/** Leaves the gate; idempotent, also while still waiting in front of it. */
export type LeaveGate = () => void;

/** How many may be inside at once. */
export interface HandshakeGateOptions {
  /** At least 1. */
  readonly concurrency: number;
  /** Milliseconds after which one that has not left makes room for the next, so that idle peers cannot block all others; default 1000. */
  readonly leaseMs?: number;
}

/** Lets handshakes begin in the order of their coming, a few at a time, so that those under way finish before more are begun. */
export class HandshakeGate {
  readonly #concurrency: number;
  readonly #leaseMs: number;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  constructor({ concurrency, leaseMs = 1000 }: HandshakeGateOptions) {
    this.#concurrency = concurrency;
    this.#leaseMs = leaseMs;
  }

  /** How many wait in front of the gate. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Calls `begin` as soon as there is room, perhaps at once. */
  enter(begin: () => void): LeaveGate {
    let leave: LeaveGate = () => this.#waiting.delete(admit);
    const admit = (): void => {
      leave = this.#occupy();
      begin();
    };
    if (this.#inside < this.#concurrency) admit();
    else this.#waiting.add(admit);
    return () => leave();
  }

  #occupy(): LeaveGate {
    this.#inside += 1;
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      clearTimeout(lease);
      this.#inside -= 1;
      this.#admitNext();
    };
    const lease = setTimeout(leave, this.#leaseMs);
    lease.unref();
    return leave;
  }

  #admitNext(): void {
    for (const admit of this.#waiting) {
      if (this.#inside >= this.#concurrency) return;
      this.#waiting.delete(admit);
      admit();
    }
  }
}

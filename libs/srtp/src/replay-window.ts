/** Remembers which of the newest packets of one source were received (RFC 3711 3.3.2); indices rise to 2^48. */
export class ReplayWindow {
  /** The greatest index received, -1 before the first. */
  highest = -1;

  readonly #size: number;
  readonly #received: Uint32Array;

  /** `size` is in packets, a multiple of 32 and at least 64. */
  constructor(size: number) {
    this.#size = size;
    this.#received = new Uint32Array(size / 32);
  }

  /** Whether a packet of this index is neither a repetition nor too old to tell. */
  admits(index: number): boolean {
    if (index > this.highest) return true;
    if (index < 0 || this.highest - index >= this.#size) return false;
    const bit = index % this.#size;
    return (this.#received[bit >>> 5]! & (1 << (bit & 31))) === 0;
  }

  /** Notes an authenticated packet that was admitted. */
  commit(index: number): void {
    if (index > this.highest) this.#advance(index);
    const bit = index % this.#size;
    this.#received[bit >>> 5]! |= 1 << (bit & 31);
  }

  #advance(index: number): void {
    if (index - this.highest >= this.#size) {
      this.#received.fill(0);
    } else {
      for (let skipped = this.highest + 1; skipped < index; skipped += 1) this.#forget(skipped % this.#size);
      this.#forget(index % this.#size);
    }
    this.highest = index;
  }

  #forget(bit: number): void {
    this.#received[bit >>> 5]! &= ~(1 << (bit & 31));
  }
}

const LOSS_LOW = 0.02;
const LOSS_HIGH = 0.1;
const GROWTH = 1.08;

/** What a publisher is told by REMB: its limit, and less while its packets get lost on the way in. */
export class PublishRate {
  readonly #limitBps: number;
  #bps: number;

  constructor(limitBps: number) {
    this.#limitBps = limitBps;
    this.#bps = limitBps;
  }

  /** Bits a second that the publisher may send. */
  get bps(): number {
    return Math.round(this.#bps);
  }

  /** Once a second: the part of packets lost (0..1) and the bits that arrived in that second. */
  observe(loss: number, receivedBps: number): void {
    if (loss > LOSS_HIGH) this.#bps = Math.max(receivedBps, this.#bps / 2) * (1 - loss / 2);
    else if (loss < LOSS_LOW) this.#bps *= GROWTH;
    this.#bps = Math.min(this.#limitBps, Math.max(100_000, this.#bps));
  }
}

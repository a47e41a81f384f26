import { type Certificate, createCertificate, type Fingerprint } from '@weir/dtls';

const HOUR_MS = 3_600_000;
const KEPT = 2;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The certificate of this process: one at a time, replaced when its lifetime is over; the one before stays good for sessions that were told of it. */
export class Certificates {
  readonly #all: Certificate[];
  readonly #added: (certificate: Certificate) => void;
  readonly #retired: (certificate: Certificate) => void;
  readonly #timer: NodeJS.Timeout;

  private constructor(
    first: Certificate,
    lifetimeHours: number,
    added: (c: Certificate) => void,
    retired: (c: Certificate) => void,
  ) {
    this.#all = [first];
    this.#added = added;
    this.#retired = retired;
    this.#timer = setInterval(() => void this.#rotate(), Math.min(lifetimeHours * HOUR_MS, LONGEST_TIMER_MS));
    this.#timer.unref();
  }

  /** Makes the first certificate. */
  static async open(
    lifetimeHours: number,
    added: (c: Certificate) => void,
    retired: (c: Certificate) => void,
  ): Promise<Certificates> {
    return new Certificates(await createCertificate(), lifetimeHours, added, retired);
  }

  /** Every certificate that sessions may still name. */
  get all(): readonly Certificate[] {
    return this.#all;
  }

  /** What new answers announce. */
  get fingerprint(): Fingerprint {
    return this.#all.at(-1)!.fingerprint;
  }

  /** Stops the rotation. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #rotate(): Promise<void> {
    const next = await createCertificate();
    this.#all.push(next);
    this.#added(next);
    if (this.#all.length > KEPT) this.#retired(this.#all.shift()!);
  }
}

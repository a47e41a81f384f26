/** Thrown when something is asked of a database that was closed. */
export class DatabaseClosed extends Error {
  constructor() {
    super('The database is closed.');
    this.name = 'DatabaseClosed';
  }
}

/** Lets so many work at once, and the others in the order in which they came. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;
  #working = 0;
  #isShut = false;
  #whenIdle: (() => void) | undefined;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Waits for a turn, which `end` gives back; rejects with DatabaseClosed once shut. */
  async take(): Promise<void> {
    if (this.#isShut) throw new DatabaseClosed();
    this.#working += 1;
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** A turn is over. */
  end(): void {
    this.#working -= 1;
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
    if (this.#working === 0) this.#whenIdle?.();
  }

  /** Gives no more turns, and returns once all that were taken or waited for are over; called once. */
  async shut(): Promise<void> {
    this.#isShut = true;
    if (this.#working > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }
}

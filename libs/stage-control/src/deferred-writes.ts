import { DatabaseClosed } from '@weir/store';
import type { Log } from '@weir/telemetry';

const RETRY_MS = 2000;

/** Writes what already holds in memory, the newest of each key, and again when the database was away. */
export class DeferredWrites {
  readonly #log: Log;
  readonly #waiting = new Map<string, () => Promise<void>>();
  #running: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Does this write soon, instead of an earlier one of that key that was not done yet. */
  put(key: string, write: () => Promise<void>): void {
    this.#waiting.set(key, write);
    this.#start();
  }

  /** Resolves when what waits was tried; what fails then is not tried again. */
  async flush(): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#start();
    await this.#running;
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  #start(): void {
    if (this.#running !== undefined || this.#retry !== undefined) return;
    this.#running = this.#work().finally(() => (this.#running = undefined));
  }

  async #work(): Promise<void> {
    for (const [key, write] of this.#waiting) {
      this.#waiting.delete(key);
      try {
        await write();
      } catch (error) {
        if (error instanceof DatabaseClosed) continue;
        this.#log.warn('a change of a stage could not be written yet', { err: error });
        if (!this.#waiting.has(key)) this.#waiting.set(key, write);
        this.#retry = setTimeout(() => {
          this.#retry = undefined;
          this.#start();
        }, RETRY_MS);
        return;
      }
    }
  }
}

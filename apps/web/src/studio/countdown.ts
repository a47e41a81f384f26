import { signal } from '@preact/signals';

const SECOND_MS = 1000;

/** Counts seconds down to something, unless it is called off. */
export class Countdown {
  /** Seconds left; undefined while nothing is counted. */
  readonly left = signal<number | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settle: (reached: boolean) => void = () => undefined;

  /** Counts; `onSecond` is told each number of seconds left, the first at once. True at zero or when skipped, false when called off. */
  run(seconds: number, onSecond: (left: number) => void): Promise<boolean> {
    this.cancel();
    return new Promise((resolve) => {
      this.#settle = resolve;
      const step = (left: number) => {
        if (left === 0) return this.#end(true);
        this.left.value = left;
        onSecond(left);
        this.#timer = setTimeout(() => step(left - 1), SECOND_MS);
      };
      step(seconds);
    });
  }

  /** Reaches zero at once. */
  skip(): void {
    this.#end(true);
  }

  /** Calls it off; idempotent. */
  cancel(): void {
    this.#end(false);
  }

  #end(reached: boolean): void {
    clearTimeout(this.#timer);
    this.left.value = undefined;
    this.#settle(reached);
    this.#settle = () => undefined;
  }
}

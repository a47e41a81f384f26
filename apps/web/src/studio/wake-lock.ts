/** Keeps the screen on while held; a browser that hides the page gives the lock up, so it is taken again when the page is back. */
export class WakeLock {
  #held = false;
  #sentinel: WakeLockSentinel | undefined;

  constructor() {
    document.addEventListener('visibilitychange', () => void this.#take());
  }

  /** Holds the lock, where there is such a thing; idempotent. */
  hold(): void {
    this.#held = true;
    void this.#take();
  }

  /** Lets go; idempotent. */
  release(): void {
    this.#held = false;
    void this.#sentinel?.release().catch(() => undefined);
    this.#sentinel = undefined;
  }

  async #take(): Promise<void> {
    if (!this.#held || document.visibilityState !== 'visible' || this.#sentinel?.released === false) return;
    const sentinel = await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (this.#held) this.#sentinel = sentinel;
    else void sentinel?.release();
  }
}

const ENTRY_MS = 10_000;

/** Ends a connection that enters nothing within ten seconds. */
export class EntryDeadline {
  readonly #missed: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** Runs from now on; `missed` is called once, when it has passed. */
  constructor(missed: () => void) {
    this.#missed = missed;
    this.begin();
  }

  /** Begins anew, as for who tried in vain by no fault of theirs. */
  begin(): void {
    this.lift();
    this.#timer = setTimeout(this.#missed, ENTRY_MS).unref();
  }

  /** It was met, or the connection is gone; idempotent. */
  lift(): void {
    clearTimeout(this.#timer);
  }
}

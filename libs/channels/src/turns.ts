/** Lets one act after the other happen, whether those before succeeded or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Acts when all that came before are done. */
  take<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

interface Home {
  readonly worker: number;
  readonly sessions: Set<string>;
}

/** Decides which worker a channel lives on: the one with the fewest sessions when its first session opens. */
export class Placement {
  readonly #load: number[];
  readonly #homes = new Map<string, Home>();
  readonly #channels = new Map<string, string>();

  constructor(workers: number) {
    this.#load = Array.from({ length: workers }, () => 0);
  }

  /** Worker of a channel, or the one that it would get. */
  workerOf(channel: string): number {
    return this.#homes.get(channel)?.worker ?? this.#load.indexOf(Math.min(...this.#load));
  }

  /** Puts a session of a channel on its worker and returns it. */
  place(channel: string, session: string): number {
    const worker = this.workerOf(channel);
    let home = this.#homes.get(channel);
    if (home === undefined) {
      home = { worker, sessions: new Set() };
      this.#homes.set(channel, home);
    }
    home.sessions.add(session);
    this.#channels.set(session, channel);
    this.#load[worker]!++;
    return worker;
  }

  /** A session ended; a channel without sessions may go elsewhere next time. */
  remove(session: string): void {
    const channel = this.#channels.get(session);
    if (channel === undefined) return;
    this.#channels.delete(session);
    const home = this.#homes.get(channel)!;
    home.sessions.delete(session);
    this.#load[home.worker]!--;
    if (home.sessions.size === 0) this.#homes.delete(channel);
  }

  /** Sessions on a worker. */
  sessionsOf(worker: number): string[] {
    return [...this.#homes.values()].filter((home) => home.worker === worker).flatMap(({ sessions }) => [...sessions]);
  }
}

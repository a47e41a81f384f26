import { signal } from '@preact/signals';
import type { Channel } from '@weir/contract';
import { politeDelayMs } from '../media/reconnect-delay.js';
import type { WatchAccess } from './watch-access.js';

/** What the server says of the channel: asked again and again, unless somebody tells that there is news. */
export class ChannelFacts {
  readonly channel = signal<Channel | undefined>(undefined);
  readonly #closed = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;

  constructor(
    private readonly access: WatchAccess,
    /** How long to wait before it asks again. */
    private readonly waitMs: () => number,
    private readonly onFacts: (channel: Channel) => void,
  ) {}

  /** Asks now, and from then on as often as it makes sense. */
  start(): void {
    void this.refresh();
    const refresh = () => !document.hidden && void this.refresh();
    document.addEventListener('visibilitychange', refresh, { signal: this.#closed.signal });
    window.addEventListener('online', refresh, { signal: this.#closed.signal });
  }

  /** Asks now: there may be news. */
  async refresh(): Promise<void> {
    if (this.#asking || this.#closed.signal.aborted) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    try {
      const channel = await this.access.read();
      this.channel.value = channel;
      if (!this.#closed.signal.aborted) this.onFacts(channel);
    } catch {
      // The player tells what is wrong; here it is only tried again.
    } finally {
      this.#asking = false;
      this.#later();
    }
  }

  /** Stops asking; idempotent. */
  close(): void {
    this.#closed.abort();
    clearTimeout(this.#timer);
  }

  #later(): void {
    if (this.#closed.signal.aborted) return;
    const ask = () => (document.hidden ? this.#later() : void this.refresh());
    this.#timer = setTimeout(ask, politeDelayMs(this.waitMs(), Math.random()));
  }
}

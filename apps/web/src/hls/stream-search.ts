import { politeDelayMs, reconnectDelayMs } from '../media/reconnect-delay.js';
import { RequestRefused } from '../media/request-refused.js';
import { Doze } from './doze.js';
import { lookAtPlaylist } from './playlist-look.js';

const ASK_AGAIN_MS = 3000;
/** A stream that has just begun may not be packed yet: that long nothing is said about it. */
const BEGINNING_MS = 5000;

/** What a search tells: it goes on, the channel is offline, its HLS cannot be had now, or never. */
export type SearchState = 'searching' | 'offline' | 'unavailable' | 'refused';

/** Where to search, and what is known about the channel. */
export interface SearchOptions {
  /** Multivariant playlist. */
  readonly url: string;
  /** Sent as Bearer. */
  readonly token?: string | undefined;
  /** Whether the channel is live and has HLS at all; throws RequestRefused when there is no such channel. */
  readonly askChannel?: (() => Promise<{ readonly live: boolean; readonly hls: boolean }>) | undefined;
  readonly onState: (state: SearchState, refusal?: RequestRefused) => void;
}

/** Asks for a playlist again and again, and tells why there is none. */
export class StreamSearch {
  readonly #doze = new Doze();
  #attempt = 0;

  constructor(private readonly options: SearchOptions) {}

  /** Begins the back-off anew: what was found did well. */
  reset(): void {
    this.#attempt = 0;
  }

  /** Cuts a wait short. */
  wake(): void {
    this.#doze.wake();
  }

  /** Ends when there is a playlist; `refused` when there never will be. */
  async find(signal: AbortSignal): Promise<'found' | 'refused'> {
    const beganMs = performance.now();
    while (!signal.aborted) {
      const look = await lookAtPlaylist(this.options.url, signal, this.options.token);
      if (signal.aborted) break;
      if (look.kind === 'found') {
        await this.#doze.sleep(reconnectDelayMs(this.#attempt++, Math.random()), signal);
        return 'found';
      }
      const beginning = performance.now() - beganMs < BEGINNING_MS;
      const waitMs = look.kind === 'refused' ? await this.#explain(look.refusal, beginning) : this.#lost();
      if (waitMs === undefined) return 'refused';
      await this.#doze.sleep(waitMs, signal);
    }
    return 'refused';
  }

  /** Ends when the playlist plays another stream than now; false when aborted before. */
  async findNext(signal: AbortSignal): Promise<boolean> {
    const current = await lookAtPlaylist(this.options.url, signal, this.options.token);
    while (!signal.aborted) {
      await this.#doze.sleep(politeDelayMs(ASK_AGAIN_MS, Math.random()), signal);
      const next = await lookAtPlaylist(this.options.url, signal, this.options.token);
      if (next.kind !== 'found' || signal.aborted) continue;
      if (current.kind !== 'found' || next.stream !== current.stream) return true;
    }
    return false;
  }

  #lost(): number {
    this.options.onState('searching');
    return reconnectDelayMs(++this.#attempt, Math.random());
  }

  async #explain(refusal: RequestRefused, beginning: boolean): Promise<number | undefined> {
    const { askChannel, onState } = this.options;
    const missing = refusal.status === 404;
    if (refusal.lasting && !(missing && askChannel !== undefined)) return this.#refuse(refusal);
    try {
      const channel = await askChannel?.();
      if (channel?.live === false) onState('offline', refusal);
      else if (channel?.hls === false || !beginning) onState('unavailable', refusal);
      else onState('searching');
    } catch (error) {
      if (!(error instanceof RequestRefused) || !error.lasting) return this.#lost();
      return this.#refuse(error);
    }
    return politeDelayMs(refusal.retryAfterMs ?? ASK_AGAIN_MS, Math.random());
  }

  #refuse(refusal: RequestRefused): undefined {
    this.options.onState('refused', refusal);
    return undefined;
  }
}

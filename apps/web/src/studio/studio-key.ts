import { createKey } from '../api/channels.js';
import { recall, remember } from '../page/memory.js';
import { browserOf } from './browser-name.js';

/** A stream key that the studio made for itself, and for whom. */
interface KeptKey {
  readonly account: string;
  readonly key: string;
}

const PLACE = 'weir.studio-key.';

/** The stream key with which an owner's own browser publishes: made when it is needed first, kept in this browser, bound to the account. */
export class StudioKey {
  readonly #place: string;

  constructor(private readonly channel: string) {
    this.#place = PLACE + channel;
  }

  /** The kept key, or a new one; throws RequestRefused when the account may make none. `account` is an id. */
  async obtain(account: string): Promise<string> {
    const kept = this.#read();
    if (kept?.account === account) return kept.key;
    const { title } = browserOf(navigator.userAgent, navigator.maxTouchPoints);
    const { key } = await createKey(this.channel, title === '' ? 'Studio' : `Studio, ${title}`);
    remember(this.#place, JSON.stringify({ account, key } satisfies KeptKey));
    return key;
  }

  /** Forgets the kept key, as when it was revoked. */
  discard(): void {
    remember(this.#place, null);
  }

  #read(): KeptKey | undefined {
    try {
      const told: unknown = JSON.parse(recall(this.#place) ?? 'null');
      if (typeof told !== 'object' || told === null || !('key' in told) || !('account' in told)) return undefined;
      const { account, key } = told;
      return typeof account === 'string' && typeof key === 'string' ? { account, key } : undefined;
    } catch {
      return undefined;
    }
  }
}

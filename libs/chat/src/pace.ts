import { TokenBuckets } from '@weir/sockets';
import type { ChatMessageTable } from '@weir/store';
import { ChatRefused } from './chat-refused.js';

const SPEAKER = { burst: 5, perSecond: 1 };
const GUESTS_OF_ADDRESS = { burst: 20, perSecond: 5 };
const REACTIONS = { burst: 15, perSecond: 5 };
const MEMORY = 10_000;

/** Who speaks, as far as his pace goes. */
export interface Speaker {
  readonly key: string;
  /** Where a guest comes from; undefined for accounts. */
  readonly guestAddress: string | undefined;
}

/** How often people may write and react in a room, whatever number of sockets they have; moderators are never slowed. */
export class Pace {
  readonly #table: ChatMessageTable;
  readonly #channel: string;
  readonly #speakers = new TokenBuckets(SPEAKER);
  readonly #addresses = new TokenBuckets(GUESTS_OF_ADDRESS);
  readonly #reactions = new TokenBuckets(REACTIONS);
  readonly #saidAtMs = new Map<string, number>();

  constructor(table: ChatMessageTable, channel: string) {
    this.#table = table;
    this.#channel = channel;
  }

  /** Lets a reaction pass; throws ChatRefused. */
  react({ key }: Speaker): void {
    refuse(this.#reactions.take(key, performance.now()), 'too-fast', 'Too many reactions: wait a moment.');
  }

  /** Lets a message pass, one in `slowSeconds`; returns what takes that back when it was not stored. Rejects with ChatRefused. */
  async say({ key, guestAddress }: Speaker, slowSeconds: number): Promise<() => void> {
    const atMs = performance.now();
    refuse(this.#speakers.take(key, atMs), 'too-fast', 'Too many messages: wait a moment.');
    if (guestAddress !== undefined) {
      refuse(
        this.#addresses.take(guestAddress, atMs),
        'too-fast',
        'Too many messages from your network: wait a moment.',
      );
    }
    return slowSeconds === 0 ? () => undefined : this.#slow(key, slowSeconds * 1000);
  }

  async #slow(key: string, slowMs: number): Promise<() => void> {
    const stored = this.#saidAtMs.has(key) ? undefined : await this.#table.lastSaidAtMs(this.#channel, key);
    const nowMs = Date.now();
    const lastMs = this.#saidAtMs.get(key) ?? stored;
    const seconds = slowMs / 1000;
    if (lastMs !== undefined) {
      refuse(lastMs + slowMs - nowMs, 'slow-mode', `Slow mode: one message in ${seconds} seconds.`);
    }
    this.#forgetOld(nowMs - slowMs);
    this.#saidAtMs.set(key, nowMs);
    return () => {
      if (this.#saidAtMs.get(key) === nowMs) this.#saidAtMs.delete(key);
    };
  }

  #forgetOld(beforeMs: number): void {
    if (this.#saidAtMs.size < MEMORY) return;
    for (const [key, atMs] of this.#saidAtMs) if (atMs < beforeMs) this.#saidAtMs.delete(key);
  }
}

function refuse(waitMs: number, code: 'too-fast' | 'slow-mode', message: string): void {
  if (waitMs > 0) throw new ChatRefused(code, message, waitMs);
}

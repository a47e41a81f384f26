import { signal } from '@preact/signals';
import type { ChatMessage } from '@weir/contract';
import { mentions } from './rich-text.js';

const GATHER_MS = 1500;
const MINUTE_MS = 60_000;
const FAST_PER_MINUTE = 20;
const READ_AT_ONCE = 4;

/** Which messages are read out to who uses a screen reader. */
export type Announce = 'all' | 'mentions' | 'off';

/** What is to be read out; `serial` tells two of the same apart. */
export interface Announcement {
  readonly serial: number;
  readonly lines: readonly string[];
  /** How many more there were. */
  readonly more: number;
}

/** Decides what of the chat is read out: as was chosen, and only mentions while more than 20 messages a minute come in. */
export class Announcer {
  readonly announcement = signal<Announcement>({ serial: 0, lines: [], more: 0 });
  #waiting: string[] = [];
  #arrivals: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    public choice: Announce,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Takes in new messages of others; `ownName` is who listens. */
  hear(messages: readonly Pick<ChatMessage, 'name' | 'body'>[], ownName: string | null): void {
    const nowMs = this.nowMs();
    this.#arrivals = this.#arrivals.filter((atMs) => nowMs - atMs < MINUTE_MS).concat(messages.map(() => nowMs));
    if (this.choice === 'off') return;
    const all = this.choice === 'all' && this.#arrivals.length <= FAST_PER_MINUTE;
    const heard = all ? messages : messages.filter(({ body }) => mentions(body, ownName));
    for (const { name, body } of heard) this.say(`${name}: ${body}`);
  }

  /** Says something about the page itself, whatever was chosen. */
  say(sentence: string): void {
    this.#waiting.push(sentence);
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  /** Falls silent; idempotent. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #flush(): void {
    const lines = this.#waiting.slice(-READ_AT_ONCE);
    const { serial } = this.announcement.value;
    this.announcement.value = { serial: serial + 1, lines, more: this.#waiting.length - lines.length };
    this.close();
  }
}

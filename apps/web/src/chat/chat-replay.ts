import { signal } from '@preact/signals';
import type { ChatMessage } from '@weir/contract';
import { listChat } from '../api/chat.js';
import { sentLine } from './transcript.js';
import type { Line } from './transcript.js';

const LOOK_EVERY_MS = 250;
const SPAN_MS = 60_000;
const SPANS_BEFORE = 3;
const READ_AHEAD_MS = 15_000;
const ASK_AGAIN_MS = 10_000;
const MOST_LINES = 200;

/** What a chat is watched again by. */
export interface ChatReplayOptions {
  readonly channel: string;
  /** When the picture on the screen was captured, Unix milliseconds; undefined while nobody knows. */
  readonly capturedAtMs: () => number | undefined;
  readonly read?: (channel: string, fromMs: number, toMs: number) => Promise<readonly ChatMessage[]>;
  readonly nowMs?: () => number;
}

/** The chat of a stream that is over, as it stood when the picture on the screen was live; read a minute at a time. */
export class ChatReplay {
  readonly lines = signal<readonly Line[]>([]);
  /** The chat may not be read, as by who has only a shared link. */
  readonly closedToReader = signal(false);
  readonly #spans = new Map<number, readonly ChatMessage[]>();
  readonly #asked = new Map<number, number>();
  readonly #read: NonNullable<ChatReplayOptions['read']>;
  readonly #nowMs: () => number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: ChatReplayOptions) {
    this.#read = options.read ?? listChat;
    this.#nowMs = options.nowMs ?? (() => performance.now());
  }

  /** Follows the picture. */
  start(): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#look();
  }

  /** Stops following; idempotent. */
  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const atMs = this.options.capturedAtMs();
    if (atMs === undefined || this.closedToReader.value) return;
    const current = Math.floor(atMs / SPAN_MS);
    const last = Math.floor((atMs + READ_AHEAD_MS) / SPAN_MS);
    for (let span = current - SPANS_BEFORE; span <= last; span += 1) this.#want(span);
    const read = Array.from(
      { length: SPANS_BEFORE + 1 },
      (_, index) => this.#spans.get(current - SPANS_BEFORE + index) ?? [],
    );
    const said = read.flat().filter((message) => shownAtMs(message) <= atMs);
    const next = said.slice(-MOST_LINES);
    const before = this.lines.value;
    if (next.length === before.length && next.at(-1)?.id === before.at(-1)?.id && next[0]?.id === before[0]?.id) return;
    const known = new Map(before.map((line) => [line.id, line]));
    this.lines.value = next.map((message) => known.get(message.id) ?? sentLine(message));
  }

  #want(span: number): void {
    const nowMs = this.#nowMs();
    const askedMs = this.#asked.get(span);
    if (this.#spans.has(span) || (askedMs !== undefined && nowMs - askedMs < ASK_AGAIN_MS)) return;
    this.#asked.set(span, nowMs);
    void this.#take(span);
  }

  async #take(span: number): Promise<void> {
    try {
      const messages = await this.#read(this.options.channel, span * SPAN_MS, (span + 1) * SPAN_MS - 1);
      this.#spans.set(
        span,
        messages.toSorted((one, other) => shownAtMs(one) - shownAtMs(other)),
      );
    } catch (error) {
      if (isLasting(error)) this.closedToReader.value = true;
    }
  }
}

/** When the picture that a message was about was captured, as far as it is known. */
export function shownAtMs({ mediaAtMs, sentAtMs }: ChatMessage): number {
  return mediaAtMs ?? sentAtMs;
}

function isLasting(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'lasting' in error && error.lasting === true;
}

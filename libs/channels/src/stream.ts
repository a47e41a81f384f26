import type { StreamDescription } from '@weir/rtp';

/** One live run of a channel: it outlasts its publishers by the grace time, so that one may reconnect, and lasts for as long as it is held. */
export class Stream {
  readonly channel: string;
  readonly startedAtMs: number;
  readonly #graceMs: number;
  readonly #onEnd: (stream: Stream) => void;
  readonly #viewers = new Set<string>();
  #description: StreamDescription = {};
  #publisher: string | undefined;
  #grace: NodeJS.Timeout | undefined;
  #held = false;
  #ended = false;

  /** `onEnd` is called once, when the stream is over. */
  constructor(channel: string, startedAtMs: number, graceMs: number, onEnd: (stream: Stream) => void) {
    this.channel = channel;
    this.startedAtMs = startedAtMs;
    this.#graceMs = graceMs;
    this.#onEnd = onEnd;
  }

  /** What the stream carries, as far as its packets told yet. */
  get description(): StreamDescription {
    return this.#description;
  }

  /** Id of the session that publishes now; undefined during the grace time. */
  get publisher(): string | undefined {
    return this.#publisher;
  }

  /** Whether it was begun on the stage, and so needs no publisher. */
  get held(): boolean {
    return this.#held;
  }

  /** Connected subscribers. */
  get viewers(): number {
    return this.#viewers.size;
  }

  /** True from the end of the stream on. */
  get ended(): boolean {
    return this.#ended;
  }

  /** A publisher's media may flow; it replaces an earlier one. */
  publisherConnected(session: string): void {
    if (this.#ended) return;
    clearTimeout(this.#grace);
    this.#publisher = session;
  }

  /** The publisher is gone: for good, or perhaps only for the grace time. One that was replaced changes nothing. */
  publisherLeft(session: string, forGood: boolean): void {
    if (this.#ended || session !== this.#publisher) return;
    this.#publisher = undefined;
    if (this.#held) return;
    if (forGood || this.#graceMs === 0) this.close();
    else this.#grace = setTimeout(() => this.close(), this.#graceMs);
  }

  /** It lasts without a publisher from now on, until it is let go. */
  hold(): void {
    if (this.#ended) return;
    clearTimeout(this.#grace);
    this.#held = true;
  }

  /** It is held no longer: without a publisher it is over. */
  letGo(): void {
    if (this.#ended || !this.#held) return;
    this.#held = false;
    if (this.#publisher === undefined) this.close();
  }

  /** The packets told what they carry. */
  describe(description: StreamDescription): void {
    this.#description = description;
  }

  /** A subscriber connected. */
  viewerJoined(session: string): void {
    if (!this.#ended) this.#viewers.add(session);
  }

  /** A subscriber is gone. */
  viewerLeft(session: string): void {
    this.#viewers.delete(session);
  }

  /** Ends the stream; idempotent. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#grace);
    this.#publisher = undefined;
    this.#viewers.clear();
    this.#onEnd(this);
  }
}

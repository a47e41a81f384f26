import type { FileDecoder } from '@weir/ffmpeg';

/** Decoders work on while a tick is drawn and encoded. */
const READ_AHEAD_MS = 400;

/** What becomes of a track that is decoded. */
export interface ComposeTrackOptions {
  /** Program time of its file's beginning. */
  readonly startMs: number;
  /** Takes each frame with its program time. */
  readonly take: (timeMs: number, data: Uint8Array) => unknown;
  /** It ended before its time. */
  readonly onFailure: (why: string) => void;
}

/** A track of a file that is decoded as far as it is needed. */
export class ComposeTrack {
  readonly #decoder: FileDecoder;
  #lastMs = -Infinity;
  #neededMs = -Infinity;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(
    decode: (onFrame: (timeMs: number, data: Uint8Array) => void) => FileDecoder,
    { startMs, take, onFailure }: ComposeTrackOptions,
  ) {
    this.#decoder = decode((timeMs, data) => {
      this.#lastMs = startMs + timeMs;
      take(this.#lastMs, data);
      if (this.#lastMs > this.#neededMs + READ_AHEAD_MS) this.#decoder.pause();
      if (this.#lastMs > this.#neededMs) this.#wake();
    });
    void this.#watch(onFailure);
  }

  /** Program time of the last frame that was decoded. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** Resolves when all up to this time was decoded, or there is no more. */
  async fill(untilMs: number): Promise<void> {
    this.#neededMs = untilMs;
    if (this.#isOver || this.#lastMs > untilMs + READ_AHEAD_MS / 2) return;
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    this.#decoder.resume();
    if (this.#lastMs <= untilMs) await woken;
  }

  /** The bytes of a picture are needed no more. */
  recycle(data: Uint8Array): void {
    this.#decoder.recycle(data);
  }

  /** Ends its decoder; idempotent. */
  close(): Promise<void> {
    return this.#decoder.kill();
  }

  async #watch(onFailure: (why: string) => void): Promise<void> {
    const failed = await this.#decoder.exited;
    this.#isOver = true;
    if (failed !== undefined) onFailure(failed.message);
    this.#wake();
  }
}

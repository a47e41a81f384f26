import { OpenFile, type OpenFileOptions } from './compose-file.js';
import type { ComposeFile } from './compose-options.js';
import type { TimedPicture } from './picture-queue.js';

const OPENED_BEFORE_MS = 1000;
const BRIDGED_MS = 2000;

/** A guest of a show that is composed again: his files, one after the other. */
export class ComposeGuest {
  readonly #files: ComposeFile[];
  readonly #options: OpenFileOptions;
  /** Opened, in the order of their beginnings. */
  #open: OpenFile[] = [];
  #nowMs = -Infinity;
  #kept: { readonly picture: TimedPicture; readonly atMs: number } | undefined;

  constructor(files: readonly ComposeFile[], options: OpenFileOptions) {
    this.#files = files.toSorted((one, other) => one.startSeconds - other.startSeconds);
    this.#options = options;
  }

  /** His picture at this tick; where a file follows another, the last of that one until there is a new one. */
  get shown(): TimedPicture | undefined {
    const shown = this.#current?.shown;
    if (shown !== undefined) return shown;
    return this.#kept !== undefined && this.#nowMs - this.#kept.atMs < BRIDGED_MS ? this.#kept.picture : undefined;
  }

  /** Program time of the last that is known of him at this tick. */
  get lastMediaMs(): number {
    return this.#current?.lastMediaMs(this.#nowMs) ?? -Infinity;
  }

  /** Goes on to the tick at this program time. */
  async advance(nowMs: number): Promise<void> {
    this.#nowMs = nowMs;
    while (this.#files[0] !== undefined && this.#files[0].startSeconds * 1000 <= nowMs + OPENED_BEFORE_MS)
      this.#open.push(new OpenFile(this.#files.shift()!, this.#options));
    const current = this.#current;
    const past = current === undefined ? [] : this.#open.slice(0, this.#open.indexOf(current));
    for (const file of past) this.#leave(file);
    if (past.length > 0) this.#open = this.#open.slice(past.length);
    await current?.advance(nowMs);
  }

  /** Fills a block with his sound at this tick. */
  sound(block: Float32Array): void {
    const current = this.#current;
    if (current === undefined) block.fill(0);
    else current.sound(this.#nowMs, block);
  }

  /** Ends his decoders; idempotent. */
  async close(): Promise<void> {
    this.#files.length = 0;
    await Promise.all(this.#open.map((file) => file.close()));
  }

  get #current(): OpenFile | undefined {
    return this.#open.findLast(({ startMs }) => startMs <= this.#nowMs);
  }

  #leave(file: OpenFile): void {
    if (file.shown !== undefined) this.#kept = { picture: file.shown, atMs: file.shown.timeMs };
    void file.close();
  }
}

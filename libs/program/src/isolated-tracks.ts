import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GuestFrame } from './guest-media.js';
import { IsolatedFile, matroskaVideo } from './isolated-file.js';

/** Where the guests' own tracks go. */
export interface IsolatedTracksOptions {
  /** Unix milliseconds of program second 0. */
  readonly originMs: number;
  /** A file could not be written: nothing more is, until another directory is told. */
  readonly onFailure: (message: string) => void;
}

interface GuestFile {
  readonly file: IsolatedFile;
  /** The sources and the kind of video that are in it. */
  readonly key: string;
}

interface GuestState {
  videoKey: string;
  audioSource: number | undefined;
  /** Sound that came before it was known whether there is video. */
  early: GuestFrame[];
  open: GuestFile | undefined;
}

const VIDEO_AWAITED_MS = 2000;

/** Writes the tracks of each guest, without transcoding, to Matroska: a file for each guest, and another for each source that follows. */
export class IsolatedTracks {
  readonly #options: IsolatedTracksOptions;
  readonly #guests = new Map<string, GuestState>();
  readonly #closing = new Set<Promise<void>>();
  #directory: string | undefined;

  constructor(options: IsolatedTracksOptions) {
    this.#options = options;
  }

  /** The directory from now on, which is made; undefined for none. */
  set directory(directory: string | undefined) {
    if (directory === this.#directory) return;
    this.#closeAll();
    this.#directory = directory;
    try {
      if (directory !== undefined) mkdirSync(directory, { recursive: true });
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** The next frame of a guest. */
  frame(guest: string, frame: GuestFrame): void {
    if (this.#directory === undefined) return;
    const state = this.#state(guest);
    if (frame.kind === 'video') this.#video(guest, state, frame);
    else this.#audio(guest, state, frame);
  }

  /** The guest is not on the stage any more: what follows belongs into another file. */
  leave(guest: string): void {
    const state = this.#guests.get(guest);
    if (state === undefined) return;
    this.#closeFile(state);
    this.#guests.delete(guest);
  }

  /** Resolves when everything is written; idempotent. */
  async close(): Promise<void> {
    this.#closeAll();
    this.#directory = undefined;
    await Promise.all(this.#closing);
  }

  #state(guest: string): GuestState {
    let state = this.#guests.get(guest);
    if (state === undefined) {
      state = { videoKey: '', audioSource: undefined, early: [], open: undefined };
      this.#guests.set(guest, state);
    }
    return state;
  }

  #video(guest: string, state: GuestState, frame: GuestFrame): void {
    if (frame.isKey) {
      const track = matroskaVideo(frame);
      if (track === undefined) return;
      const configuration = Buffer.from(track.configuration ?? []).toString('hex');
      state.videoKey = `${frame.source} ${track.codec} ${track.width}x${track.height} ${configuration}`;
      const key = keyOf(state);
      if (state.open?.key !== key) this.#open(guest, state, key, frame, track);
    }
    if (state.open?.key === keyOf(state)) state.open.file.write(frame);
  }

  #audio(guest: string, state: GuestState, frame: GuestFrame): void {
    if (state.audioSource !== frame.source) {
      // What follows belongs into another file, which begins with a key frame, or soon without one.
      if (state.audioSource !== undefined) this.#closeFile(state);
      state.audioSource = frame.source;
      // The first sound of a file that began with a picture is of that file.
      if (state.open !== undefined) state.open = { ...state.open, key: keyOf(state) };
    }
    if (state.open !== undefined) {
      state.open.file.write(frame);
      return;
    }
    state.early.push(frame);
    const first = state.early[0]!;
    if (frame.timeMs - first.timeMs > VIDEO_AWAITED_MS) {
      state.videoKey = '';
      this.#open(guest, state, keyOf(state), first, undefined);
    }
  }

  #open(
    guest: string,
    state: GuestState,
    key: string,
    next: GuestFrame,
    video: ReturnType<typeof matroskaVideo>,
  ): void {
    const early = state.early;
    this.#closeFile(state);
    const first = early[0] !== undefined && early[0].timeMs < next.timeMs ? early[0] : next;
    if (this.#directory === undefined) return;
    const name = `${guest.replaceAll(/[^\w.-]/g, '_')}-${Math.round(this.#options.originMs + first.timeMs)}.mkv`;
    const file = new IsolatedFile(join(this.#directory, name), first.timeMs, video, (error) => this.#fail(error));
    state.open = { file, key };
    for (const frame of early) file.write(frame);
  }

  #fail(error: Error): void {
    this.#closeAll();
    this.#directory = undefined;
    this.#options.onFailure(error.message);
  }

  #closeAll(): void {
    for (const state of this.#guests.values()) this.#closeFile(state);
    this.#guests.clear();
  }

  #closeFile(state: GuestState): void {
    const open = state.open;
    state.open = undefined;
    state.early = [];
    if (open === undefined) return;
    const closing = open.file.close().then(() => void this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

function keyOf({ videoKey, audioSource }: GuestState): string {
  return `${videoKey} ${audioSource ?? ''}`;
}

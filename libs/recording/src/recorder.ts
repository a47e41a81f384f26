import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '@weir/hls';
import type { ProgramTrack } from '@weir/program';
import type { LiveProgram, ProgramListener } from '@weir/programs';
import type { JournalEntry as ShowEntry } from '@weir/stage';
import { fragmentsAt } from './fragment-time.js';
import { Journal } from './journal.js';
import type { JournalEntry, JournalHead } from './journal-entry.js';
import { posterName } from './previews.js';
import { type RecordedSegment, takesSeconds, type TrackKind, trackFileName } from './recorded-media.js';
import { RecordingIndex } from './recording-index.js';
import { noteImage, noteShow, showBytes, tracksFolder } from './show-journal.js';
import { type PartPlace, TakePlan } from './take-plan.js';
import { TrackFile } from './track-file.js';
import { writeFault } from './write-fault.js';

/** How far a recording is. */
export interface RecorderFigures {
  readonly durationMs: number;
  readonly bytes: number;
  /** Pixels of the newest picture; 0 until there is one. */
  readonly width: number;
  readonly height: number;
}

/** What a recorder asks and tells. */
export interface RecorderOptions {
  readonly head: JournalHead;
  /** The recording's folder, which is made. */
  readonly directory: string;
  /** Whether the guests' own tracks are kept too. */
  readonly isolatedTracks: boolean;
  /** Asked after each segment: why there is no room for more, or undefined. */
  readonly noRoom: () => Promise<string | undefined>;
  /** After each segment. */
  readonly onGrowth: (figures: RecorderFigures) => void;
  /** Once, when its files are closed; with a sentence when it ended before its stream did. */
  readonly onEnd: (reason: string | undefined) => void;
}

interface OpenTrack {
  readonly take: number;
  readonly file: TrackFile;
  segment: RecordedSegment | undefined;
}

const mostWaitingBytes = 64 << 20;

/** Writes the program of one stream down as it comes: parts appended to one file for each track, on the disk after each segment. */
export class Recorder implements ProgramListener {
  readonly index: RecordingIndex;
  readonly #program: LiveProgram;
  readonly #options: RecorderOptions;
  readonly #plan = new TakePlan();
  readonly #open = new Map<TrackKind, OpenTrack>();
  #journal: Journal | undefined;
  #queue: Promise<void>;
  #waitingBytes = 0;
  #bytes = 0;
  /** Of the guests' own tracks and what belongs to them, after each segment. */
  #showBytes = 0;
  #closing: Promise<void> | undefined;
  #hasPoster = false;

  constructor(program: LiveProgram, options: RecorderOptions) {
    this.index = new RecordingIndex(options.head);
    this.#program = program;
    this.#options = options;
    this.#queue = this.#begin();
    this.#queue.catch((error: unknown) => this.#fail(error));
    program.listen(this);
  }

  /** How far it is. */
  get figures(): RecorderFigures {
    const video = this.index.takes.findLast((take) => take.video !== undefined)?.video;
    const durationMs = Math.round(takesSeconds(this.index.takes) * 1000);
    return { durationMs, bytes: this.#bytes + this.#showBytes, width: video?.width ?? 0, height: video?.height ?? 0 };
  }

  track(track: ProgramTrack): void {
    this.#plan.track(track);
  }

  trackEnded(name: string): void {
    this.#plan.trackEnded(name);
  }

  part(part: Part): void {
    if (this.#closing !== undefined) return;
    const place = this.#plan.place(part);
    if (place === undefined) return;
    this.#waitingBytes += part.bytes.length;
    if (this.#waitingBytes > mostWaitingBytes) {
      void this.close('The disk was too slow to keep up.');
      return;
    }
    this.#queue = this.#queue.then(() => this.#write(place, part));
    this.#queue.catch((error: unknown) => this.#fail(error));
  }

  /** What happens on the stage is kept with the tracks of its guests, so that the show can be composed again. */
  journal(entry: ShowEntry): void {
    if (!this.#options.isolatedTracks || this.#closing !== undefined) return;
    this.#queue = this.#queue.then(() => noteShow(this.#options.directory, entry));
    this.#queue.catch((error: unknown) => this.#fail(error));
  }

  /** What images show is kept too, when it is first shown. */
  image(name: string, file: Uint8Array): void {
    if (!this.#options.isolatedTracks || this.#closing !== undefined) return;
    const seconds = Math.max(0, Date.now() - this.#program.originMs) / 1000;
    this.#queue = this.#queue.then(() => noteImage(this.#options.directory, { seconds, name }, file));
    this.#queue.catch((error: unknown) => this.#fail(error));
  }

  ended(): void {
    void this.close();
  }

  /** Writes what has come and closes the files; idempotent. */
  close(reason?: string): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async #begin(): Promise<void> {
    const { directory, head, isolatedTracks } = this.#options;
    await mkdir(isolatedTracks ? join(directory, tracksFolder) : directory, { recursive: true, mode: 0o700 });
    this.#journal = await Journal.create(directory, head);
    if (isolatedTracks && this.#closing === undefined) this.#program.isolate(join(directory, tracksFolder));
  }

  async #write(place: PartPlace, part: Part): Promise<void> {
    const { kind } = place;
    const open = await this.#trackFor(place);
    if (open.segment !== undefined && !continues(open.segment, part)) await this.#endSegment(kind, open);
    const offset = open.file.bytes;
    // a process that goes on with a program may count its own times
    const startTicks = Math.round(part.startSeconds * place.track.init.timescale);
    await open.file.append(fragmentsAt(part.bytes, startTicks));
    this.#waitingBytes -= part.bytes.length;
    this.#bytes += part.bytes.length;
    open.segment = extended(open.segment, part, offset);
    if (part.endsSegment) await this.#endSegment(kind, open);
  }

  async #trackFor({ kind, take, track }: PartPlace): Promise<OpenTrack> {
    const before = this.#open.get(kind);
    if (before?.take === take) return before;
    if (before !== undefined) await this.#closeTrack(kind, before);
    const { init, name, bitrateBps, frameRate } = track;
    const file = await TrackFile.create(join(this.#options.directory, trackFileName(kind, take)));
    const open: OpenTrack = { take, file, segment: undefined };
    this.#open.set(kind, open);
    await file.append(init.bytes);
    this.#bytes += init.bytes.length;
    const { codec, width, height } = init;
    const initBytes = init.bytes.length;
    await this.#note({ type: 'track', take, kind, name, codec, width, height, bitrateBps, frameRate, initBytes });
    return open;
  }

  async #endSegment(kind: TrackKind, open: OpenTrack): Promise<void> {
    const { segment } = open;
    if (segment === undefined) return;
    open.segment = undefined;
    await open.file.sync();
    await this.#note({ type: 'segment', take: open.take, kind, ...segment });
    if (kind === 'audio' && this.#open.has('video')) return;
    await this.#weighShow();
    this.#options.onGrowth(this.figures);
    await this.#keepPoster();
    const reason = await this.#options.noRoom();
    if (reason !== undefined) void this.close(reason);
  }

  async #note(entry: JournalEntry): Promise<void> {
    await this.#journal?.append(entry);
    this.index.apply(entry);
  }

  async #weighShow(): Promise<void> {
    if (this.#options.isolatedTracks) this.#showBytes = await showBytes(this.#options.directory);
  }

  async #keepPoster(): Promise<void> {
    const { poster } = this.#program;
    if (this.#hasPoster || poster === undefined) return;
    this.#hasPoster = true;
    await writeFile(join(this.#options.directory, posterName), poster);
  }

  async #closeTrack(kind: TrackKind, open: OpenTrack): Promise<void> {
    this.#open.delete(kind);
    try {
      await this.#endSegment(kind, open);
    } finally {
      await open.file.close();
    }
  }

  #fail(error: unknown): void {
    void this.close(writeFault(error));
  }

  async #close(reason: string | undefined): Promise<void> {
    if (this.#options.isolatedTracks) this.#program.isolate(undefined);
    let fault = reason;
    await this.#queue.catch((error: unknown) => (fault ??= writeFault(error)));
    for (const [kind, open] of Array.from(this.#open)) {
      await this.#closeTrack(kind, open).catch((error: unknown) => (fault ??= writeFault(error)));
    }
    await this.#journal?.close().catch(() => undefined);
    await this.#weighShow().catch(() => undefined);
    this.#options.onGrowth(this.figures);
    this.#options.onEnd(fault);
  }
}

function continues(segment: RecordedSegment, part: Part): boolean {
  return segment.segment === part.segment && segment.run === part.run;
}

function extended(segment: RecordedSegment | undefined, part: Part, offset: number): RecordedSegment {
  if (segment === undefined) {
    const { run, startSeconds, durationSeconds } = part;
    return { run, segment: part.segment, offset, bytes: part.bytes.length, startSeconds, durationSeconds };
  }
  const durationSeconds = part.startSeconds + part.durationSeconds - segment.startSeconds;
  return { ...segment, bytes: segment.bytes + part.bytes.length, durationSeconds };
}

import type { Part } from '@weir/hls';
import type { ProgramResume, ProgramTrack } from '@weir/program';
import type { JournalEntry } from '@weir/stage';
import type { ProgramListener } from './live-program.js';

interface Follower {
  readonly listener: ProgramListener;
  /** What is before this segment began without it. */
  readonly fromSegment: number;
}

/** The tracks and parts of a program on their way to its listeners, over all processes that made them. */
export class ProgramOutput {
  readonly #onFault: (error: unknown) => void;
  readonly #followers: Follower[] = [];
  readonly #tracks = new Map<string, ProgramTrack>();
  readonly #journal = new Map<JournalEntry['type'], JournalEntry>();
  #lastRun = -1;
  #newestSegment = -1;
  #endSeconds = 0;
  #ended = false;

  /** `onFault` hears what a listener throws, which troubles no other. */
  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  /** The listener gets the tracks and images that there are and everything from the next segment on. */
  listen(listener: ProgramListener, images: ReadonlyMap<string, Uint8Array> = new Map()): void {
    const fromSegment = this.#newestSegment + 1;
    if (this.#ended) {
      this.#tell(() => listener.ended());
      return;
    }
    this.#followers.push({ listener, fromSegment });
    for (const track of this.#tracks.values()) this.#tell(() => listener.track(track));
    for (const entry of this.#journal.values()) this.#tell(() => listener.journal?.(entry));
    for (const [name, file] of images) this.#tell(() => listener.image?.(name, file));
  }

  track(track: ProgramTrack): void {
    this.#lastRun = Math.max(this.#lastRun, track.run);
    this.#tracks.set(track.name, track);
    for (const { listener } of this.#followers) this.#tell(() => listener.track(track));
  }

  trackEnded(name: string): void {
    if (!this.#tracks.delete(name)) return;
    for (const { listener } of this.#followers) this.#tell(() => listener.trackEnded(name));
  }

  part(part: Part): void {
    this.#lastRun = Math.max(this.#lastRun, part.run);
    this.#newestSegment = Math.max(this.#newestSegment, part.segment);
    this.#endSeconds = Math.max(this.#endSeconds, part.startSeconds + part.durationSeconds);
    for (const { listener, fromSegment } of this.#followers) {
      if (part.segment >= fromSegment) this.#tell(() => listener.part(part));
    }
  }

  journal(entry: JournalEntry): void {
    // In the order of their times, for who listens late.
    this.#journal.delete(entry.type);
    this.#journal.set(entry.type, entry);
    for (const { listener } of this.#followers) this.#tell(() => listener.journal?.(entry));
  }

  image(name: string, file: Uint8Array): void {
    for (const { listener } of this.#followers) this.#tell(() => listener.image?.(name, file));
  }

  /** Where the next process goes on, that starts at this program time. */
  resume(clockSeconds: number): ProgramResume {
    return {
      run: this.#lastRun + 1,
      segment: this.#newestSegment + 1,
      seconds: Math.max(clockSeconds, this.#endSeconds),
    };
  }

  /** Nothing more comes; idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const { listener } of this.#followers.splice(0)) this.#tell(() => listener.ended());
  }

  #tell(say: () => void): void {
    try {
      say();
    } catch (error) {
      this.#onFault(error);
    }
  }
}

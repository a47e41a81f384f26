import type { Part, SegmentProfile } from '@weir/hls';
import type { ProgramState, ProgramTrack } from '@weir/program';
import type { JournalEntry } from '@weir/stage';

/** What a feature does with the output of a program; calls come in the order of the media. */
export interface ProgramListener {
  /** A new track, or an old one in a new run: told before its parts. */
  track(track: ProgramTrack): void;
  trackEnded(name: string): void;
  part(part: Part): void;
  /** What changed on its stage; who listens late is told the last of each type first. */
  journal?(entry: JournalEntry): void;
  /** What an image shows from now on that its stage may name; who listens late is told of those that there are. */
  image?(name: string, file: Uint8Array): void;
  /** The program is over: nothing more comes. */
  ended(): void;
}

/** While a program is needed for this, it is made in real time too. */
export const REAL_TIME_NEED = 'whep';

/** A running program of a channel, as features see it. */
export interface LiveProgram {
  readonly channel: string;
  /** Names the stream in URLs: its start in Unix milliseconds, base 36. */
  readonly epoch: string;
  readonly startedAtMs: number;
  /** Unix milliseconds of program second 0. */
  readonly originMs: number;
  readonly profile: SegmentProfile;
  readonly state: ProgramState;
  /** JPEG of the last seconds. */
  readonly poster: Uint8Array | undefined;
  /** Tells everything from the next segment on, beginning with the tracks that there are. */
  listen(listener: ProgramListener): void;
  /** The guests' own tracks go to Matroska files in this directory, or nowhere from now on. */
  isolate(directory: string | undefined): void;
}

/** Keeps a program running until it is released; idempotent. */
export interface ProgramNeed {
  release(): void;
}

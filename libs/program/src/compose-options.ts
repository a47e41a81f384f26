import type { Part, SegmentProfile } from '@weir/hls';
import type { Arrangement, JournalEntry, Size } from '@weir/stage';
import type { ProgramTrack } from './program-protocol.js';

/** What is other than it was in the show. */
export interface ComposeChanges {
  /** In the place of every arrangement of the show; its cards stay, and who was muted. */
  readonly arrangement?: Arrangement;
  /** Put over every arrangement of the show. */
  readonly scene?: { readonly [Key in Exclude<keyof Arrangement, 'guests'>]?: Arrangement[Key] | undefined };
}

/** A Matroska file with tracks of a guest, as `IsolatedTracks` writes them. */
export interface ComposeFile {
  readonly guest: string;
  readonly path: string;
  /** Program time of its beginning. */
  readonly startSeconds: number;
}

/** A show that is composed again out of what was kept of it; plain data. */
export interface ComposeOptions {
  readonly ffmpegPath: string;
  /** Shown on cards, and while nobody is seen. */
  readonly title: string;
  /** Both numbers even. */
  readonly canvas: Size;
  /** Pictures a second. */
  readonly frameRate: number;
  readonly bitrateBps: number;
  readonly profile: SegmentProfile;
  /** Program time of its beginning and its end. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly journal: readonly JournalEntry[];
  readonly changes: ComposeChanges;
  readonly files: readonly ComposeFile[];
  /** By their contents, as the journal tells them; else by what an arrangement names. */
  readonly images: readonly { readonly name: string; readonly path: string }[];
}

/** Composing process to server process. */
export type ComposeReport =
  | { readonly type: 'track'; readonly track: ProgramTrack }
  | { readonly type: 'part'; readonly part: Part }
  /** From 0 to 1. */
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'log'; readonly message: string }
  /** The last word when it went wrong. */
  | { readonly type: 'failed'; readonly reason: string }
  /** The last word when all of it was told. */
  | { readonly type: 'done' };

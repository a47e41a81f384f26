import type { TrackInit } from '@weir/cmaf';
import type { Part } from '@weir/hls';
import type { MediaKind, OutgoingPacket } from '@weir/rtp';
import type { TapEvent } from '@weir/sfu';
import type { Arrangement, JournalEntry } from '@weir/stage';
import type { ProgramOptions } from './program-options.js';

/** A track of a program as it is from a run on. */
export interface ProgramTrack {
  /** A rung such as `720p`, `source` for passthrough, or `audio`. */
  readonly name: string;
  /** The run that it begins with. */
  readonly run: number;
  readonly init: TrackInit;
  /** What the encoder is told to stay below, or what was measured; bits a second. */
  readonly bitrateBps: number;
  /** Pictures a second; 0 for audio. */
  readonly frameRate: number;
}

/** How a program is doing. */
export interface ProgramState {
  readonly mode: 'program' | 'passthrough';
  /** Why it is not made as was asked for, a sentence. */
  readonly reason?: string;
  /** Whether the publisher's picture is shown, or the slate. */
  readonly isOnSlate: boolean;
  /** Rungs that were given up because the encoder could not keep up. */
  readonly droppedRungs: readonly string[];
}

/** Figures of a program, since its start unless said. */
export interface ProgramFigures {
  /** How late ticks of the bus are, milliseconds, in the last seconds. */
  readonly tickLagP50Ms: number;
  readonly tickLagP99Ms: number;
  /** Pictures that wait for the encoder now. */
  readonly encoderQueue: number;
  readonly framesDecoded: number;
  readonly framesRepeated: number;
  readonly framesLost: number;
  readonly keyFrameRequests: number;
  readonly encoderRestarts: number;
  readonly decoderRestarts: number;
  /** CPU of the program process and of its ffmpegs, seconds. */
  readonly cpuSeconds: number;
}

/** Server process to program process. */
export type ProgramRequest =
  | { readonly type: 'open'; readonly options: ProgramOptions }
  | { readonly type: 'media'; readonly guest: string; readonly event: TapEvent }
  | { readonly type: 'title'; readonly title: string }
  /** What is on the stage from the next tick on; undefined for the publisher alone. */
  | { readonly type: 'arrange'; readonly arrangement: Arrangement | undefined }
  /** The file of an image that arrangements name: PNG, JPEG or WebP of at most 8 MiB; undefined when there is none any more. */
  | { readonly type: 'image'; readonly name: string; readonly file: Uint8Array | undefined }
  /** How loud a guest is now, decibels below overload (RFC 6464); where none is told, it is measured. */
  | { readonly type: 'level'; readonly guest: string; readonly level: number }
  /** The guests' own tracks go, without transcoding, to Matroska files in this directory, or nowhere from now on. */
  | { readonly type: 'isolate'; readonly directory: string | undefined }
  /** Whether the program is told as RTP packets too. */
  | { readonly type: 'real-time'; readonly on: boolean }
  /** Ends with what is left of the last part. */
  | { readonly type: 'close' };

/** Program process to server process. */
export type ProgramReport =
  /** A new track, or an old one in a new run. */
  | { readonly type: 'track'; readonly track: ProgramTrack }
  /** The track is no more. */
  | { readonly type: 'track-ended'; readonly name: string }
  | { readonly type: 'part'; readonly part: Part }
  /**
   * While it is wanted in real time: a picture of the highest rung (H.264, 90 kHz), or packets of sound (Opus, 48 kHz, 20 ms each). Timestamps
   * never go back.
   */
  | { readonly type: 'rtp'; readonly kind: MediaKind; readonly packets: readonly OutgoingPacket[] }
  /** When what has this timestamp was captured, Unix milliseconds, by one clock for both kinds; before the first packets and every second. */
  | { readonly type: 'rtp-clock'; readonly kind: MediaKind; readonly timestamp: number; readonly atMs: number }
  | { readonly type: 'poster'; readonly jpeg: Uint8Array }
  | { readonly type: 'key-frame'; readonly guest: string }
  | { readonly type: 'state'; readonly state: ProgramState }
  /** What changed on the stage, and when: who is there, who speaks, what is arranged. Kept, a show can be composed again. */
  | { readonly type: 'journal'; readonly entry: JournalEntry }
  | { readonly type: 'figures'; readonly figures: ProgramFigures }
  | { readonly type: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly message: string }
  /** The last word. */
  | { readonly type: 'closed' };

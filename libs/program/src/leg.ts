import type { Arrangement } from '@weir/stage';
import type { CpuMeter } from './cpu-meter.js';
import type { GuestFrame, GuestMedia } from './guest-media.js';
import type { ImageShelf } from './image-shelf.js';
import type { ProgramClock } from './program-clock.js';
import type { ProgramOptions } from './program-options.js';
import type { ProgramReport } from './program-protocol.js';
import type { QuantileWindow } from './quantile-window.js';
import type { RealTimeOutput } from './real-time-output.js';
import type { RunPosition } from './run-output.js';

/** What a leg has done, as far as it does such things. */
export interface LegFigures {
  readonly encoderQueue: number;
  readonly framesDecoded: number;
  readonly framesRepeated: number;
  readonly encoderRestarts: number;
  readonly decoderRestarts: number;
}

/** What a leg needs of the process it lives in. */
export interface LegSurroundings {
  readonly options: ProgramOptions;
  readonly clock: ProgramClock;
  readonly cpu: CpuMeter;
  readonly tickLags: QuantileWindow;
  /** The media of each guest, by name. */
  readonly guests: ReadonlyMap<string, GuestMedia>;
  /** What arrangements name. */
  readonly images: ImageShelf;
  /** Takes what the program is as it comes out of an encoder. */
  readonly realTime: RealTimeOutput;
  /** Where the first run begins; waited for. */
  readonly position: Promise<RunPosition>;
  /** No run begins before this program time. */
  readonly notBeforeSeconds: number;
  readonly report: (report: ProgramReport) => void;
  readonly wantKeyFrame: (guest: string) => void;
  /** What the leg tells of itself has changed. */
  readonly changed: () => void;
}

/** One way to make the program out of what its guests send. */
export interface Leg {
  readonly isOnSlate: boolean;
  readonly droppedRungs: readonly string[];
  /** Why nothing comes, or less than was asked for. */
  readonly reason: string | undefined;
  readonly figures: LegFigures;
  /** Program time up to which it has taken media. */
  readonly endSeconds: number;
  frame(guest: string, frame: GuestFrame): void;
  /** The guest's publisher is gone. */
  gone(guest: string): void;
  /** The title on the slate from now on. */
  title(title: string): void;
  /** What is on the stage from the next tick on; undefined for the publisher alone. */
  arrange(arrangement: Arrangement | undefined): void;
  /** How loud a guest is now, decibels below overload. */
  level(guest: string, level: number): void;
  /** Resolves, when everything was told, with the position behind it; idempotent. */
  close(): Promise<RunPosition>;
}

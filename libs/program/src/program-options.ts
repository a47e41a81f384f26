import type { SegmentProfile } from '@weir/hls';
import type { Arrangement } from '@weir/stage';

/** One rung of the ladder. */
export interface Rung {
  /** Such as `720p`. */
  readonly name: string;
  /** Pixels; the width follows from the picture. */
  readonly height: number;
  readonly bitrateBps: number;
}

/** Where a program goes on that was cut off. */
export interface ProgramResume {
  readonly run: number;
  /** First media sequence number. */
  readonly segment: number;
  /** Program time of its beginning. */
  readonly seconds: number;
}

/** How a program is made; plain data. */
export interface ProgramOptions {
  readonly channel: string;
  /** Shown on the slate. */
  readonly title: string;
  /** `passthrough` packs the publisher's H.264 as it is and goes over to `program`, with a reason, when it does not qualify. */
  readonly mode: 'program' | 'passthrough';
  /** Undefined without ffmpeg: then only passthrough works, with Opus as it is. */
  readonly ffmpegPath: string | undefined;
  /** Highest first; rungs above the source are left out. */
  readonly ladder: readonly Rung[];
  readonly profile: SegmentProfile;
  /** Pictures a second, default 30. */
  readonly frameRate: number;
  /** Unix milliseconds of program second 0. */
  readonly originMs: number;
  readonly resume?: ProgramResume;
  /** What is on the stage at first; with one, the canvas is 16:9 and as high as the highest rung. */
  readonly arrangement?: Arrangement;
}

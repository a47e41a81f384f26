import type { PictureSize } from './picture-size.js';

/** One picture track of the encoder. */
export interface LadderRung extends PictureSize {
  /** Such as `720p`. */
  readonly name: string;
  /** Mean and highest rate, bits a second. */
  readonly bitrateBps: number;
}

/** What is encoded, and how. */
export interface LadderOptions {
  readonly ffmpegPath: string;
  /** Of the pictures that are given; both numbers even. */
  readonly size: PictureSize;
  /** Pictures a second. */
  readonly frameRate: number;
  /** None for sound alone. */
  readonly rungs: readonly LadderRung[];
  /** Time between key frames, in all rungs at the same pictures. */
  readonly segmentSeconds: number;
  /** Time from the first key frame to the second. Default `segmentSeconds`. */
  readonly firstSegmentSeconds?: number;
  /** Whether there is a track `audio` of AAC; default true. */
  readonly hasAudio?: boolean;
  /** Rate of the AAC, bits a second. Default 128000. */
  readonly audioBitrateBps?: number;
  /** Program time of the first picture and the first sample. Default 0. */
  readonly offsetSeconds?: number;
  /** Preset of x264. Default `superfast`. */
  readonly preset?: string;
  /** Pictures that may wait before more are refused. Default 6. */
  readonly maxQueuedPictures?: number;
  /** A piece of a track's fragmented MP4: `ftyp`, `moov`, then `moof` and `mdat` for each picture or sound packet, cut anywhere. */
  readonly onChunk: (track: string, chunk: Uint8Array) => void;
  /**
   * Told of each picture of the first rung as it comes out of the encoder, one for each that was given: in an MP4 it would wait for the next. Key
   * frames begin with their parameter sets (H.264 annex B); the bytes belong to the callee.
   */
  readonly onPicture?: (accessUnit: Uint8Array) => void;
}

/** Name of the sound track of a ladder. */
export const LADDER_AUDIO = 'audio';

/** Decode times in all fragments are this much later than program time, so that none is negative. */
export const FRAGMENT_OFFSET_SECONDS = 10;

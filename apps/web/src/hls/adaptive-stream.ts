import type Hls from 'hls.js';
import type { RungFacts } from '../player/quality.js';

/** Why a stream cannot go on by itself. */
export type StreamTrouble = 'network' | 'media';

/** What a stream plays, where, and whom it tells. */
export interface StreamOptions {
  /** Multivariant playlist. */
  readonly url: string;
  readonly video: HTMLVideoElement;
  /** Sent as Bearer with every request, where hls.js makes them. */
  readonly token?: string | undefined;
  /** Begins with the first second that there is, also while live. */
  readonly fromStart: boolean;
  /** Told with the first playlist, and again when a live stream is over. */
  readonly onLive: (live: boolean, isFirst: boolean) => void;
  /** The rungs, or which of them plays, changed. */
  readonly onRungs: () => void;
  /** Nothing comes any more; told once. */
  readonly onTrouble: (trouble: StreamTrouble) => void;
}

/** One HLS playlist in one video element, by whatever plays it. */
export interface AdaptiveStream {
  readonly rungs: readonly RungFacts[];
  /** Index of the rung on the screen; undefined while unknown. */
  readonly playingRung: number | undefined;
  /** Index of the rung that was chosen; -1 when the stream chooses. */
  readonly chosenRung: number;
  /** When the picture on the screen was taken, Unix milliseconds; undefined while unknown. */
  readonly playingDateMs: number | undefined;
  /** The media time that can be played, seconds; undefined until there is some. */
  readonly startSeconds: number | undefined;
  readonly endSeconds: number | undefined;
  /** Media time where a viewer who follows wants to be, seconds; undefined when not live. */
  readonly liveSeconds: number | undefined;
  readonly bandwidthBps: number | undefined;
  /** Such as `avc1.64001f + mp4a.40.2`; empty while unknown. */
  readonly codecs: string;
  /** Times that playing ran dry. */
  readonly stalls: number;
  /** What plays it, for tests and curious people. */
  readonly hls: Hls | undefined;
  /** Goes on in another element. */
  moveTo(video: HTMLVideoElement): void;
  chooseRung(index: number): void;
  /** The media time of a moment, seconds; undefined when the playlist does not have it. */
  secondsOfDate(dateMs: number): number | undefined;
  /** Ends it; idempotent. */
  close(): void;
}

import type { ReadonlySignal } from '@preact/signals';
import type { ConnectionState } from '../media/connection.js';
import type { RequestRefused } from '../media/request-refused.js';
import type { Figures } from './figures.js';
import type { Playback } from './playback.js';
import type { Quality } from './quality.js';
import type { TimeWindow } from './time-window.js';

/**
 * What the viewer sees happening. Beside the states of a connection: `stalled`, media does not come; `ended`, the stream is
 * over and was played to its end; `unavailable`, it is there but cannot be had this way, asked again by itself.
 */
export type PlayerState = ConnectionState | 'stalled' | 'ended' | 'unavailable';

/** How late the picture is. */
export interface Delay {
  readonly milliseconds: number;
  /** From capture to screen by the sender's clock; else only the part of it that is known. */
  readonly measured: boolean;
}

/** Plays one thing in one video element, and tells what to show around it. */
export interface Player {
  readonly playback: Playback;
  readonly state: ReadonlySignal<PlayerState>;
  /** Why it is refused or unavailable. */
  readonly refusal: ReadonlySignal<RequestRefused | undefined>;
  /** A picture was shown. */
  readonly pictured: ReadonlySignal<boolean>;
  readonly soundOnly: ReadonlySignal<boolean>;
  /** From the broadcaster to the screen; undefined where it means nothing. */
  readonly delay: ReadonlySignal<Delay | undefined>;
  /** Undefined until there are some. */
  readonly figures: ReadonlySignal<Figures | undefined>;
  /** Undefined where time cannot be moved in. */
  readonly rewind?: Rewind | undefined;
  /** Goes so many seconds back from what is live, by other means than `rewind`; undefined where there is no past. */
  readonly goBack?: ((seconds: number) => void) | undefined;
  /** Undefined where there is nothing to choose. */
  readonly quality?: QualityChoice | undefined;
  /** A stream that is over and can be watched again. */
  readonly replay?: Replay | undefined;
  /** When the picture on the screen was captured, Unix milliseconds by the server's clock; undefined when nobody knows. */
  capturedAtMs(): number | undefined;
  /** Plays as soon as there is something to play. */
  start(): void;
  /** Tries again after a refusal. */
  restart(): void;
  /** Ends for good; idempotent. */
  close(): void;
}

/** Moving about in the time of a stream. */
export interface Rewind {
  /** Undefined while there is nothing to move in. */
  readonly window: ReadonlySignal<TimeWindow | undefined>;
  /** `behind` offers the way to what is live; `none` when nothing is. */
  readonly edge: ReadonlySignal<'at-edge' | 'behind' | 'none'>;
  /** Goes to this media time, seconds; outside of the window, to its nearest end. */
  seek(seconds: number): void;
  step(deltaSeconds: number): void;
  goLive(): void;
}

/** The rungs of a ladder to choose from. */
export interface QualityChoice {
  readonly list: ReadonlySignal<readonly Quality[]>;
  /** Index of the chosen rung; -1 leaves the choice to the player. */
  readonly chosen: ReadonlySignal<number>;
  /** Index of the rung on the screen. */
  readonly playing: ReadonlySignal<number | undefined>;
  choose(index: number): void;
}

/** The last broadcast of a channel, while the channel is offline. */
export interface Replay {
  readonly available: ReadonlySignal<boolean>;
  play(): void;
}

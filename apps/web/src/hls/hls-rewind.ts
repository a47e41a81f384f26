import { signal } from '@preact/signals';
import { isBehind, isFollowing, mustJump } from '../player/live-edge.js';
import type { Playback } from '../player/playback.js';
import type { Rewind } from '../player/player.js';
import { withinWindow } from '../player/time-window.js';
import type { TimeWindow } from '../player/time-window.js';
import type { AdaptiveStream } from './adaptive-stream.js';

const READ_EVERY_MS = 250;
/** The oldest of a live stream goes away: who comes back there stays a little ahead of it. */
const AHEAD_OF_OLDEST_SECONDS = 6;

/** The time of what plays over HLS: its window, its edge, and whether it moves. */
export class HlsRewind implements Rewind {
  readonly window = signal<TimeWindow | undefined>(undefined);
  readonly edge = signal<'at-edge' | 'behind' | 'none'>('none');
  /** How long playing has not moved though it should, milliseconds. */
  readonly standstillMs = signal(0);
  /** A newer stream waits. */
  readonly renewed = signal(false);
  #stream: AdaptiveStream | undefined;
  #following = true;
  #position = Number.NaN;
  #movedAtMs = 0;
  readonly #timer: ReturnType<typeof setInterval>;
  #placed = new AbortController();

  constructor(
    private playback: Playback,
    private readonly onRenew: () => void,
  ) {
    this.#timer = setInterval(() => this.read(), READ_EVERY_MS);
    this.#listen();
  }

  /** Whether the viewer wants what is live. */
  get following(): boolean {
    return this.#following;
  }

  /** Reads this stream from now on. */
  attach(stream: AdaptiveStream, following: boolean): void {
    this.#stream = stream;
    this.#following = following;
    this.renewed.value = false;
    this.#rest();
  }

  /** Reads another place from now on. */
  moveTo(playback: Playback): void {
    this.#placed.abort();
    this.#placed = new AbortController();
    this.playback = playback;
    this.#listen();
    this.#rest();
  }

  /** Has nothing to read any more. */
  detach(): void {
    this.#stream = undefined;
    this.read();
  }

  seek(seconds: number): void {
    const window = this.window.value;
    if (window === undefined) return;
    const oldest = window.live ? Math.min(window.endSeconds, window.startSeconds + AHEAD_OF_OLDEST_SECONDS) : 0;
    const target = Math.max(oldest, withinWindow(window, seconds));
    this.#following = window.live && isFollowing(window.endSeconds - target);
    this.#moveTo(target);
  }

  step(deltaSeconds: number): void {
    this.seek(this.playback.video.currentTime + deltaSeconds);
  }

  goLive(): void {
    if (this.renewed.value) return this.onRenew();
    const liveSeconds = this.#stream?.liveSeconds;
    if (liveSeconds === undefined) return;
    this.#following = true;
    this.#moveTo(liveSeconds);
    void this.playback.play();
  }

  /** Takes a reading now. */
  read(): void {
    const window = this.#readWindow();
    this.window.value = window;
    if (window === undefined) {
      this.edge.value = 'none';
      this.#rest();
      return;
    }
    this.#readStandstill(window.positionSeconds);
    if (window.live) this.#readEdge(window);
    else this.edge.value = this.renewed.value ? 'behind' : 'none';
  }

  /** Stops reading; idempotent. */
  close(): void {
    clearInterval(this.#timer);
    this.#placed.abort();
    this.detach();
  }

  #listen(): void {
    // A browser may pause a page that nobody sees; that is no wish of the viewer.
    const pause = () => !document.hidden && (this.#following = false);
    this.playback.video.addEventListener('pause', pause, { signal: this.#placed.signal });
  }

  #readWindow(): TimeWindow | undefined {
    const stream = this.#stream;
    const { video } = this.playback;
    if (stream?.startSeconds === undefined || stream.endSeconds === undefined || video.readyState === 0)
      return undefined;
    return {
      startSeconds: stream.startSeconds,
      endSeconds: Math.max(stream.startSeconds, stream.liveSeconds ?? stream.endSeconds),
      positionSeconds: video.currentTime,
      bufferedSeconds: bufferedFrom(video),
      live: stream.liveSeconds !== undefined,
    };
  }

  #readEdge({ startSeconds, endSeconds, positionSeconds }: TimeWindow): void {
    const paused = this.playback.video.paused;
    const behindSeconds = endSeconds - positionSeconds;
    if (mustJump({ behindSeconds, paused, following: this.#following })) this.#moveTo(endSeconds);
    else if (!paused && isFollowing(behindSeconds)) this.#following = true;
    else if (!paused && positionSeconds < startSeconds) {
      this.#moveTo(Math.min(endSeconds, startSeconds + AHEAD_OF_OLDEST_SECONDS));
    }
    this.edge.value = isBehind({ behindSeconds, paused, following: this.#following }) ? 'behind' : 'at-edge';
  }

  #readStandstill(positionSeconds: number): void {
    const { video } = this.playback;
    if (video.paused || video.ended || positionSeconds !== this.#position) {
      this.#position = positionSeconds;
      this.#rest();
    } else this.standstillMs.value = performance.now() - this.#movedAtMs;
  }

  #rest(): void {
    this.#movedAtMs = performance.now();
    this.standstillMs.value = 0;
  }

  #moveTo(seconds: number): void {
    this.playback.video.currentTime = seconds;
    const window = this.#readWindow();
    this.window.value = window && { ...window, positionSeconds: seconds };
  }
}

function bufferedFrom({ buffered, currentTime }: HTMLVideoElement): number {
  for (let range = 0; range < buffered.length; range += 1) {
    if (buffered.start(range) <= currentTime + 0.1 && buffered.end(range) >= currentTime) return buffered.end(range);
  }
  return currentTime;
}

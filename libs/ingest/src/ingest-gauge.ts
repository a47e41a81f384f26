import type { PublisherFigures, TrackFigures } from '@weir/sfu';

const RATE_SECONDS = 5;
const LOSS_SECONDS = 10;
const SILENT_SECONDS = 3;
const INTERVALS_KEPT = 8;

/** What was measured of one track. */
export interface TrackFacts {
  /** Nothing came in the last three seconds, though it was offered. */
  readonly isSilent: boolean;
  /** Mean of the last five seconds. */
  readonly bitrateBps: number;
  /** Mean of the last five seconds. */
  readonly framesPerSecond: number;
  /** What each second of five reached, at its highest so far: what came late and all at once is no rate. */
  readonly bestFramesPerSecond: number;
  /** The newest distances of key frames, the oldest first; at most eight. */
  readonly keyFrameIntervalsMs: readonly number[];
  /** Undefined before the first key frame. */
  readonly sinceKeyFrameMs: number | undefined;
}

/** What was measured of a publisher. */
export interface IngestFacts {
  /** Seconds in which it was measured, at most ten. */
  readonly seconds: number;
  /** Anything came since it connected. */
  readonly hasMedia: boolean;
  /** Undefined when the offer had no such track. */
  readonly audio: TrackFacts | undefined;
  readonly video: TrackFacts | undefined;
  /** Lost share of the packets of the last ten seconds, 0 to 1, repaired or not. */
  readonly loss: number;
  /** What the server takes from one publisher, bits per second. */
  readonly limitBps: number;
}

/** Keeps the figures of a publisher's last seconds, so that one bad second is no problem yet. */
export class IngestGauge {
  readonly #seconds: PublisherFigures[] = [];
  #intervalsMs: readonly number[] = [];
  #bestFramesPerSecond = 0;
  #hasMedia = false;

  /** Takes the figures of another second. */
  take(figures: PublisherFigures): void {
    this.#seconds.push(figures);
    if (this.#seconds.length > LOSS_SECONDS) this.#seconds.shift();
    if ((figures.video?.packets ?? 0) + (figures.audio?.packets ?? 0) > 0) this.#hasMedia = true;
    const intervals = figures.video?.keyFrameIntervalsMs ?? [];
    if (intervals.length > 0) this.#intervalsMs = [...this.#intervalsMs, ...intervals].slice(-INTERVALS_KEPT);
    if (this.#seconds.length >= RATE_SECONDS)
      this.#bestFramesPerSecond = Math.max(this.#bestFramesPerSecond, this.#leastFramesPerSecond());
  }

  /** What the figures tell; undefined before the first. */
  facts(): IngestFacts | undefined {
    const newest = this.#seconds.at(-1);
    if (newest === undefined) return undefined;
    return {
      seconds: this.#seconds.length,
      hasMedia: this.#hasMedia,
      audio: this.#track('audio', newest.audio),
      video: this.#track('video', newest.video),
      loss: this.#loss(),
      limitBps: newest.limitBps,
    };
  }

  #track(kind: 'audio' | 'video', newest: TrackFigures | undefined): TrackFacts | undefined {
    if (newest === undefined) return undefined;
    const lately = this.#seconds.slice(-SILENT_SECONDS);
    const rated = this.#seconds.slice(-RATE_SECONDS);
    return {
      isSilent: lately.length === SILENT_SECONDS && lately.every((second) => second[kind]?.packets === 0),
      bitrateBps: rated.reduce((sum, second) => sum + (second[kind]?.bitrateBps ?? 0), 0) / rated.length,
      framesPerSecond: kind === 'video' ? this.#framesPerSecond() : 0,
      bestFramesPerSecond: this.#bestFramesPerSecond,
      keyFrameIntervalsMs: this.#intervalsMs,
      sinceKeyFrameMs: newest.sinceKeyFrameMs,
    };
  }

  #framesPerSecond(): number {
    const rated = this.#seconds.slice(-RATE_SECONDS);
    const frames = rated.reduce((sum, { video }) => sum + (video?.frames ?? 0), 0);
    return (frames * 1000) / rated.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  }

  #leastFramesPerSecond(): number {
    const rated = this.#seconds.slice(-RATE_SECONDS);
    return Math.min(...rated.map(({ video, elapsedMs }) => ((video?.frames ?? 0) * 1000) / elapsedMs));
  }

  #loss(): number {
    let lost = 0;
    let packets = 0;
    for (const { audio, video } of this.#seconds) {
      lost += (audio?.lost ?? 0) + (video?.lost ?? 0);
      packets += (audio?.packets ?? 0) + (video?.packets ?? 0);
    }
    return lost === 0 ? 0 : Math.min(1, lost / Math.max(lost, packets));
  }
}

import { timestampDistance } from '@weir/rtp';

/** What a layer has counted so far. */
interface Counted {
  /** Packets stored. */
  readonly arrived: number;
  /** Packets that are missing; falls when one comes after all. */
  readonly missing: number;
}

/** What one track of a publisher carried since the figures before. */
export interface TrackFigures {
  readonly packets: number;
  /** Packets that did not come by themselves, be it that they came when they were asked for. */
  readonly lost: number;
  /** Payload, bits per second. */
  readonly bitrateBps: number;
  readonly frames: number;
  /** Media time from one key frame to the next, each that ended since then, milliseconds. */
  readonly keyFrameIntervalsMs: readonly number[];
  /** Media time since the newest key frame, milliseconds; undefined before the first. */
  readonly sinceKeyFrameMs?: number;
}

/** What a publisher sent since the figures before; about a second. */
export interface PublisherFigures {
  readonly elapsedMs: number;
  /** What the server takes from one publisher, bits per second. */
  readonly limitBps: number;
  /** Absent when the offer had no such track. */
  readonly audio?: TrackFigures;
  readonly video?: TrackFigures;
}

/** The figures of a track that was offered and of which nothing came yet. */
export const silentTrack: TrackFigures = { packets: 0, lost: 0, bitrateBps: 0, frames: 0, keyFrameIntervalsMs: [] };

/** Counts frames, key frames and repairs of a layer, and makes figures of them once a second. */
export class LayerGauge {
  frames = 0;
  /** Packets that filled a hole. */
  repaired = 0;

  readonly #clockRate: number;
  #before: Counted = { arrived: 0, missing: 0 };
  #intervalsMs: number[] = [];
  #keyFrameTimestamp = -1;

  /** The clock rate is in Hz. */
  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  /** A packet came that begins a key frame; several of one frame count once, and a late one of an earlier frame not at all. */
  keyFrame(rtpTimestamp: number): void {
    const before = this.#keyFrameTimestamp;
    if (before >= 0) {
      const ticks = timestampDistance(before, rtpTimestamp);
      if (ticks <= 0) return;
      this.#intervalsMs.push(this.#toMs(ticks));
    }
    this.#keyFrameTimestamp = rtpTimestamp;
  }

  /** Figures since the last call, from what was counted in all; `frameTimestamp` is that of the newest frame. */
  measure(now: Counted, bitrateBps: number, frameTimestamp: number): TrackFigures {
    const { frames, repaired } = this;
    const lost = now.missing - this.#before.missing + repaired;
    const intervals = this.#intervalsMs;
    const figures: TrackFigures = {
      packets: now.arrived - this.#before.arrived,
      lost: Math.max(0, lost),
      bitrateBps,
      frames,
      keyFrameIntervalsMs: intervals,
      ...(this.#keyFrameTimestamp >= 0 && {
        sinceKeyFrameMs: Math.max(0, this.#toMs(timestampDistance(this.#keyFrameTimestamp, frameTimestamp))),
      }),
    };
    this.#before = now;
    this.#intervalsMs = [];
    this.frames = 0;
    this.repaired = 0;
    return figures;
  }

  #toMs(ticks: number): number {
    return (ticks * 1000) / this.#clockRate;
  }
}

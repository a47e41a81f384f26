import type { MediaFigures } from './media-figures.js';

/** How good a connection is, in four words. */
export type QualityLevel = 'excellent' | 'good' | 'poor' | 'bad';

/** What keeps a connection from being better. */
export type QualityCause = 'none' | 'loss' | 'distance' | 'jitter' | 'frames' | 'bandwidth' | 'cpu' | 'stalled';

/** A level with the cause that decided it. */
export interface ConnectionQuality {
  readonly level: QualityLevel;
  readonly cause: QualityCause;
}

/** What is aimed at; undefined where any value is as good, as the frame rate of a shared screen. */
export interface QualityTarget {
  readonly framesPerSecond?: number | undefined;
  /** Of the video. */
  readonly bitrateBps?: number | undefined;
}

const LEVELS: readonly QualityLevel[] = ['excellent', 'good', 'poor', 'bad'];
const LOSS_STEPS = [0.01, 0.03, 0.08];
const ROUND_TRIP_STEPS_MS = [150, 300, 600];
const JITTER_STEPS_MS = [20, 40, 100];
const FRAME_SHARES = [0.9, 0.75, 0.5];
const BITRATE_SHARES = [0.8, 0.6, 0.3];
const LOSS_WINDOW_MS = 10_000;
const WORSE_AFTER_MS = 1000;
const BETTER_AFTER_MS = 3000;

/** The worst of loss, round trip, jitter, frame rate and bitrate; what a browser does not tell counts as good. */
export function qualityOf(figures: MediaFigures, target: QualityTarget = {}): ConnectionQuality {
  if (figures.packets === 0) return { level: 'bad', cause: 'stalled' };
  const { limitedBy } = figures;
  const frames = shareRank(figures.framesPerSecond, target.framesPerSecond, FRAME_SHARES);
  // What the picture does not need is not sent: only where the network holds the encoder down does its rate tell of it.
  const bitrate = limitedBy === 'bandwidth' ? shareRank(figures.targetBps, target.bitrateBps, BITRATE_SHARES) : 0;
  const ranks: [rank: number, cause: QualityCause][] = [
    [rankOf(figures.loss, LOSS_STEPS), 'loss'],
    [rankOf(figures.roundTripMs ?? 0, ROUND_TRIP_STEPS_MS), 'distance'],
    [rankOf(figures.jitterMs ?? 0, JITTER_STEPS_MS), 'jitter'],
    [Math.max(bitrate, limitedBy === undefined ? 0 : 1), limitedBy ?? 'none'],
    [frames, limitedBy ?? 'frames'],
  ];
  const [rank, cause] = ranks.reduce((worst, one) => (one[0] > worst[0] ? one : worst));
  return { level: LEVELS[rank] ?? 'bad', cause: rank === 0 ? 'none' : cause };
}

/** Judges a connection second by second: loss by its last ten seconds, worse after one second, better after three. */
export class QualityGauge {
  #shown: ConnectionQuality = { level: 'excellent', cause: 'none' };
  #losses: { readonly atMs: number; readonly lost: number; readonly packets: number }[] = [];
  #changing: { readonly sinceMs: number; readonly worst: ConnectionQuality } | undefined;

  /** Takes one reading and tells what to show; `atMs` is the time of the reading. */
  take(figures: MediaFigures, target: QualityTarget, atMs: number): ConnectionQuality {
    const now = qualityOf({ ...figures, loss: this.#lossWith(figures, atMs) }, target);
    const step = LEVELS.indexOf(now.level) - LEVELS.indexOf(this.#shown.level);
    if (step === 0) {
      this.#changing = undefined;
      this.#shown = now;
      return now;
    }
    const before = this.#changing;
    const isSame = before !== undefined && rankOfLevel(before.worst) > rankOfLevel(this.#shown) === step > 0;
    const worst = isSame && rankOfLevel(before.worst) > rankOfLevel(now) ? before.worst : now;
    this.#changing = { sinceMs: isSame ? before.sinceMs : atMs, worst };
    if (atMs - this.#changing.sinceMs < (step > 0 ? WORSE_AFTER_MS : BETTER_AFTER_MS)) return this.#shown;
    this.#changing = undefined;
    this.#shown = step > 0 ? now : worst;
    return this.#shown;
  }

  #lossWith({ loss, packets }: MediaFigures, atMs: number): number {
    this.#losses.push({ atMs, lost: loss * packets, packets });
    this.#losses = this.#losses.filter((one) => atMs - one.atMs < LOSS_WINDOW_MS);
    const all = this.#losses.reduce((sum, one) => sum + one.packets, 0);
    return all === 0 ? 0 : this.#losses.reduce((sum, one) => sum + one.lost, 0) / all;
  }
}

function rankOf(value: number, steps: readonly number[]): number {
  return steps.filter((step) => value >= step).length;
}

function shareRank(value: number | undefined, target: number | undefined, shares: readonly number[]): number {
  if (value === undefined || target === undefined || target <= 0) return 0;
  return shares.filter((share) => value / target < share).length;
}

function rankOfLevel({ level }: ConnectionQuality): number {
  return LEVELS.indexOf(level);
}

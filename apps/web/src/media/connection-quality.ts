import type { MediaFigures } from './media-figures.js';

/** How good a connection is, in four words. */
export type QualityLevel = 'excellent' | 'good' | 'poor' | 'bad';

/** What keeps a connection from being better. */
export type QualityCause = 'none' | 'loss' | 'distance' | 'bandwidth' | 'cpu' | 'stalled';

/** A level with the cause that decided it. */
export interface ConnectionQuality {
  readonly level: QualityLevel;
  readonly cause: QualityCause;
}

const LEVELS: readonly QualityLevel[] = ['excellent', 'good', 'poor', 'bad'];
const LOSS_STEPS = [0.01, 0.03, 0.08];
const ROUND_TRIP_STEPS_MS = [150, 300, 600];

/** The worst of loss, round trip and what limits the encoder. */
export function qualityOf(figures: MediaFigures): ConnectionQuality {
  if (figures.packets === 0) return { level: 'bad', cause: 'stalled' };
  const ranks: [rank: number, cause: QualityCause][] = [
    [rankOf(figures.loss, LOSS_STEPS), 'loss'],
    [rankOf(figures.roundTripMs ?? 0, ROUND_TRIP_STEPS_MS), 'distance'],
    [figures.limitedBy === undefined ? 0 : 1, figures.limitedBy ?? 'none'],
  ];
  const [rank, cause] = ranks.reduce((worst, one) => (one[0] > worst[0] ? one : worst));
  return { level: LEVELS[rank] ?? 'bad', cause: rank === 0 ? 'none' : cause };
}

function rankOf(value: number, steps: readonly number[]): number {
  return steps.filter((step) => value >= step).length;
}

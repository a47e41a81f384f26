import { describe, expect, it } from 'vitest';
import { qualityOf } from './connection-quality.js';
import type { MediaFigures } from './media-figures.js';

const FINE: MediaFigures = {
  width: 1280,
  height: 720,
  framesPerSecond: 30,
  bitrateBps: 2_500_000,
  loss: 0,
  roundTripMs: 20,
  bufferMs: 10,
  videoCodec: 'H264',
  audioCodec: 'opus',
  packets: 300,
  limitedBy: undefined,
};

describe('qualityOf', () => {
  it('calls a clean and near connection excellent', () => {
    expect(qualityOf(FINE)).toEqual({ level: 'excellent', cause: 'none' });
  });

  it('lets the worst figure decide and names it', () => {
    expect(qualityOf({ ...FINE, loss: 0.05, roundTripMs: 200 })).toEqual({ level: 'poor', cause: 'loss' });
    expect(qualityOf({ ...FINE, roundTripMs: 700 })).toEqual({ level: 'bad', cause: 'distance' });
    expect(qualityOf({ ...FINE, limitedBy: 'cpu' })).toEqual({ level: 'good', cause: 'cpu' });
  });

  it('calls a connection without packets stalled', () => {
    expect(qualityOf({ ...FINE, packets: 0 })).toEqual({ level: 'bad', cause: 'stalled' });
  });
});

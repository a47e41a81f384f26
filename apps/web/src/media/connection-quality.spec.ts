import { describe, expect, it } from 'vitest';
import { QualityGauge, qualityOf } from './connection-quality.js';
import type { MediaFigures } from './media-figures.js';

const FINE: MediaFigures = {
  width: 1280,
  height: 720,
  framesPerSecond: 30,
  bitrateBps: 2_500_000,
  loss: 0,
  roundTripMs: 20,
  jitterMs: 4,
  availableBps: 5_000_000,
  targetBps: 2_500_000,
  bufferMs: 10,
  videoCodec: 'H264',
  audioCodec: 'opus',
  packets: 300,
  limitedBy: undefined,
};
const TARGET = { framesPerSecond: 30, bitrateBps: 2_500_000 };

describe('qualityOf', () => {
  it('calls a clean and near connection excellent', () => {
    expect(qualityOf(FINE, TARGET)).toEqual({ level: 'excellent', cause: 'none' });
  });

  it('lets the worst figure decide and names it', () => {
    expect(qualityOf({ ...FINE, loss: 0.05, roundTripMs: 200 })).toEqual({ level: 'poor', cause: 'loss' });
    expect(qualityOf({ ...FINE, roundTripMs: 700 })).toEqual({ level: 'bad', cause: 'distance' });
    expect(qualityOf({ ...FINE, jitterMs: 60 })).toEqual({ level: 'poor', cause: 'jitter' });
    expect(qualityOf({ ...FINE, limitedBy: 'cpu' })).toEqual({ level: 'good', cause: 'cpu' });
  });

  it('measures frames and bitrate by what is aimed at, and blames what the browser blames', () => {
    expect(qualityOf({ ...FINE, framesPerSecond: 20 }, TARGET)).toEqual({ level: 'poor', cause: 'frames' });
    expect(qualityOf({ ...FINE, framesPerSecond: 12, limitedBy: 'cpu' }, TARGET)).toEqual({
      level: 'bad',
      cause: 'cpu',
    });
    const thin = { ...FINE, targetBps: 900_000, limitedBy: 'bandwidth' } as const;
    expect(qualityOf(thin, TARGET)).toEqual({ level: 'poor', cause: 'bandwidth' });
  });

  it('takes a still screen that needs few frames and bits for no fault', () => {
    expect(qualityOf({ ...FINE, framesPerSecond: 2, bitrateBps: 60_000, targetBps: 60_000 }, {}).level).toBe(
      'excellent',
    );
  });

  it('takes what a browser does not tell for good', () => {
    const silent = { jitterMs: undefined, roundTripMs: undefined, targetBps: undefined, framesPerSecond: undefined };
    expect(qualityOf({ ...FINE, ...silent }, TARGET)).toEqual({ level: 'excellent', cause: 'none' });
  });

  it('calls a connection without packets stalled', () => {
    expect(qualityOf({ ...FINE, packets: 0 })).toEqual({ level: 'bad', cause: 'stalled' });
  });
});

describe('QualityGauge', () => {
  const FAR = { ...FINE, roundTripMs: 400 };
  const levels = (gauge: QualityGauge, readings: readonly MediaFigures[], fromSecond = 0) =>
    readings.map((figures, second) => gauge.take(figures, TARGET, (fromSecond + second) * 1000).level);

  it('gets worse after one second and better after three', () => {
    const gauge = new QualityGauge();
    expect(levels(gauge, [FINE, FAR, FAR])).toEqual(['excellent', 'excellent', 'poor']);
    expect(levels(gauge, [FINE, FINE, FINE, FINE], 3)).toEqual(['poor', 'poor', 'poor', 'excellent']);
  });

  it('does not flicker between two readings', () => {
    const gauge = new QualityGauge();
    expect(new Set(levels(gauge, [FINE, FAR, FINE, FAR, FINE, FAR]))).toEqual(new Set(['excellent']));
  });

  it('gets no better than the worst of the seconds that made it better', () => {
    const gauge = new QualityGauge();
    const [bad, good] = [
      { ...FINE, roundTripMs: 900 },
      { ...FINE, roundTripMs: 200 },
    ];
    levels(gauge, [bad, bad]);
    expect(levels(gauge, [FINE, good, FINE, FINE], 2)).toEqual(['bad', 'bad', 'bad', 'good']);
  });

  it('judges loss by ten seconds, so that one burst is remembered and one packet is not', () => {
    const gauge = new QualityGauge();
    levels(gauge, [FINE, FINE, FINE, FINE]);
    expect(levels(gauge, [{ ...FINE, loss: 0.3 }, FINE, FINE], 4).at(-1)).toBe('poor');
    expect(levels(new QualityGauge(), [FINE, FINE, { ...FINE, loss: 0.004 }, FINE]).at(-1)).toBe('excellent');
  });
});

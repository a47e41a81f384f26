import type { PublisherFigures, TrackFigures } from '@weir/sfu';
import { describe, expect, it } from 'vitest';
import { QualityGauge } from './quality-gauge.js';

const track = (change: Partial<TrackFigures>): TrackFigures => ({
  packets: 100,
  lost: 0,
  bitrateBps: 1000,
  frames: 30,
  keyFrameIntervalsMs: [],
  ...change,
});

function gauge(...seconds: Partial<PublisherFigures>[]): QualityGauge {
  const made = new QualityGauge();
  for (const second of [{}, ...seconds]) made.take({ elapsedMs: 1000, limitBps: 0, ...second });
  return made;
}

const level = (video: Partial<TrackFigures>) => gauge({ video: track(video) }).quality({})?.level;

describe('QualityGauge', () => {
  it('tells what came in the last two seconds, and nothing before the first whole one', () => {
    expect(gauge().quality({})).toBeNull();
    const one = gauge(
      { video: track({ bitrateBps: 9_000_000 }) },
      { video: track({ frames: 20, bitrateBps: 500_000 }), audio: track({ lost: 20, bitrateBps: 40_000 }) },
      { video: track({ frames: 30, bitrateBps: 700_000 }), audio: track({ bitrateBps: 60_000 }) },
    );
    const video = { codec: 'vp8', width: 640, height: 360 } as const;
    expect(one.quality({ video })).toEqual({
      level: 'fair',
      videoBps: 600_000,
      audioBps: 50_000,
      framesPerSecond: 25,
      width: 640,
      height: 360,
      lossPercent: 5,
    });
    one.clear();
    expect(one.quality({})).toBeNull();
  });

  it('judges by loss and by pictures a second, and who has no camera by loss alone', () => {
    expect([level({}), level({ frames: 12 }), level({ frames: 5 })]).toEqual(['good', 'fair', 'poor']);
    expect([level({ lost: 4 }), level({ lost: 12 }), level({ packets: 0, frames: 0 })]).toEqual([
      'fair',
      'poor',
      'poor',
    ]);
    expect(gauge({ audio: track({ frames: 0 }) }).quality({})?.level).toBe('good');
  });
});

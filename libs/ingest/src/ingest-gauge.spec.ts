import type { PublisherFigures, TrackFigures } from '@weir/sfu';
import { beforeEach, describe, expect, it } from 'vitest';
import { IngestGauge } from './ingest-gauge.js';

const AUDIO: TrackFigures = { packets: 50, lost: 0, bitrateBps: 64_000, frames: 50, keyFrameIntervalsMs: [] };
const VIDEO: TrackFigures = { packets: 250, lost: 0, bitrateBps: 2_000_000, frames: 30, keyFrameIntervalsMs: [] };

function second(video: Partial<TrackFigures> = {}, audio: Partial<TrackFigures> = {}): PublisherFigures {
  return { elapsedMs: 1000, limitBps: 20_000_000, audio: { ...AUDIO, ...audio }, video: { ...VIDEO, ...video } };
}

let gauge: IngestGauge;
beforeEach(() => {
  gauge = new IngestGauge();
});

const take = (count: number, figures = second()) => {
  for (let i = 0; i < count; i++) gauge.take(figures);
};

describe('IngestGauge', () => {
  it('knows nothing before the first second', () => {
    expect(gauge.facts()).toBeUndefined();
  });

  it('smooths rates over five seconds and loss over ten', () => {
    take(5);
    take(5, second({ bitrateBps: 1_000_000, frames: 20, lost: 10 }));
    expect(gauge.facts()).toMatchObject({
      video: { bitrateBps: 1_000_000, framesPerSecond: 20, bestFramesPerSecond: 30 },
      loss: 50 / 3000,
    });
    take(10);
    expect(gauge.facts()?.loss).toBe(0);
  });

  it('reckons frames by the time that really passed', () => {
    take(5, { ...second({ frames: 45 }), elapsedMs: 1500 });
    expect(gauge.facts()?.video?.framesPerSecond).toBe(30);
  });

  it('takes what came late and all at once for no higher rate', () => {
    take(5);
    take(1, { ...second({ frames: 3 }), elapsedMs: 2000 });
    take(1, second({ frames: 87 }));
    take(10);
    expect(gauge.facts()?.video).toMatchObject({ framesPerSecond: 30, bestFramesPerSecond: 30 });
  });

  it('calls a track silent after three seconds without a packet, and again not', () => {
    take(5);
    take(2, second({}, { packets: 0 }));
    expect(gauge.facts()?.audio?.isSilent).toBe(false);
    take(1, second({}, { packets: 0 }));
    expect(gauge.facts()?.audio?.isSilent).toBe(true);
    expect(gauge.facts()?.video?.isSilent).toBe(false);
    take(1);
    expect(gauge.facts()?.audio?.isSilent).toBe(false);
  });

  it('tells a track that was not offered from one that is silent', () => {
    gauge.take({ elapsedMs: 1000, limitBps: 1, video: VIDEO });
    expect(gauge.facts()).toMatchObject({ audio: undefined, hasMedia: true });
  });

  it('keeps the newest key-frame intervals', () => {
    for (let i = 1; i <= 10; i++) take(1, second({ keyFrameIntervalsMs: [i * 100] }));
    expect(gauge.facts()?.video?.keyFrameIntervalsMs).toEqual([300, 400, 500, 600, 700, 800, 900, 1000]);
  });
});

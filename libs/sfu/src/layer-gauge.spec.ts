import { beforeEach, describe, expect, it } from 'vitest';
import { LayerGauge } from './layer-gauge.js';

const SECOND = 90_000;

let gauge: LayerGauge;
beforeEach(() => {
  gauge = new LayerGauge(SECOND);
});

describe('LayerGauge', () => {
  it('tells what came since the last call, not since the start', () => {
    gauge.frames = 30;
    gauge.measure({ arrived: 100, missing: 0 }, 1000, 0);
    gauge.frames = 25;
    expect(gauge.measure({ arrived: 180, missing: 0 }, 2000, 0)).toEqual({
      packets: 80,
      lost: 0,
      bitrateBps: 2000,
      frames: 25,
      keyFrameIntervalsMs: [],
    });
  });

  it('measures from key frame to key frame in media time, several packets of one frame counting once', () => {
    for (const at of [0, 0, 2 * SECOND, 2 * SECOND, 4.5 * SECOND]) gauge.keyFrame(at);
    const figures = gauge.measure({ arrived: 0, missing: 0 }, 0, 5 * SECOND);
    expect(figures.keyFrameIntervalsMs).toEqual([2000, 2500]);
    expect(figures.sinceKeyFrameMs).toBe(500);
    expect(gauge.measure({ arrived: 0, missing: 0 }, 0, 6 * SECOND)).toMatchObject({
      keyFrameIntervalsMs: [],
      sinceKeyFrameMs: 1500,
    });
  });

  it('is not misled by a late packet of an earlier key frame, nor by timestamps that wrap', () => {
    const nearWrap = 2 ** 32 - SECOND;
    for (const at of [nearWrap, SECOND, nearWrap, 3 * SECOND]) gauge.keyFrame(at);
    expect(gauge.measure({ arrived: 0, missing: 0 }, 0, 3 * SECOND).keyFrameIntervalsMs).toEqual([2000, 2000]);
  });

  it('counts what had to be asked for as lost, once, whenever it comes', () => {
    expect(gauge.measure({ arrived: 100, missing: 3 }, 0, 0).lost).toBe(3);
    gauge.repaired = 3;
    expect(gauge.measure({ arrived: 200, missing: 0 }, 0, 0).lost).toBe(0);
    gauge.repaired = 2;
    expect(gauge.measure({ arrived: 300, missing: 0 }, 0, 0).lost).toBe(2);
  });

  it('takes duplicates for no gain', () => {
    expect(gauge.measure({ arrived: 100, missing: -5 }, 0, 0).lost).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { inspectPayload } from './payload-inspection.js';
import { PayloadInfo } from './payload-info.js';

const VPS = '40010c01ffff016000000300';
const SPS = '420101016000000300900000030000030078a003c08010e596566924caf0168080000003008000000f04';
const PPS = '4401c172b46240';
const IDR = '2801af0842234b8847817f93';
const TRAIL = '0201d0195f84318401';
const TRAIL_N = '0001e024fffa2c2908';

function inspect(hex: string): PayloadInfo {
  const info = new PayloadInfo();
  const bytes = Buffer.from(hex, 'hex');
  inspectPayload('h265', bytes, 0, bytes.length, info);
  return info;
}

function aggregate(...units: string[]): string {
  return `6001${units.map((unit) => (unit.length / 2).toString(16).padStart(4, '0') + unit).join('')}`;
}

describe('inspectH265', () => {
  it('takes parameter sets and the first slice of an IRAP picture as a key frame', () => {
    expect(inspect(VPS)).toMatchObject({ keyFrame: true, frameStart: true });
    expect(inspect(SPS)).toMatchObject({ keyFrame: true, width: 1920, height: 1080, discardable: false });
    expect(inspect(PPS)).toMatchObject({ keyFrame: false, frameStart: true });
    expect(inspect(IDR)).toMatchObject({ keyFrame: true, frameStart: true, discardable: false });
    expect(inspect(`28012f${IDR.slice(6)}`)).toMatchObject({ keyFrame: false, frameStart: false });
  });

  it('tells trailing pictures apart by whether others refer to them', () => {
    expect(inspect(TRAIL)).toMatchObject({ keyFrame: false, frameStart: true, discardable: false });
    expect(inspect(TRAIL_N)).toMatchObject({ keyFrame: false, frameStart: true, discardable: true });
  });

  it('reads temporal and spatial layers out of the unit header', () => {
    expect(inspect(`020b${TRAIL.slice(4)}`)).toMatchObject({ temporalId: 2, spatialId: 1 });
    expect(inspect(`0200${TRAIL.slice(4)}`)).toMatchObject({ temporalId: 0, spatialId: 0 });
  });

  it('reads each unit of an aggregation packet', () => {
    expect(inspect(aggregate(VPS, SPS, PPS))).toMatchObject({ keyFrame: true, width: 1920, height: 1080 });
    expect(inspect(aggregate(TRAIL_N, TRAIL_N)).discardable).toBe(true);
    expect(inspect(aggregate(TRAIL_N, TRAIL)).discardable).toBe(false);
    expect(inspect(`6001ffff${IDR}`)).toMatchObject({ keyFrame: false, discardable: false });
  });

  it('reads the first fragment and nothing out of the others', () => {
    expect(inspect(`620194${IDR.slice(4)}`)).toMatchObject({ keyFrame: true, frameStart: true });
    expect(inspect(`620114${IDR.slice(4)}`)).toMatchObject({ keyFrame: false, frameStart: false });
    expect(inspect(`620100${TRAIL_N.slice(4)}`)).toMatchObject({ discardable: true, frameStart: false });
    expect(inspect(`6201a1${SPS.slice(4)}`)).toMatchObject({ keyFrame: true, width: 1920 });
  });

  it('ignores suffix SEI, cut parameter sets and headers alone', () => {
    expect(inspect('500184ffff')).toMatchObject({ frameStart: false, keyFrame: false });
    expect(inspect(SPS.slice(0, 30))).toMatchObject({ keyFrame: true, width: 0, height: 0 });
    expect(inspect('2801')).toEqual(new PayloadInfo());
  });

  it('reads the size behind the profiles of sub-layers', () => {
    const subLayerFlags = 'c000';
    const subLayer = 'ff'.repeat(12);
    const sizes = 'a003c08010e5';
    const profile = '0160000000b0000000ffff78';
    expect(inspect(`420103${profile}${subLayerFlags}${subLayer}${sizes}9656`)).toMatchObject({
      width: 1920,
      height: 1080,
    });
  });
});

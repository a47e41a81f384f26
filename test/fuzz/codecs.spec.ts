import { type CodecName, inspectPayload, packetizeH264, PayloadInfo } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { Mutation } from './mutation.js';

const INPUTS = 200_000;
const OFFSET = 32;

const samples: Record<CodecName, readonly string[]> = {
  h264: [
    '67640028acd940780227e5c044000003000400000300f1810000b71b00016e36928c01e30632c0',
    '6742c01ed900a42fe224c044000003000400000300f03c58b920',
    '67f40028919b280f0044fc4e0220000003002000000781e30632c0',
    '78001a6742c01ed900a42fe224c044000003000400000300f03c58b920000568ebecb22c',
    '7c858884007711223344',
    '7c87640028acd940780227e5c0440000',
    '019e4149e10f2653021cff92',
  ],
  h265: [
    '40010c01ffff016000000300',
    '420101016000000300900000030000030078a003c08010e596566924caf0168080000003008000000f04',
    '420103016000000300900000030000030078c000ffffffffffffffffffffffffa003c08010e5',
    '6001000c40010c01ffff01600000030000074401c172b46240',
    '620194af0842234b88',
    '2801af0842234b8847817f93',
  ],
  vp8: ['1030ce009d012a82026a01', '90f09234566030ce009d012a82026a01', '9020a031ce00112233', '3031ce00112233'],
  vp9: [
    '8a11380140 00b402800168 011405aabb'.replaceAll(' ', ''),
    'a8115477aabb',
    'da11050504100500 02d0aabb'.replaceAll(' ', ''),
    'c811aabb',
  ],
  av1: [
    '10080000000cc5036936be40',
    '280b080000000cc5036936be4030aabbccdd',
    '080b080000000cc5036936be400530aabbccdd',
    '100e480a0000000cc5036936be40',
    '9030aabbccdd',
  ],
  opus: ['7c0102', '780102', 'fcfffe'],
};

function wrong(info: PayloadInfo): boolean {
  return (
    info.temporalId < 0 ||
    info.temporalId > 7 ||
    info.spatialId < 0 ||
    info.spatialId > 7 ||
    info.profileLevelId < -1 ||
    info.profileLevelId > 0xffffff ||
    !Number.isInteger(info.width) ||
    info.width < 0 ||
    info.width > 65_536 ||
    !Number.isInteger(info.height) ||
    info.height < 0 ||
    info.height > 65_536 ||
    info.reorderFrames < -1 ||
    info.reorderFrames > 16 ||
    info.channels > 2 ||
    (info.keyFrame && info.discardable)
  );
}

describe.each(Object.keys(samples) as CodecName[])('%s payloads from anywhere', (codec) => {
  it('are inspected without a throw, in range, and the same whatever surrounds them', () => {
    const mutation = new Mutation(7);
    const valid = samples[codec].map((hex) => Buffer.from(hex, 'hex'));
    const buffer = new Uint8Array(512);
    const info = new PayloadInfo();
    const again = new PayloadInfo();
    let frames = 0;
    for (let input = 0; input < INPUTS; input += 1) {
      const length = mutation.write(valid, buffer, OFFSET);
      inspectPayload(codec, buffer.fill(0xff, 0, OFFSET).fill(0xff, OFFSET + length), OFFSET, length, info);
      inspectPayload(codec, buffer.fill(0, 0, OFFSET).fill(0, OFFSET + length), OFFSET, length, again);
      if (wrong(info) || !same(info, again)) {
        expect.fail(Buffer.from(buffer.subarray(OFFSET, OFFSET + length)).toString('hex'));
      }
      if (info.frameStart) frames += 1;
    }
    expect(frames).toBeGreaterThan(INPUTS / 20);
  });
});

function same(one: PayloadInfo, other: PayloadInfo): boolean {
  return (
    one.keyFrame === other.keyFrame &&
    one.frameStart === other.frameStart &&
    one.discardable === other.discardable &&
    one.temporalId === other.temporalId &&
    one.spatialId === other.spatialId &&
    one.switchingPoint === other.switchingPoint &&
    one.profileLevelId === other.profileLevelId &&
    one.width === other.width &&
    one.height === other.height &&
    one.bFrames === other.bFrames &&
    one.reorderFrames === other.reorderFrames &&
    one.channels === other.channels
  );
}

describe('packetized H.264', () => {
  it('fits its payloads and tells one key frame start for each IDR picture', () => {
    const mutation = new Mutation(8);
    const info = new PayloadInfo();
    for (let round = 0; round < 5_000; round += 1) {
      const unit = new Uint8Array(2 + mutation.below(5000)).fill(0x55);
      unit.set([0x65, 0x88]);
      const maxPayloadBytes = 4 + mutation.below(1400);
      const payloads = packetizeH264([unit], maxPayloadBytes);
      let keyFrames = 0;
      for (const payload of payloads) {
        inspectPayload('h264', payload, 0, payload.length, info);
        if (info.keyFrame) keyFrames += 1;
        if (payload.length > maxPayloadBytes) expect.fail(`${payload.length} over ${maxPayloadBytes}`);
      }
      if (keyFrames !== 1) expect.fail(`${keyFrames} key frames of ${unit.length} bytes`);
    }
  });
});

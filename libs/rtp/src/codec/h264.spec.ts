import { describe, expect, it } from 'vitest';
import { inspectPayload } from './payload-inspection.js';
import { PayloadInfo } from './payload-info.js';

const HIGH_1080 = '67640028acd940780227e5c044000003000400000300f1810000b71b00016e36928c01e30632c0';
const BASELINE_642 = '6742c01ed900a42fe224c044000003000400000300f03c58b920';
const INTERLACED_1080 = '67640028acd94078044fde0220000003002000000783e2c5b2c0';
const HIGH_444_1080 = '67f40028919b280f0044fc4e0220000003002000000781e30632c0';
const PPS = '68ebecb22c';
const IDR = '6588840077d71a7b598c0bb7';
const INTER = '419a216c477fd0bd58917fd0';
const BIDIRECTIONAL = '019e4149e10f2653021cff92';

function inspect(hex: string, before = ''): PayloadInfo {
  const info = new PayloadInfo();
  const bytes = Buffer.from(before + hex, 'hex');
  inspectPayload('h264', bytes, before.length / 2, hex.length / 2, info);
  return info;
}

function aggregate(...units: string[]): string {
  return `78${units.map((unit) => (unit.length / 2).toString(16).padStart(4, '0') + unit).join('')}`;
}

function golomb(value: number): string {
  const code = (value + 1).toString(2);
  return '0'.repeat(code.length - 1) + code;
}

function hexOf(bits: string): string {
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
  return bytes.map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0')).join('');
}

describe('inspectH264', () => {
  it.each([
    ['High 1080p with HRD parameters', HIGH_1080, 0x640028, 1920, 1080, 2],
    ['Constrained Baseline with cropping', BASELINE_642, 0x42c01e, 642, 362, 0],
    ['High interlaced', INTERLACED_1080, 0x640028, 1920, 1080, 2],
    ['High 4:4:4', HIGH_444_1080, 0xf40028, 1920, 1080, 2],
  ])('reads the parameter set of %s', (_what, hex, profileLevelId, width, height, reorderFrames) => {
    const info = inspect(hex);
    expect(info).toMatchObject({ keyFrame: true, frameStart: true, discardable: false, profileLevelId, width, height });
    expect(info.reorderFrames).toBe(reorderFrames);
  });

  it('reads the size after scaling lists and a picture order cycle', () => {
    const scalingLists = `1${'1'.repeat(17)}${'0'.repeat(7)}`;
    const pictureOrderCycle = `${golomb(1)}0${golomb(3)}${golomb(4)}${golomb(2)}${golomb(5)}${golomb(6)}`;
    const size = `${golomb(1)}0${golomb(39)}${golomb(29)}1100`;
    const bits = `${golomb(0)}${golomb(1)}110${scalingLists}${golomb(0)}${pictureOrderCycle}${size}1`;
    expect(inspect(`6764001f${hexOf(bits)}`)).toMatchObject({ width: 640, height: 480, reorderFrames: -1 });
  });

  it('keeps the profile of a parameter set that is cut', () => {
    expect(inspect(HIGH_1080.slice(0, 12))).toMatchObject({ profileLevelId: 0x640028, width: 0, height: 0 });
    expect(inspect('6764')).toMatchObject({ keyFrame: true, profileLevelId: -1 });
  });

  it('takes the first slice of an IDR picture as a key frame, and no other slice', () => {
    expect(inspect(IDR)).toMatchObject({ keyFrame: true, frameStart: true, bFrames: false });
    expect(inspect(`65${'40'}88840077`)).toMatchObject({ keyFrame: false, frameStart: false });
    expect(inspect(INTER)).toMatchObject({ keyFrame: false, frameStart: true, discardable: false, bFrames: false });
  });

  it('sees B slices and slices that nothing refers to', () => {
    expect(inspect(BIDIRECTIONAL)).toMatchObject({ bFrames: true, discardable: true, frameStart: true });
  });

  it('takes what precedes a picture as a frame start but not as a key frame', () => {
    for (const unit of [PPS, '0605ffffefdc45e9', '09f0']) {
      expect(inspect(unit)).toMatchObject({ keyFrame: false, frameStart: true, discardable: false });
    }
  });

  it('reads each unit of a STAP-A', () => {
    expect(inspect(aggregate(BASELINE_642, PPS))).toMatchObject({ keyFrame: true, width: 642, height: 362 });
    expect(inspect(aggregate('09f0', INTER))).toMatchObject({ keyFrame: false, frameStart: true, discardable: false });
    expect(inspect(aggregate(BIDIRECTIONAL, BIDIRECTIONAL)).discardable).toBe(true);
    expect(inspect(aggregate(PPS, IDR)).keyFrame).toBe(true);
  });

  it('stops at a STAP-A unit that overruns the packet', () => {
    expect(inspect(`78ffff${IDR}`)).toMatchObject({ keyFrame: false, frameStart: false, discardable: false });
    expect(inspect('780000')).toMatchObject({ keyFrame: false });
    expect(inspect('78')).toMatchObject({ discardable: false });
  });

  it('reads the first fragment of a FU-A and nothing out of the others', () => {
    expect(inspect(`7c85${IDR.slice(2)}`)).toMatchObject({ keyFrame: true, frameStart: true });
    expect(inspect(`7c05${IDR.slice(2)}`)).toMatchObject({ keyFrame: false, frameStart: false });
    expect(inspect(`7c45${IDR.slice(2)}`)).toMatchObject({ keyFrame: false, frameStart: false });
    expect(inspect(`1c01${IDR.slice(2)}`)).toMatchObject({ discardable: true });
    expect(inspect(`7c87${HIGH_1080.slice(2)}`)).toMatchObject({ keyFrame: true, profileLevelId: 0x640028 });
    expect(inspect('7c85')).toMatchObject({ keyFrame: false });
  });

  it('forgets the packet before and reads from its offset', () => {
    const info = new PayloadInfo();
    const bytes = Buffer.from(`ffff${INTER}`, 'hex');
    info.keyFrame = true;
    info.width = 5;
    inspectPayload('h264', bytes, 2, bytes.length - 2, info);
    expect(info).toMatchObject({ keyFrame: false, width: 0, frameStart: true });
  });
});

describe('inspectPayload', () => {
  it('tells nothing of a range outside the bytes', () => {
    const info = new PayloadInfo();
    inspectPayload('h264', Buffer.from(IDR, 'hex'), 5, 100, info);
    inspectPayload('h264', Buffer.from(IDR, 'hex'), -1, 4, info);
    inspectPayload('h264', Buffer.from(IDR, 'hex'), 0, 0, info);
    expect(info).toEqual(new PayloadInfo());
  });
});

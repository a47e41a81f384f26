import { describe, expect, it } from 'vitest';
import { inspectPayload } from './payload-inspection.js';
import { PayloadInfo } from './payload-info.js';

function inspect(hex: string): PayloadInfo {
  const info = new PayloadInfo();
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  inspectPayload('vp9', bytes, 0, bytes.length, info);
  return info;
}

describe('inspectVp9', () => {
  it('takes the beginning of a frame without inter-picture prediction as a key frame', () => {
    expect(inspect('88 11 aabb')).toMatchObject({ keyFrame: true, frameStart: true });
    expect(inspect('88 9234 aabb')).toMatchObject({ keyFrame: true });
    expect(inspect('80 11 aabb')).toMatchObject({ keyFrame: false, frameStart: false });
    expect(inspect('c8 11 aabb')).toMatchObject({ keyFrame: false, frameStart: true });
  });

  it('reads the size of the highest layer out of a scalability structure', () => {
    expect(inspect('8a 11 38 0140 00b4 0280 0168 01 14 05 aabb')).toMatchObject({
      keyFrame: true,
      width: 640,
      height: 360,
    });
    expect(inspect('8a 11 10 0500 02d0 aabb')).toMatchObject({ keyFrame: true, width: 1280, height: 720 });
    expect(inspect('8a 11 00 aabb')).toMatchObject({ keyFrame: true, width: 0 });
  });

  it('reads layer ids, with and without flexible mode', () => {
    expect(inspect('a8 11 54 77 aabb')).toMatchObject({ temporalId: 2, switchingPoint: true, spatialId: 2 });
    expect(inspect('a8 11 00 77 aabb')).toMatchObject({ keyFrame: true, spatialId: 0 });
    expect(inspect('b8 11 40 aabb')).toMatchObject({ temporalId: 2, switchingPoint: false, keyFrame: true });
  });

  it('does not take a layer above the first as the start of a picture', () => {
    expect(inspect('a8 11 03 77 aabb')).toMatchObject({ keyFrame: false, frameStart: false, spatialId: 1 });
  });

  it('passes up to three references of flexible mode', () => {
    expect(inspect('da 11 05 05 04 10 0500 02d0 aabb')).toMatchObject({ width: 1280, keyFrame: false });
    expect(inspect('da 11 05 05 05 10 0500 02d0 aabb')).toMatchObject({ width: 1280 });
    expect(inspect('da 11 02 10 0500 02d0 aabb')).toMatchObject({ width: 1280 });
  });

  it('tells nothing more of a descriptor that is cut or has no frame', () => {
    for (const hex of [
      '88',
      '8811',
      '88 92',
      'a8 11',
      'a8 11 00',
      'da 11 05 05',
      '8a 11',
      '8a 11 38 0140 00b4',
      '8a 11 08',
    ]) {
      expect(inspect(hex)).toMatchObject({ keyFrame: false, frameStart: false, width: 0 });
    }
    expect(inspect('8a 11 08 ff 0c')).toMatchObject({ keyFrame: false });
  });
});

import { describe, expect, it } from 'vitest';
import { inspectPayload } from './payload-inspection.js';
import { PayloadInfo } from './payload-info.js';

const KEY_FRAME = '30ce009d012a82026a01';
const INTER_FRAME = '31ce00112233';

function inspect(hex: string): PayloadInfo {
  const info = new PayloadInfo();
  const bytes = Buffer.from(hex, 'hex');
  inspectPayload('vp8', bytes, 0, bytes.length, info);
  return info;
}

describe('inspectVp8', () => {
  it('reads a key frame and its size', () => {
    expect(inspect(`10${KEY_FRAME}`)).toMatchObject({ keyFrame: true, frameStart: true, width: 642, height: 362 });
  });

  it('leaves the scale out of the size', () => {
    expect(inspect('1030ce009d012a82826ac1')).toMatchObject({ width: 642, height: 362 });
  });

  it('takes a key frame without its size from a packet that is cut or lacks the start code', () => {
    expect(inspect('1030ce00')).toMatchObject({ keyFrame: true, width: 0 });
    expect(inspect('1030ce00ffffff82026a01')).toMatchObject({ keyFrame: true, width: 0 });
  });

  it('tells inter frames, later partitions and later packets from a key frame', () => {
    expect(inspect(`10${INTER_FRAME}`)).toMatchObject({ keyFrame: false, frameStart: true });
    expect(inspect(`11${KEY_FRAME}`)).toMatchObject({ keyFrame: false, frameStart: false });
    expect(inspect(`00${KEY_FRAME}`)).toMatchObject({ keyFrame: false, frameStart: false });
  });

  it('sees frames that nothing refers to', () => {
    expect(inspect(`30${INTER_FRAME}`).discardable).toBe(true);
    expect(inspect(`20${INTER_FRAME}`)).toMatchObject({ discardable: true, frameStart: false });
    expect(inspect(`10${INTER_FRAME}`).discardable).toBe(false);
    expect(inspect(`30${KEY_FRAME}`)).toMatchObject({ keyFrame: true, discardable: false });
  });

  it.each([
    ['a 7-bit picture id', '908011'],
    ['a 15-bit picture id', '90809234'],
    ['all fields', '90f092345660'],
    ['only TL0PICIDX', '904056'],
  ])('finds the frame after %s', (_what, descriptor) => {
    expect(inspect(descriptor + KEY_FRAME)).toMatchObject({ keyFrame: true, width: 642 });
  });

  it('passes the TID and KEYIDX octet when T or K is set', () => {
    expect(inspect(`9020a0${KEY_FRAME}`)).toMatchObject({ temporalId: 2, switchingPoint: true, width: 642 });
    expect(inspect(`902080${KEY_FRAME}`)).toMatchObject({ temporalId: 2, switchingPoint: false, width: 642 });
    expect(inspect(`9010e5${KEY_FRAME}`)).toMatchObject({ temporalId: 0, switchingPoint: false, width: 642 });
    expect(inspect(`90e0123440${KEY_FRAME}`)).toMatchObject({ temporalId: 1, width: 642 });
  });

  it('tells nothing of a descriptor without a frame', () => {
    for (const hex of ['10', '90', '9080', '908092', '90809234', '9020', '902080', '90f0123456']) {
      expect(inspect(hex)).toMatchObject({ keyFrame: false, frameStart: false });
    }
  });
});

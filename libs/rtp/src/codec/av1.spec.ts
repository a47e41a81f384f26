import { describe, expect, it } from 'vitest';
import { inspectPayload } from './payload-inspection.js';
import { PayloadInfo } from './payload-info.js';

const SEQUENCE_642_BY_362 = '080000000cc5036936be40';
const FRAME = '30aabbccdd';
const TILE_GROUP = '20aabbccdd';

function hexOf(bits: string): string {
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
  return bytes.map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0')).join('');
}

function inspect(hex: string): PayloadInfo {
  const info = new PayloadInfo();
  const bytes = Buffer.from(hex, 'hex');
  inspectPayload('av1', bytes, 0, bytes.length, info);
  return info;
}

const sized = (element: string): string => (element.length / 2).toString(16).padStart(2, '0') + element;

describe('inspectAv1', () => {
  it('takes a new coded video sequence as a key frame', () => {
    expect(inspect(`18${FRAME}`)).toMatchObject({ keyFrame: true, frameStart: true });
    expect(inspect(`10${FRAME}`)).toMatchObject({ keyFrame: false, frameStart: true });
  });

  it('reads the size out of a sequence header, alone or counted or with sizes', () => {
    const expected = { keyFrame: true, frameStart: true, width: 642, height: 362 };
    expect(inspect(`10${SEQUENCE_642_BY_362}`)).toMatchObject(expected);
    expect(inspect(`28${sized(SEQUENCE_642_BY_362)}${FRAME}`)).toMatchObject(expected);
    expect(inspect(`08${sized(SEQUENCE_642_BY_362)}${sized(FRAME)}`)).toMatchObject(expected);
  });

  it('reads a sequence header that has an extension and a size of its own', () => {
    const body = SEQUENCE_642_BY_362.slice(2);
    expect(inspect(`100e48${(body.length / 2).toString(16).padStart(2, '0')}${body}`)).toMatchObject({
      width: 642,
      height: 362,
      temporalId: 2,
      spatialId: 1,
    });
  });

  it('starts no frame with a continued element or a tile group', () => {
    expect(inspect(`90${FRAME}`)).toMatchObject({ frameStart: false, keyFrame: false });
    expect(inspect(`90${SEQUENCE_642_BY_362}`)).toMatchObject({ keyFrame: false, width: 0 });
    expect(inspect(`10${TILE_GROUP}`)).toMatchObject({ frameStart: false });
    expect(inspect(`a0${sized(TILE_GROUP)}${FRAME}`)).toMatchObject({ frameStart: true });
  });

  it('reads the size behind timing, decoder model and operating points', () => {
    const timing = `1${'0'.repeat(64)}1010`;
    const decoderModel = `100100${'0'.repeat(42)}`;
    const firstPoint = `${'0'.repeat(12)}0100011${'0'.repeat(11)}10000`;
    const secondPoint = `${'0'.repeat(12)}0000000`;
    const size = `10101001${(1919).toString(2).padStart(11, '0')}${(719).toString(2).padStart(10, '0')}`;
    const bits = `00000${timing}${decoderModel}100001${firstPoint}${secondPoint}${size}`;
    expect(inspect(`1008${hexOf(bits)}`)).toMatchObject({ width: 1920, height: 720 });
  });

  it('reads the size of a reduced still picture header', () => {
    const bits = '0001100000011101111111111101111111';
    expect(inspect(`1008${hexOf(bits)}`)).toMatchObject({ width: 256, height: 128 });
  });

  it('stops at elements that overrun the packet or have endless sizes', () => {
    expect(inspect(`00ff01${SEQUENCE_642_BY_362}`)).toMatchObject({ keyFrame: false });
    expect(inspect('00ffffffffff')).toMatchObject({ keyFrame: false });
    expect(inspect('00808080808001')).toMatchObject({ keyFrame: false });
    expect(inspect(`10${SEQUENCE_642_BY_362.slice(0, 10)}`)).toMatchObject({ keyFrame: true, width: 0, height: 0 });
    expect(inspect('18')).toMatchObject({ keyFrame: false });
  });
});

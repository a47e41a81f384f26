import { describe, expect, it } from 'vitest';
import { BitReader } from './bit-reader.js';

function reader(hex: string, escaped = false): BitReader {
  const bits = new BitReader();
  const bytes = Buffer.from(hex, 'hex');
  bits.open(bytes, 0, bytes.length, escaped);
  return bits;
}

describe('BitReader', () => {
  it('reads bits from the highest on, up to 32 at once', () => {
    const bits = reader('a5ffffffff');
    expect([bits.bit(), bits.bits(3), bits.bits(4)]).toEqual([1, 2, 5]);
    expect(bits.bits(32)).toBe(0xffffffff);
    expect(bits.exhausted).toBe(false);
  });

  it('reads Exp-Golomb numbers as in H.264 table 9-2 and 9-3', () => {
    const bits = reader('a642980e20');
    expect(Array.from({ length: 6 }, () => bits.unsignedGolomb())).toEqual([0, 1, 2, 3, 4, 5]);
    const signed = reader('4c80');
    expect([signed.signedGolomb(), signed.signedGolomb(), signed.signedGolomb()]).toEqual([1, -1, 2]);
  });

  it('gives zeros and says so beyond the end', () => {
    const bits = reader('ff');
    bits.skip(8);
    expect(bits.exhausted).toBe(false);
    expect(bits.bit()).toBe(0);
    expect(bits.exhausted).toBe(true);
    expect(bits.bits(10)).toBe(0);
    expect(bits.unsignedGolomb()).toBe(0);
  });

  it('is exhausted by a code of 32 zeros', () => {
    const bits = reader('0000000080000000');
    expect(bits.unsignedGolomb()).toBe(0);
    expect(bits.exhausted).toBe(true);
  });

  it('leaves emulation prevention bytes out only when told', () => {
    expect(reader('000003010000030300', true).bits(32)).toBe(0x00000100);
    const twice = reader('00000300000301', true);
    expect([twice.bits(16), twice.bits(16), twice.bits(8)]).toEqual([0, 0, 1]);
    expect(reader('00000301').bits(32)).toBe(0x00000301);
  });

  it('never reads outside its range', () => {
    const bits = new BitReader();
    bits.open(Uint8Array.of(0xff, 0x0f, 0xff), 1, 2, false);
    expect(bits.bits(8)).toBe(0x0f);
    bits.bit();
    expect(bits.exhausted).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { matrixOf } from './picture-matrix.js';

const UNTOLD = '0';

/** An SPS of 640 by 352 (H.264 sections 7.3.2.1.1 and E.1.1) whose usability information ends after the colours. */
function parameterSet(usability: string): Uint8Array {
  const size = '00000101000000010110';
  const bits = `110110100${size}110${usability}`.padEnd(200, '0');
  const bytes = bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2));
  return Uint8Array.of(0x67, 66, 0, 31, ...bytes);
}

const told = (matrix: number): string => {
  const [primaries, transfer, third] = [1, 1, matrix].map((code) => code.toString(2).padStart(8, '0'));
  return `100110101${primaries}${transfer}${third}`;
};

const h264 = (usability: string) => matrixOf({ codec: 'h264', units: [parameterSet(usability)] });

describe('matrixOf', () => {
  it('reads what an H.264 stream says, and takes silence for BT.601', () => {
    expect(h264(UNTOLD)).toBe('bt601');
    expect([1, 2, 5, 6].map((code) => h264(told(code)))).toEqual(['bt709', 'bt601', 'bt601', 'bt601']);
  });

  it('leaves to the decoder what is neither, or cannot be read', () => {
    for (const code of [0, 8, 9, 255]) expect(h264(told(code))).toBeUndefined();
    expect(matrixOf({ codec: 'h264', units: [] })).toBeUndefined();
    expect(matrixOf({ codec: 'h264', units: [Uint8Array.of(0x67, 66)] })).toBeUndefined();
    expect(matrixOf({ codec: 'vp9', units: [Uint8Array.of(1)] })).toBeUndefined();
  });

  it('knows that VP8 has only one', () => {
    expect(matrixOf({ codec: 'vp8', units: [Uint8Array.of(1)] })).toBe('bt601');
  });
});

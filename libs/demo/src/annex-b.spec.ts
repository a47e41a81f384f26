import { describe, expect, it } from 'vitest';
import { readAccessUnits } from './annex-b.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('readAccessUnits', () => {
  it('starts an access unit at each delimiter and leaves the delimiter out', () => {
    const units = readAccessUnits(
      bytes(0, 0, 0, 1, 9, 16, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x65, 2, 0, 0, 0, 1, 9, 48, 0, 0, 1, 0x41, 3),
    );
    expect(units.map((unit) => unit.nalUnits.map((nalUnit) => [...nalUnit]))).toEqual([
      [
        [0x67, 1],
        [0x65, 2],
      ],
      [[0x41, 3]],
    ]);
  });

  it('tells key frames from other frames', () => {
    const units = readAccessUnits(bytes(0, 0, 1, 9, 16, 0, 0, 1, 0x65, 2, 0, 0, 1, 9, 48, 0, 0, 1, 0x41, 3));
    expect(units.map((unit) => unit.keyFrame)).toEqual([true, false]);
  });

  it('ignores bytes before the first start code and zeros after a NAL unit', () => {
    const units = readAccessUnits(bytes(7, 7, 0, 0, 1, 9, 16, 0, 0, 1, 0x41, 3, 0, 0));
    expect(units.map((unit) => [...(unit.nalUnits[0] ?? [])])).toEqual([[0x41, 3]]);
  });

  it('finds nothing in a stream without start codes', () => {
    expect(readAccessUnits(bytes(1, 2, 3))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { packetizeH264, splitAnnexB } from './h264-packetizer.js';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('splitAnnexB', () => {
  it('splits at long and short start codes and drops trailing zeros', () => {
    const units = splitAnnexB(bytes(0, 0, 0, 1, 9, 0xf0, 0, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x68, 2, 0, 0));
    expect(units.map((unit) => [...unit])).toEqual([
      [9, 0xf0],
      [0x67, 1],
      [0x68, 2],
    ]);
  });

  it('finds nothing without a start code and passes over empty units', () => {
    expect(splitAnnexB(bytes(1, 2, 3))).toEqual([]);
    expect(splitAnnexB(bytes(0, 0, 1, 0, 0, 1, 0x65)).map((unit) => [...unit])).toEqual([[0x65]]);
  });
});

describe('packetizeH264', () => {
  it('sends a small unit as it is', () => {
    const unit = bytes(0x67, 1, 2);
    expect(packetizeH264([unit, bytes()], 3)).toEqual([unit]);
  });

  it.each([4, 5, 100, 1199, 1200])('fragments so that the unit comes back, in payloads of at most %i bytes', (max) => {
    const unit = Uint8Array.from({ length: 5003 }, (_, i) => (i === 0 ? 0x65 : i & 0xff));
    const payloads = packetizeH264([unit], max);
    const rebuilt = [unit[0]!];
    for (const [i, payload] of payloads.entries()) {
      expect(payload.length).toBeLessThanOrEqual(max);
      expect(payload[0]).toBe(0x7c);
      const expected = 5 | (i === 0 ? 0x80 : 0) | (i === payloads.length - 1 ? 0x40 : 0);
      expect(payload[1]).toBe(expected);
      rebuilt.push(...payload.subarray(2));
    }
    expect(payloads.length).toBeGreaterThan(1);
    expect(Uint8Array.from(rebuilt)).toEqual(unit);
  });

  it('never makes a fragment that is both first and last', () => {
    const payloads = packetizeH264([new Uint8Array(1201).fill(0x41)], 1200);
    expect(payloads.map((payload) => payload[1]! & 0xc0)).toEqual([0x80, 0x40]);
  });

  it('refuses payloads too small for a fragment', () => {
    expect(() => packetizeH264([], 2)).toThrow(RangeError);
  });
});

import { describe, expect, it } from 'vitest';
import { asciiBytes } from './ascii.js';
import { crc32 } from './crc32.js';

describe('crc32', () => {
  it('gives the check value of CRC-32', () => {
    expect(crc32(asciiBytes('123456789'), 9)).toBe(0xcbf43926);
  });

  it('covers only the bytes asked for', () => {
    expect(crc32(asciiBytes('123456789abc'), 9)).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(4), 0)).toBe(0);
  });
});

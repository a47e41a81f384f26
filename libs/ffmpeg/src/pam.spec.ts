import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPam } from './pam.js';

function pam(width: number, height: number, more = 0): Uint8Array {
  const head = `P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`;
  const bytes = new Uint8Array(head.length + 4 * width * height + more).fill(7);
  bytes.set(Array.from(head, (letter) => letter.charCodeAt(0)));
  return bytes;
}

describe('readPam', () => {
  it('reads pixels and their size', () => {
    const image = readPam(pam(4, 2));
    expect([image?.width, image?.height, image?.rgba.length, image?.rgba[0]]).toEqual([4, 2, 32, 7]);
  });

  it('takes none of odd sides, and none that is cut off', () => {
    expect(readPam(pam(3, 2))).toBeUndefined();
    expect(readPam(pam(4, 2, -1))).toBeUndefined();
    expect(readPam(new Uint8Array(0))).toBeUndefined();
  });

  it('reads anything without a fault', () => {
    const whole = pam(4, 2);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 12 }), (at, noise) => {
        const broken = whole.slice();
        broken.set(noise.subarray(0, Math.max(0, whole.length - at)), at);
        const image = readPam(broken);
        if (image !== undefined) expect(image.rgba.length).toBe(4 * image.width * image.height);
      }),
      { numRuns: 5000 },
    );
  });
});

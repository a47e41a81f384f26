import { describe, expect, it } from 'vitest';
import { isBlack } from './black-picture.js';

const picture = (...pixels: number[]) => new Uint8ClampedArray(pixels.flatMap((value) => [value, value, value, 255]));

describe('isBlack', () => {
  it('takes a covered lens with its noise for black, and one bright point for a picture', () => {
    expect(isBlack(picture(0, 6, 12, 19))).toBe(true);
    expect(isBlack(picture(0, 6, 12, 60))).toBe(false);
  });

  it('sees a colour that has one channel only', () => {
    expect(isBlack(new Uint8ClampedArray([0, 0, 0, 255, 0, 0, 200, 255]))).toBe(false);
  });

  it('does not call nothing black', () => {
    expect(isBlack(new Uint8ClampedArray())).toBe(false);
  });
});

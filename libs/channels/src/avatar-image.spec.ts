import { describe, expect, it } from 'vitest';
import { AVATAR_MAX_PIXELS, AvatarInvalid, readAvatar } from './avatar-image.js';
import { jpeg, png, webp } from './avatar-image.fixture.js';

const pictures: readonly (readonly [string, (width: number, height: number) => Uint8Array])[] = [
  ['image/png', png],
  ['image/jpeg', jpeg],
  ['image/webp', webp.lossy],
  ['image/webp', webp.lossless],
  ['image/webp', webp.extended],
];

describe('readAvatar', () => {
  it('reads the type and the size of every kind of picture', () => {
    for (const [type, make] of pictures) {
      expect(readAvatar(make(300, 200))).toEqual({ type, width: 300, height: 200 });
      expect(readAvatar(make(1, AVATAR_MAX_PIXELS))).toEqual({ type, width: 1, height: AVATAR_MAX_PIXELS });
    }
  });

  it('refuses what is too large or has no size', () => {
    for (const [, make] of pictures) {
      expect(() => readAvatar(make(AVATAR_MAX_PIXELS + 1, 10))).toThrow('4096 pixels');
      expect(() => readAvatar(make(10, AVATAR_MAX_PIXELS + 1))).toThrow('4096 pixels');
    }
    for (const make of [png, jpeg, webp.lossy]) expect(() => readAvatar(make(0, 10))).toThrow('no size');
  });

  it('refuses what is no picture that it knows, whatever it is called', () => {
    for (const text of ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '<script>', 'RIFF0000WAVE', 'BM']) {
      expect(() => readAvatar(Buffer.from(text))).toThrow('must be PNG, JPEG or WebP');
    }
  });

  it('refuses pictures that are cut off before their size is told', () => {
    for (const [, make] of pictures) {
      const whole = make(300, 200);
      for (let length = 0; length < 23; length += 1) {
        expect(() => readAvatar(whole.subarray(0, length))).toThrow(AvatarInvalid);
      }
    }
  });

  it('takes or refuses whatever comes, and never fails otherwise', () => {
    let state = 1;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    for (let round = 0; round < 20_000; round += 1) {
      const [, make] = pictures[random(pictures.length)]!;
      const bytes = make(1 + random(5000), 1 + random(5000)).slice(0, 4 + random(80));
      for (let flips = random(6); flips > 0; flips -= 1) bytes[random(bytes.length)] = random(256);
      try {
        const { width, height } = readAvatar(bytes);
        expect(Math.max(width, height)).toBeLessThanOrEqual(AVATAR_MAX_PIXELS);
        expect(Math.min(width, height)).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(AvatarInvalid);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { createPicture, type Picture } from './picture.js';
import { PictureKernels } from './picture-kernels.js';
import { PicturePainter } from './picture-painter.js';
import type { Placement } from './placement.js';

const size = { width: 320, height: 180 };

/** xorshift32: the same numbers in every run. */
function randomness(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % end;
  };
}

function noise(width: number, height: number, below: (end: number) => number, hasAlpha = false): Picture {
  const picture = createPicture({ width, height });
  for (let at = 0; at < picture.data.length; at += 1) picture.data[at] = below(256);
  if (!hasAlpha) return picture;
  const alpha = new Uint8Array((picture.data.length + width * height) / 2);
  for (let at = 0; at < alpha.length; at += 1) alpha[at] = below(3) === 0 ? 255 * below(2) : below(256);
  return { ...picture, alpha };
}

const even = (below: (end: number) => number, least: number, end: number) => least + 2 * below((end - least) / 2 + 1);

function placement(picture: Picture, below: (end: number) => number, isSameSize: boolean): Placement {
  const fromWidth = even(below, 2, Math.min(picture.width, size.width));
  const fromHeight = even(below, 2, Math.min(picture.height, size.height));
  const width = isSameSize ? fromWidth : even(below, 2, size.width);
  const height = isSameSize ? fromHeight : even(below, 2, size.height);
  return {
    from: {
      x: even(below, 0, picture.width - fromWidth),
      y: even(below, 0, picture.height - fromHeight),
      width: fromWidth,
      height: fromHeight,
    },
    to: { x: even(below, 0, size.width - width), y: even(below, 0, size.height - height), width, height },
  };
}

function drawnBoth(hasAlpha: boolean, seed: number): void {
  const below = randomness(seed);
  const kernels = PictureKernels.create(size)!;
  const fast = new PicturePainter(kernels);
  const plain = new PicturePainter();
  const canvas = createPicture(size);
  for (let round = 0; round < 60; round += 1) {
    const picture = noise(even(below, 2, 360), even(below, 2, 200), below, hasAlpha);
    const where = placement(picture, below, below(3) === 0);
    fast.draw(kernels.canvas, picture, where);
    plain.draw(canvas, picture, where);
    expect(kernels.canvas.data.every((value, at) => value === canvas.data[at])).toBe(true);
  }
}

describe('PictureKernels', () => {
  it('copy and scale to the byte as plain code does', () => drawnBoth(false, 77));

  it('blend to the byte as plain code does', () => drawnBoth(true, 99));

  it('leave to plain code what is not on their canvas, too large or too small', () => {
    const kernels = PictureKernels.create(size)!;
    const whole = { from: { x: 0, y: 0, ...size }, to: { x: 0, y: 0, width: 160, height: 90 } };
    const picture = createPicture(size);
    expect(kernels.scale(createPicture(size), picture, whole)).toBe(false);
    expect(kernels.scale(kernels.canvas, createPicture({ width: 3000, height: 2000 }), whole)).toBe(false);
    expect(kernels.scale(kernels.canvas, picture, { ...whole, to: { x: 0, y: 0, width: 4, height: 4 } })).toBe(false);
    expect(kernels.blend(kernels.canvas, picture, whole)).toBe(false);
    expect(kernels.scale(kernels.canvas, picture, whole)).toBe(true);
  });

  it('go on when their tables are full', () => {
    const kernels = PictureKernels.create(size)!;
    const picture = createPicture(size);
    let refused = 0;
    for (let width = 8; width <= 320; width += 2) {
      for (let height = 8; height <= 180; height += 18) {
        const to = { x: 0, y: 0, width, height };
        if (!kernels.scale(kernels.canvas, picture, { from: { x: 0, y: 0, ...size }, to })) refused += 1;
      }
    }
    expect(refused).toBeLessThan(8);
  });

  it('are not there where memory is missing', () => {
    expect(PictureKernels.create({ width: 100_000, height: 100_000 })).toBeUndefined();
  });
});

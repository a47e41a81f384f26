import { describe, expect, it } from 'vitest';
import { createPicture, fillPicture } from './picture.js';
import { greyOut, RoundCorners } from './tile-look.js';

const red = { red: 255, green: 0, blue: 0 };

describe('greyOut', () => {
  it('takes the colour and some light from a part, and leaves the rest', () => {
    const picture = createPicture({ width: 8, height: 4 });
    fillPicture(picture, red);
    greyOut(picture, { x: 4, y: 0, width: 4, height: 4 });
    expect([...picture.data.subarray(0, 8)]).toEqual([63, 63, 63, 63, 44, 44, 44, 44]);
    expect([...picture.data.subarray(32, 36)]).toEqual([102, 102, 128, 128]);
    expect([...picture.data.subarray(40, 44)]).toEqual([240, 240, 128, 128]);
  });
});

describe('RoundCorners', () => {
  it('brings back what was below, outside of the arcs alone', () => {
    const canvas = createPicture({ width: 64, height: 64 });
    const corners = new RoundCorners();
    const rect = { x: 16, y: 16, width: 32, height: 32 };
    corners.keep(canvas, rect, 8);
    fillPicture(canvas, red);
    corners.restore(canvas, rect, 8);
    const luma = (x: number, y: number) => canvas.data[64 * y + x];
    expect([luma(16, 16), luma(47, 16), luma(16, 47), luma(47, 47)]).toEqual([16, 16, 16, 16]);
    expect([luma(24, 16), luma(16, 24), luma(20, 20), luma(32, 32), luma(0, 0)]).toEqual([63, 63, 63, 63, 63]);
    expect([canvas.data[4096 + 32 * 8 + 8], canvas.data[4096 + 32 * 12 + 12]]).toEqual([128, 102]);
  });

  it('does nothing to what is smaller than its corners', () => {
    const canvas = createPicture({ width: 16, height: 16 });
    const before = canvas.data.slice();
    const corners = new RoundCorners();
    corners.keep(canvas, { x: 0, y: 0, width: 8, height: 8 }, 8);
    corners.restore(canvas, { x: 0, y: 0, width: 8, height: 8 }, 8);
    expect(canvas.data).toEqual(before);
  });
});

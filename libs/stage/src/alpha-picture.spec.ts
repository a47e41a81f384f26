import { expect, it } from 'vitest';
import { alphaPicture, createPicture } from './picture.js';
import { PicturePainter } from './picture-painter.js';

const whole = { x: 0, y: 0, width: 4, height: 2 };

it('a picture with alpha covers as much as it is opaque', () => {
  const rgba = new Uint8Array(4 * 8).fill(255);
  for (const pixel of [2, 3, 6, 7]) rgba[4 * pixel + 3] = 0;
  rgba[7] = 128;
  const picture = alphaPicture(whole, rgba);
  const canvas = createPicture(whole);
  new PicturePainter().draw(canvas, picture, { from: whole, to: whole });
  expect([...canvas.data.subarray(0, 4)]).toEqual([235, 126, 16, 16]);
  new PicturePainter().draw(canvas, picture, { from: whole, to: whole }, 0);
  expect(canvas.data[2]).toBe(16);
});

it('an edge has the colour of what is visible of it', () => {
  const rgba = new Uint8Array(4 * 8);
  rgba.set([255, 0, 0, 255], 0);
  const picture = alphaPicture(whole, rgba);
  expect([picture.data[8], picture.data[10], picture.alpha?.[8], picture.alpha?.[9]]).toEqual([102, 240, 64, 0]);
});

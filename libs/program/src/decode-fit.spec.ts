import { describe, expect, it } from 'vitest';
import { DecodeFit } from './decode-fit.js';

const canvas = { width: 1280, height: 720 };
const tile = (width: number, height: number, fit: 'cover' | 'contain' = 'cover') => ({ width, height, fit });

function fitOf(width: number, height: number): DecodeFit {
  const fit = new DecodeFit(canvas);
  fit.source = { width, height };
  return fit;
}

describe('DecodeFit', () => {
  it('is the canvas without a tile, whatever comes', () => {
    const fit = fitOf(640, 360);
    expect(fit.wanted()).toEqual(canvas);
    expect(fit.isDue(canvas, 100_000)).toBe(false);
  });

  it('is at most the tile and never more than there is', () => {
    const large = fitOf(3840, 2160);
    large.tile = tile(622, 342);
    expect(large.wanted()).toEqual({ width: 622, height: 350 });
    large.tile = tile(622, 342, 'contain');
    expect(large.wanted()).toEqual({ width: 608, height: 342 });
    const small = fitOf(320, 180);
    small.tile = tile(622, 342);
    expect(small.wanted()).toEqual({ width: 320, height: 180 });
  });

  it('grows at once, shrinks after five seconds, and stays for little', () => {
    const fit = fitOf(1280, 720);
    const present = { width: 640, height: 360 };
    fit.tile = tile(660, 372);
    expect(fit.isDue(present, 0)).toBe(false);
    fit.tile = tile(960, 540);
    expect(fit.isDue(present, 0)).toBe(true);
    fit.tile = tile(480, 270);
    expect(fit.isDue(present, 20_000)).toBe(false);
    fit.tile = tile(320, 180);
    expect([fit.isDue(present, 20_000), fit.isDue(present, 24_000), fit.isDue(present, 25_000)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('begins anew at once when the picture has another shape', () => {
    const fit = fitOf(640, 360);
    fit.tile = tile(640, 360);
    expect(fit.isDue({ width: 640, height: 360 }, 0)).toBe(false);
    fit.source = { width: 360, height: 640 };
    expect(fit.isDue({ width: 640, height: 360 }, 0)).toBe(true);
  });

  it('keeps what it knows of a picture that does not tell its size', () => {
    const fit = fitOf(640, 360);
    fit.source = { width: 0, height: 0 };
    fit.tile = tile(320, 180);
    expect(fit.wanted()).toEqual({ width: 320, height: 180 });
  });
});

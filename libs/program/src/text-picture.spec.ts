import { STAGE_FONT } from '@weir/stage';
import { describe, expect, it } from 'vitest';
import { loadCanvas } from './canvas-package.js';
import { textPicture } from './text-picture.js';

const size = { width: 320, height: 40 };
const missing = () => {
  throw new Error('not installed');
};

describe('textPicture', () => {
  it('draws a name on a shade as wide as it needs, and nothing beside it', () => {
    const picture = textPicture('label', 'Anna', size)!;
    const alphaAt = (x: number, y: number) => picture.alpha![y * 320 + x]!;
    expect(alphaAt(8, 20)).toBeGreaterThan(100);
    expect(alphaAt(310, 20)).toBe(0);
    expect(picture.data.subarray(0, 320 * 40).some((luma) => luma > 200)).toBe(true);
  });

  it('draws a title, and as a placard an opaque panel', () => {
    expect(textPicture('title', '라이브 방송', size)?.alpha?.some((alpha) => alpha > 250)).toBe(true);
    expect(textPicture('placard', 'Anna', size)?.alpha).toBeUndefined();
  });

  it('has the font that the preview has', () => {
    expect(loadCanvas().GlobalFonts?.has(STAGE_FONT)).toBe(true);
  });

  it('has no text without the package, but the panel', () => {
    expect(textPicture('label', 'Anna', size, missing)).toBeUndefined();
    expect(textPicture('placard', 'Anna', size, missing)?.data).toHaveLength(320 * 40 * 1.5);
  });
});

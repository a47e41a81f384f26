import { describe, expect, it } from 'vitest';
import { DrawnWords } from './drawing-context.fixture.js';
import { drawText, fitted } from './text-drawing.js';

const size = { width: 400, height: 50 };

describe('drawText', () => {
  it('lays a name on a shade as wide as it needs', () => {
    const drawn = new DrawnWords();
    drawText(drawn, 'label', 'Anna', size);
    expect(drawn.texts).toMatchObject([{ text: 'Anna', x: 20 }]);
    expect(drawn.boxes).toEqual([[0, 0, 4 * 14 + 40, 50]]);
  });

  it('cuts what is too long, and never leaves its rectangle', () => {
    for (const style of ['label', 'title', 'placard'] as const) {
      const drawn = new DrawnWords();
      drawText(drawn, style, 'An evening with everybody who has ever been here '.repeat(9), size);
      expect(drawn.texts[0]!.text).toMatch(/…$/);
      for (const [x, , width] of drawn.boxes) expect(x + width, style).toBeLessThanOrEqual(size.width);
    }
  });

  it('has one font of one weight for all', () => {
    const drawn = new DrawnWords();
    for (const style of ['label', 'title', 'placard'] as const) drawText(drawn, style, 'Anna', size);
    expect(drawn.texts.map(({ font }) => font.slice(0, 25))).toEqual([
      '600 28px "Weir Stage", "N',
      '600 24px "Weir Stage", "N',
      '600 8px "Weir Stage", "No',
    ]);
  });
});

describe('fitted', () => {
  it('cuts what is too long', () => {
    const measure = (text: string) => [...text].length;
    expect(fitted('Anna', 4, measure)).toBe('Anna');
    expect(fitted('Anna Lisa', 6, measure)).toBe('Anna…');
    expect(fitted('가나다라마', 3, measure)).toBe('가나…');
    expect(fitted('Anna', 0, measure)).toBe('…');
  });
});

import { describe, expect, it } from 'vitest';
import { drawCard, linesOf } from './card-drawing.js';
import { DrawnWords } from './drawing-context.fixture.js';

const monospaced = (text: string) => [...text].length;

it('draws a title in the middle, and below it what the card says', () => {
  const drawn = new DrawnWords();
  drawCard(drawn, 'starting-soon', 'Morning news', { width: 1280, height: 720 });
  expect(drawn.texts.map(({ text, x }) => [text, x])).toEqual([
    ['Morning news', 640],
    ['starting soon', 640],
  ]);
  expect(drawn.boxes[0]).toEqual([0, 0, 1280, 720]);
  drawCard(drawn, 'be-right-back', '', { width: 1280, height: 720 });
  expect(drawn.texts[2]!.text).toBe('be right back');
});

describe('linesOf', () => {
  it('keeps a short title on one line', () => {
    expect(linesOf('Morning news', 20, monospaced)).toEqual(['Morning news']);
    expect(linesOf('', 20, monospaced)).toEqual([]);
  });

  it('breaks between words, or within one that is too long', () => {
    expect(linesOf('Morning news of today', 14, monospaced)).toEqual(['Morning news', 'of today']);
    expect(linesOf('아침뉴스오늘의날씨', 5, monospaced)).toEqual(['아침뉴스오', '늘의날씨']);
  });

  it('ends a title that is too long with an ellipsis', () => {
    expect(linesOf('one two three four five', 8, monospaced)).toEqual(['one two', 'three f…']);
  });
});

import type { DrawingContext } from './drawing-context.js';
import type { Colour, Size, TextStyle } from './scene.js';
import { capsMiddle, stageFont } from './stage-font.js';

/** What a placard lies on. */
export const PLACARD_COLOUR: Colour = { red: 35, green: 46, blue: 62 };

const PANEL = '#232e3e';
const SHADE = 'rgba(11, 16, 23, 0.72)';
const ACCENT = '#4ea1ff';
const LONGEST_TEXT = 200;

/** Draws a text as it lies in the rectangle of its layer, which is the whole of an empty canvas. */
export function drawText(context: DrawingContext, style: TextStyle, text: string, size: Size): void {
  context.textBaseline = 'alphabetic';
  DRAWN[style](context, text.slice(0, LONGEST_TEXT), size);
}

/** A text that fits a width, the rest of it being an ellipsis. */
export function fitted(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const letters = [...text];
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (measure(`${letters.slice(0, middle).join('')}…`) <= width) least = middle;
    else most = middle - 1;
  }
  return `${letters.slice(0, least).join('').trimEnd()}…`;
}

const DRAWN: Readonly<Record<TextStyle, (context: DrawingContext, text: string, size: Size) => void>> = {
  label: (context, text, { width, height }) => {
    const pixels = height * 0.56;
    context.font = stageFont(pixels);
    const padding = height * 0.4;
    const shown = fitted(text, width - 2 * padding, (part) => context.measureText(part).width);
    const pill = Math.min(width, context.measureText(shown).width + 2 * padding);
    rounded(context, SHADE, pill, height, height / 4);
    context.fillStyle = '#ffffff';
    context.fillText(shown, padding, capsMiddle(height / 2, pixels));
  },
  title: (context, text, { width, height }) => {
    const pixels = height * 0.48;
    context.font = stageFont(pixels);
    const padding = height * 0.35;
    const bar = Math.max(2, height * 0.09);
    const shown = fitted(text, width - bar - 2 * padding, (part) => context.measureText(part).width);
    const panel = Math.min(width, context.measureText(shown).width + bar + 2 * padding);
    rounded(context, SHADE, panel, height, height / 8);
    rounded(context, ACCENT, bar, height, bar / 2);
    context.fillStyle = '#ffffff';
    context.fillText(shown, bar + padding, capsMiddle(height / 2, pixels));
  },
  placard: (context, text, { width, height }) => {
    context.fillStyle = PANEL;
    context.fillRect(0, 0, width, height);
    const pixels = Math.min(height / 6, width / 10);
    context.font = stageFont(pixels);
    context.textAlign = 'center';
    context.fillStyle = '#e6edf6';
    context.fillText(
      fitted(text, width * 0.9, (part) => context.measureText(part).width),
      width / 2,
      capsMiddle(height / 2, pixels),
    );
  },
};

function rounded(context: DrawingContext, colour: string, width: number, height: number, radius: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(0, 0, width, height, radius);
  context.fill();
}

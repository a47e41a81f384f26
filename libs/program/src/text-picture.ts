import { alphaPicture, createPicture, fillPicture, type Picture, type Size, type TextStyle } from '@weir/stage';
import { type CanvasContext, type CanvasPackage, FONTS, loadCanvas } from './canvas-package.js';

const PANEL = { red: 35, green: 46, blue: 62 } as const;
const PANEL_COLOUR = '#232e3e';
const SHADE = 'rgba(11, 16, 23, 0.72)';
const ACCENT = '#4ea1ff';
const LONGEST_TEXT = 200;

/**
 * A text as it lies in the rectangle of its layer; undefined where `@napi-rs/canvas` cannot be loaded, but for the panel that takes the place of a
 * picture.
 */
export function textPicture(
  style: TextStyle,
  text: string,
  size: Size,
  load: () => CanvasPackage = loadCanvas,
): Picture | undefined {
  try {
    const context = load().createCanvas(size.width, size.height).getContext('2d');
    context.textBaseline = 'middle';
    DRAWN[style](context, text.slice(0, LONGEST_TEXT), size);
    const picture = alphaPicture(size, context.getImageData(0, 0, size.width, size.height).data);
    return style === 'placard' ? { width: picture.width, height: picture.height, data: picture.data } : picture;
  } catch {
    if (style !== 'placard') return undefined;
    const panel = createPicture(size);
    fillPicture(panel, PANEL);
    return panel;
  }
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

const DRAWN: Readonly<Record<TextStyle, (context: CanvasContext, text: string, size: Size) => void>> = {
  label: (context, text, { width, height }) => {
    context.font = `600 ${Math.round(height * 0.56)}px ${FONTS}`;
    const padding = height * 0.4;
    const shown = fitted(text, width - 2 * padding, (part) => context.measureText(part).width);
    const pill = Math.min(width, context.measureText(shown).width + 2 * padding);
    rounded(context, SHADE, 0, pill, height, height / 4);
    context.fillStyle = '#ffffff';
    context.fillText(shown, padding, height * 0.53);
  },
  title: (context, text, { width, height }) => {
    context.font = `700 ${Math.round(height * 0.48)}px ${FONTS}`;
    const padding = height * 0.35;
    const bar = Math.max(2, height * 0.09);
    const shown = fitted(text, width - bar - 2 * padding, (part) => context.measureText(part).width);
    const panel = Math.min(width, context.measureText(shown).width + bar + 2 * padding);
    rounded(context, SHADE, 0, panel, height, height / 8);
    rounded(context, ACCENT, 0, bar, height, bar / 2);
    context.fillStyle = '#ffffff';
    context.fillText(shown, bar + padding, height * 0.52);
  },
  placard: (context, text, { width, height }) => {
    context.fillStyle = PANEL_COLOUR;
    context.fillRect(0, 0, width, height);
    context.font = `600 ${Math.round(Math.min(height / 6, width / 10))}px ${FONTS}`;
    context.textAlign = 'center';
    context.fillStyle = '#e6edf6';
    context.fillText(
      fitted(text, width * 0.9, (part) => context.measureText(part).width),
      width / 2,
      height / 2,
    );
  },
};

function rounded(
  context: CanvasContext,
  colour: string,
  x: number,
  width: number,
  height: number,
  radius: number,
): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, 0, width, height, radius);
  context.fill();
}

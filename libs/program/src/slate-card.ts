import { createPicture, type Picture, type Size, type StageCard, writeRgba } from '@weir/stage';
import { type CanvasPackage, FONTS, loadCanvas } from './canvas-package.js';

const NOTICES: Readonly<Record<StageCard, string>> = {
  'be-right-back': 'be right back',
  'starting-soon': 'starting soon',
};
const TOP = '#1c2b3f';
const BOTTOM = '#0b1017';
const ACCENT = '#4ea1ff';
const TITLE_LINES = 2;
const LONGEST_TITLE = 200;

/**
 * The card that says that the channel will be right back, or begins soon; without text, bars on a gradient, where `@napi-rs/canvas` cannot be
 * loaded.
 */
export function slateCard(
  title: string,
  size: Size,
  load: () => CanvasPackage = loadCanvas,
  card: StageCard = 'be-right-back',
): Picture {
  const picture = createPicture(size);
  writeRgba(picture, drawn(title, size, load, NOTICES[card]) ?? bars(size));
  return picture;
}

function drawn(
  title: string,
  { width, height }: Size,
  load: () => CanvasPackage,
  notice: string,
): Uint8ClampedArray | undefined {
  try {
    const context = load().createCanvas(width, height).getContext('2d');
    const gradient = context.createLinearGradient(0, 0, 0, height);
    gradient.addColorStop(0, TOP);
    gradient.addColorStop(1, BOTTOM);
    context.fillStyle = gradient;
    context.fillRect(0, 0, width, height);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const titleSize = Math.round(Math.min(height / 9, width / 14));
    context.fillStyle = '#ffffff';
    context.font = `700 ${titleSize}px ${FONTS}`;
    const lines = linesOf(
      title.trim().slice(0, LONGEST_TITLE),
      width * 0.86,
      (text) => context.measureText(text).width,
    );
    const lineHeight = titleSize * 1.25;
    const middle = height * 0.46;
    lines.forEach((line, index) => {
      context.fillText(line, width / 2, middle + (index - (lines.length - 1) / 2) * lineHeight);
    });
    const below = middle + (lines.length * lineHeight) / 2;
    context.fillStyle = ACCENT;
    context.fillRect(width / 2 - titleSize, below + titleSize * 0.25, titleSize * 2, Math.max(2, titleSize * 0.07));
    context.fillStyle = '#c3cfdd';
    context.font = `400 ${Math.round(titleSize * 0.5)}px ${FONTS}`;
    context.fillText(notice, width / 2, below + titleSize * 0.9);
    return context.getImageData(0, 0, width, height).data;
  } catch {
    return undefined;
  }
}

/** Breaks a text into at most two lines of a width, between words where it has some; the rest becomes an ellipsis. */
export function linesOf(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > 0 && lines.length < TITLE_LINES) {
    let count = rest.length;
    while (count > 1 && measure(rest.slice(0, count).join('')) > width) count -= 1;
    const isLast = lines.length === TITLE_LINES - 1;
    const isCut = count < rest.length;
    if (isCut && isLast) {
      lines.push(
        `${rest
          .slice(0, count - 1)
          .join('')
          .trimEnd()}…`,
      );
      break;
    }
    const space = isCut ? rest.lastIndexOf(' ', count) : -1;
    if (space > 0) count = space;
    lines.push(rest.slice(0, count).join('').trim());
    rest = [...rest.slice(count).join('').trimStart()];
  }
  return lines;
}

/** Two bars in the middle of a gradient, as on a pause button. */
function bars({ width, height }: Size): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * width * height);
  const barHeight = height / 4;
  const barWidth = barHeight / 4;
  for (let y = 0; y < height; y += 1) {
    const depth = y / height;
    for (let x = 0; x < width; x += 1) {
      const fromMiddle = Math.abs(x + 0.5 - width / 2);
      const isBar =
        Math.abs(y - height / 2) < barHeight / 2 && fromMiddle > barWidth / 2 && fromMiddle < barWidth * 1.5;
      rgba.set(
        isBar ? [195, 207, 221, 255] : [28 - 17 * depth, 43 - 27 * depth, 63 - 40 * depth, 255],
        4 * (y * width + x),
      );
    }
  }
  return rgba;
}

import type { DrawingContext } from './drawing-context.js';
import type { Size, StageCard } from './scene.js';
import { capsMiddle, stageFont } from './stage-font.js';

const NOTICES: Readonly<Record<StageCard, string>> = {
  'be-right-back': 'be right back',
  'starting-soon': 'starting soon',
};
const TOP = '#1c2b3f';
const BOTTOM = '#0b1017';
const ACCENT = '#4ea1ff';
const TITLE_LINES = 2;
const LONGEST_TITLE = 200;

/** Draws the card that says that the channel will be right back, or begins soon, on the whole of a canvas. */
export function drawCard(context: DrawingContext, card: StageCard, title: string, { width, height }: Size): void {
  const gradient = context.createLinearGradient(0, 0, 0, height);
  gradient.addColorStop(0, TOP);
  gradient.addColorStop(1, BOTTOM);
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const titleSize = Math.round(Math.min(height / 9, width / 14));
  context.fillStyle = '#ffffff';
  context.font = stageFont(titleSize);
  const lines = linesOf(title.trim().slice(0, LONGEST_TITLE), width * 0.86, (text) => context.measureText(text).width);
  const lineHeight = titleSize * 1.25;
  const middle = height * 0.46;
  lines.forEach((line, index) => {
    const y = middle + (index - (lines.length - 1) / 2) * lineHeight;
    context.fillText(line, width / 2, capsMiddle(y, titleSize));
  });
  const below = middle + (lines.length * lineHeight) / 2;
  context.fillStyle = ACCENT;
  context.fillRect(width / 2 - titleSize, below + titleSize * 0.25, titleSize * 2, Math.max(2, titleSize * 0.07));
  context.fillStyle = '#c3cfdd';
  context.font = stageFont(titleSize * 0.5);
  context.fillText(NOTICES[card], width / 2, capsMiddle(below + titleSize * 0.9, titleSize * 0.5));
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

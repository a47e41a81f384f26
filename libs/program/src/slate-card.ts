import { createPicture, drawCard, type Picture, type Size, type StageCard, writeRgba } from '@weir/stage';
import { type CanvasPackage, loadCanvas } from './canvas-package.js';

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
  writeRgba(picture, drawn(title, size, load, card) ?? bars(size));
  return picture;
}

function drawn(title: string, size: Size, load: () => CanvasPackage, card: StageCard): Uint8ClampedArray | undefined {
  try {
    const context = load().createCanvas(size.width, size.height).getContext('2d');
    drawCard(context, card, title, size);
    return context.getImageData(0, 0, size.width, size.height).data;
  } catch {
    return undefined;
  }
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

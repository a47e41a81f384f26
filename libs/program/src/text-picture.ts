import {
  alphaPicture,
  createPicture,
  drawText,
  fillPicture,
  type Picture,
  PLACARD_COLOUR,
  type Size,
  type TextStyle,
} from '@weir/stage';
import { type CanvasPackage, loadCanvas } from './canvas-package.js';

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
    drawText(context, style, text, size);
    const picture = alphaPicture(size, context.getImageData(0, 0, size.width, size.height).data);
    return style === 'placard' ? { width: picture.width, height: picture.height, data: picture.data } : picture;
  } catch {
    if (style !== 'placard') return undefined;
    const panel = createPicture(size);
    fillPicture(panel, PLACARD_COLOUR);
    return panel;
  }
}

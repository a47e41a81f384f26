import type { Colour, Size } from './scene.js';

/** A picture of 8 bits, 4:2:0: the luma plane, then both chroma planes of half the size, rounded up, without padding. */
export interface Picture extends Size {
  readonly data: Uint8Array;
  /** How opaque it is, 0 to 255: of each luma sample, then of each chroma sample. Without it, all is. */
  readonly alpha?: Uint8Array;
}

/** Bytes of a picture. */
export function pictureBytes({ width, height }: Size): number {
  return width * height + 2 * chromaLength(width) * chromaLength(height);
}

/** Length of a side of a chroma plane. */
export function chromaLength(length: number): number {
  return (length + 1) >> 1;
}

/** A black picture. */
export function createPicture(size: Size): Picture {
  const picture = { width: size.width, height: size.height, data: new Uint8Array(pictureBytes(size)) };
  fillPicture(picture, { red: 0, green: 0, blue: 0 });
  return picture;
}

/** Paints the whole picture in one colour. */
export function fillPicture(picture: Picture, { red, green, blue }: Colour): void {
  const lumaBytes = picture.width * picture.height;
  const chromaBytes = chromaLength(picture.width) * chromaLength(picture.height);
  picture.data.fill(luma(red, green, blue), 0, lumaBytes);
  picture.data.fill(blueDifference(red, green, blue), lumaBytes, lumaBytes + chromaBytes);
  picture.data.fill(redDifference(red, green, blue), lumaBytes + chromaBytes);
}

/** Paints the whole picture from RGBA of the same, even size; alpha is taken as opaque. */
export function writeRgba(picture: Picture, rgba: Uint8Array | Uint8ClampedArray): void {
  const { width, height, data } = picture;
  for (let at = 0; at < width * height; at += 1) {
    data[at] = luma(rgba[4 * at]!, rgba[4 * at + 1]!, rgba[4 * at + 2]!);
  }
  let blueAt = width * height;
  let redAt = blueAt + chromaLength(width) * chromaLength(height);
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      const above = 4 * (row * width + column);
      const below = above + 4 * width;
      const red = (rgba[above]! + rgba[above + 4]! + rgba[below]! + rgba[below + 4]!) / 4;
      const green = (rgba[above + 1]! + rgba[above + 5]! + rgba[below + 1]! + rgba[below + 5]!) / 4;
      const blue = (rgba[above + 2]! + rgba[above + 6]! + rgba[below + 2]! + rgba[below + 6]!) / 4;
      data[blueAt++] = blueDifference(red, green, blue);
      data[redAt++] = redDifference(red, green, blue);
    }
  }
}

/** A picture with alpha out of RGBA of an even size, whose colours are not multiplied by it. */
export function alphaPicture({ width, height }: Size, rgba: Uint8Array | Uint8ClampedArray): Picture {
  const chroma = chromaLength(width) * chromaLength(height);
  const picture = {
    width,
    height,
    data: new Uint8Array(width * height + 2 * chroma),
    alpha: new Uint8Array(width * height + chroma),
  };
  writeRgba(picture, visibleOf(rgba, width, height));
  for (let at = 0; at < width * height; at += 1) picture.alpha[at] = rgba[4 * at + 3]!;
  let chromaAt = width * height;
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      const above = row * width + column;
      const sum = picture.alpha[above]! + picture.alpha[above + 1]!;
      const below = above + width;
      picture.alpha[chromaAt++] = (sum + picture.alpha[below]! + picture.alpha[below + 1]! + 2) >> 2;
    }
  }
  return picture;
}

/** Where a pixel is transparent its colour is none: that of a visible neighbour of the same four takes its place. */
function visibleOf(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array {
  const visible = Uint8Array.from(rgba);
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      const first = 4 * (row * width + column);
      const four = [first, first + 4, first + 4 * width, first + 4 * width + 4];
      const shown = four.reduce((best, at) => (rgba[at + 3]! > rgba[best + 3]! ? at : best), first);
      for (const at of four) if (rgba[at + 3] === 0) visible.copyWithin(at, shown, shown + 3);
    }
  }
  return visible;
}

// ITU-R BT.709 section 3, limited range.
function luma(red: number, green: number, blue: number): number {
  return Math.round(16 + (219 / 255) * (0.2126 * red + 0.7152 * green + 0.0722 * blue));
}

function blueDifference(red: number, green: number, blue: number): number {
  return Math.round(128 + (224 / 255) * (-0.1146 * red - 0.3854 * green + 0.5 * blue));
}

function redDifference(red: number, green: number, blue: number): number {
  return Math.round(128 + (224 / 255) * (0.5 * red - 0.4542 * green - 0.0458 * blue));
}

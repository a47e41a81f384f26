import { type Colour, createPicture, type Picture, type Rect, type Size, writeRgba } from '@weir/stage';

/** A picture made of boxes, first to last, which any machine paints alike. */
export interface Painting extends Size {
  readonly boxes: readonly (Rect & { readonly colour: Colour })[];
}

/** Of 255. */
const CLEAR = 24;
const SQUARE = 32;
const WHITE: Colour = { red: 235, green: 235, blue: 235 };

/** A guest of one colour, with a cross and four marks by which a cut or a stretched picture is found out. */
export function guestPainting({ width, height }: Size, colour: Colour): Painting {
  const mark = 24;
  // Thick enough to be seen in the smallest tile.
  const [thick, long] = [20, 120];
  const marks = [0.25, 0.75].flatMap((across) =>
    [0.25, 0.75].map((down) => ({
      x: Math.round(across * width) - mark / 2,
      y: Math.round(down * height) - mark / 2,
      width: mark,
      height: mark,
      colour: WHITE,
    })),
  );
  return {
    width,
    height,
    boxes: [
      { x: 0, y: 0, width, height, colour },
      { x: (width - thick) / 2, y: (height - long) / 2, width: thick, height: long, colour: WHITE },
      { x: (width - long) / 2, y: (height - thick) / 2, width: long, height: thick, colour: WHITE },
      ...marks,
    ],
  };
}

/** A painting as a decoder would hand it over. */
export function paintedPicture({ width, height, boxes }: Painting): Picture {
  const rgba = new Uint8Array(4 * width * height);
  for (const { colour, ...box } of boxes) {
    for (let y = box.y; y < box.y + box.height; y += 1) {
      for (let x = box.x; x < box.x + box.width; x += 1)
        rgba.set([colour.red, colour.green, colour.blue, 255], 4 * (y * width + x));
    }
  }
  const picture = createPicture({ width, height });
  writeRgba(picture, rgba);
  return picture;
}

/** A whole picture as RGBA, to be compared with another of the same size. */
export class Pixels {
  readonly size: Size;
  readonly rgba: Uint8Array;
  readonly #light: Uint8Array;

  constructor(size: Size, rgba: Uint8Array) {
    this.size = size;
    this.rgba = rgba;
    this.#light = new Uint8Array(size.width * size.height);
    for (let at = 0; at < this.#light.length; at += 1)
      this.#light[at] = 0.2126 * rgba[4 * at]! + 0.7152 * rgba[4 * at + 1]! + 0.0722 * rgba[4 * at + 2]!;
  }

  /** Of what a program made. ITU-R BT.709 section 3, limited range. */
  static of({ width, height, data }: Picture): Pixels {
    const rgba = new Uint8ClampedArray(4 * width * height);
    const [blues, reds] = [width * height, (width * height * 5) / 4];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const half = (y >> 1) * (width >> 1) + (x >> 1);
        const luma = (255 / 219) * (data[y * width + x]! - 16);
        const blue = (255 / 224) * (data[blues + half]! - 128);
        const red = (255 / 224) * (data[reds + half]! - 128);
        const at = 4 * (y * width + x);
        rgba[at] = luma + 1.5748 * red;
        rgba[at + 1] = luma - 0.1873 * blue - 0.4681 * red;
        rgba[at + 2] = luma + 1.8556 * blue;
        rgba[at + 3] = 255;
      }
    }
    return new Pixels({ width, height }, new Uint8Array(rgba.buffer));
  }

  /** The mean of each colour in a rectangle. */
  mean({ x, y, width, height }: Rect): [number, number, number] {
    const sums: [number, number, number] = [0, 0, 0];
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) {
        const at = 4 * (row * this.size.width + column);
        sums[0] += this.rgba[at]!;
        sums[1] += this.rgba[at + 1]!;
        sums[2] += this.rgba[at + 2]!;
      }
    }
    return sums.map((sum) => sum / (width * height)) as [number, number, number];
  }

  /** The smallest box around all pixels of a rectangle whose light clearly differs from another picture's. */
  changed(other: Pixels, { x, y, width, height }: Rect): Rect | undefined {
    let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) {
        const at = row * this.size.width + column;
        if (Math.abs(this.#light[at]! - other.#light[at]!) < CLEAR) continue;
        left = Math.min(left, column);
        top = Math.min(top, row);
        right = Math.max(right, column);
        bottom = Math.max(bottom, row);
      }
    }
    return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  }

  /** Places whose light clearly differs from all that another picture has within some pixels of them; edges may be smoothed. */
  strange(other: Pixels, within: number): { readonly x: number; readonly y: number }[] {
    const { width } = this.size;
    const places: { x: number; y: number }[] = [];
    for (const [at, light] of this.#light.entries()) {
      if (Math.abs(light - other.#light[at]!) < CLEAR) continue;
      const place = { x: at % width, y: Math.floor(at / width) };
      if (!other.#hasAround(light, place.x, place.y, within)) places.push(place);
    }
    return places;
  }

  /** The squares whose mean colour differs most from another picture's, by how much. */
  colourApart(other: Pixels): { readonly by: number; readonly x: number; readonly y: number } {
    let worst = { by: 0, x: 0, y: 0 };
    for (let y = 0; y + SQUARE <= this.size.height; y += SQUARE / 2) {
      for (let x = 0; x + SQUARE <= this.size.width; x += SQUARE / 2) {
        const square = { x, y, width: SQUARE, height: SQUARE };
        const theirs = other.mean(square);
        const by = Math.max(...this.mean(square).map((mean, channel) => Math.abs(mean - theirs[channel]!)));
        if (by > worst.by) worst = { by: Math.round(by), x, y };
      }
    }
    return worst;
  }

  #hasAround(light: number, x: number, y: number, within: number): boolean {
    let [least, most] = [255, 0];
    for (let row = Math.max(0, y - within); row <= Math.min(this.size.height - 1, y + within); row += 1) {
      for (let column = Math.max(0, x - within); column <= Math.min(this.size.width - 1, x + within); column += 1) {
        const around = this.#light[row * this.size.width + column]!;
        least = Math.min(least, around);
        most = Math.max(most, around);
      }
    }
    return light > least - CLEAR && light < most + CLEAR;
  }
}

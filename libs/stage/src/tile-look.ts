import type { Picture } from './picture.js';
import { halfOf, type Plane, planesOf, startOf } from './plane.js';
import type { Rect } from './scene.js';

const NO_COLOUR = 128;
const BLACK = 16;
/** What is left of the light of an old picture, of 256. */
const DIMMED = 154;

/** Takes the colour, and some of the light, from a part of a picture. */
export function greyOut(picture: Picture, rect: Rect): void {
  const [luma, ...chroma] = planesOf(picture);
  for (let row = 0; row < rect.height; row += 1) {
    const start = startOf(luma, rect) + row * luma.stride;
    for (let at = start; at < start + rect.width; at += 1)
      luma.data[at] = BLACK + ((Math.max(0, luma.data[at]! - BLACK) * DIMMED) >> 8);
  }
  const half = halfOf(rect);
  for (const plane of chroma) {
    for (let row = 0; row < half.height; row += 1) {
      const start = startOf(plane, half) + row * plane.stride;
      plane.data.fill(NO_COLOUR, start, start + half.width);
    }
  }
}

/** Rounds the corners of what is drawn between `keep` and `restore`: there, what lay below comes back. */
export class RoundCorners {
  readonly #kept: Uint8Array[] = [];
  readonly #shares = new Map<number, Uint16Array>();

  /** Keeps what is at the corners of a rectangle. */
  keep(canvas: Picture, rect: Rect, radius: number): void {
    for (const [index, plane] of planesOf(canvas).entries()) {
      const side = sideOf(index, radius);
      const kept = new Uint8Array(4 * side * side);
      this.#kept[index] = kept;
      let to = 0;
      eachCorner(plane, index === 0 ? rect : halfOf(rect), side, (at) => (kept[to++] = plane.data[at]!));
    }
  }

  /** Brings it back outside of the arcs of this radius. */
  restore(canvas: Picture, rect: Rect, radius: number): void {
    for (const [index, plane] of planesOf(canvas).entries()) {
      const side = sideOf(index, radius);
      const shares = this.#sharesOf(side);
      const kept = this.#kept[index]!;
      let from = 0;
      eachCorner(plane, index === 0 ? rect : halfOf(rect), side, (at, corner) => {
        const share = shares[corner]!;
        plane.data[at] = (plane.data[at]! * share + kept[from++]! * (256 - share) + 128) >> 8;
      });
    }
  }

  /** How much of each sample of a corner, of 256, lies within the arc; counted from the outermost one. */
  #sharesOf(side: number): Uint16Array {
    let shares = this.#shares.get(side);
    if (shares === undefined) {
      shares = new Uint16Array(side * side);
      for (let at = 0; at < shares.length; at += 1) {
        const away = Math.hypot(side - 0.5 - (at % side), side - 0.5 - Math.floor(at / side));
        shares[at] = Math.round(256 * Math.min(1, Math.max(0, side - away + 0.5)));
      }
      this.#shares.set(side, shares);
    }
    return shares;
  }
}

function sideOf(plane: number, radius: number): number {
  return plane === 0 ? radius : radius >> 1;
}

/** Tells the place of each sample of the four corners, and its place within its corner. */
function eachCorner(
  plane: Plane,
  { x, y, width, height }: Rect,
  side: number,
  tell: (at: number, corner: number) => void,
): void {
  if (width < 2 * side || height < 2 * side) return;
  for (let down = 0; down < side; down += 1) {
    for (let across = 0; across < side; across += 1) {
      const corner = down * side + across;
      for (const row of [y + down, y + height - 1 - down]) {
        const start = plane.offset + row * plane.stride + x;
        tell(start + across, corner);
        tell(start + width - 1 - across, corner);
      }
    }
  }
}

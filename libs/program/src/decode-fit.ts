import type { Fit, Size } from '@weir/stage';

/** Where a guest is shown: the size, and whether it fills it. */
export interface Tile extends Size {
  readonly fit: Fit;
}

const OTHER_SHAPE = 0.02;
const GROWN = 1.1;
const SHRUNK = 0.7;
const SHRUNK_FOR_MS = 5000;

/**
 * The size that a guest's pictures are decoded to: at most its tile, and never more than they have. They grow with the tile at once, shrink when it
 * has been smaller for five seconds, and stay as they are for less than a tenth.
 */
export class DecodeFit {
  readonly #canvas: Size;
  #source: Size | undefined;
  #tile: Tile | undefined;
  #smallSinceMs: number | undefined;

  /** The canvas is what a guest without a tile is fitted into. */
  constructor(canvas: Size) {
    this.#canvas = canvas;
  }

  /** The size of the pictures as they come, from a key frame; one that does not tell changes nothing. */
  set source({ width, height }: Size) {
    if (width > 0 && height > 0) this.#source = { width, height };
  }

  /** The largest tile; undefined for none. */
  set tile(tile: Tile | undefined) {
    this.#tile = tile;
  }

  /** The size for a decoder that is started now. */
  wanted(): Size {
    this.#smallSinceMs = undefined;
    return this.#wanted();
  }

  /** Whether a decoder of another size is to take over from one of this. */
  isDue(present: Size, nowMs: number): boolean {
    const wanted = this.#wanted();
    const grown = wanted.width / present.width;
    const isSmall = grown < SHRUNK;
    this.#smallSinceMs = isSmall ? (this.#smallSinceMs ?? nowMs) : undefined;
    // Rounding to even numbers is no other shape.
    const shape =
      Math.abs(present.width * wanted.height - wanted.width * present.height) / (present.width * wanted.height);
    const slack = OTHER_SHAPE + 2 / Math.min(present.height, wanted.height);
    if (shape > slack || grown > GROWN) return true;
    return isSmall && nowMs - this.#smallSinceMs! >= SHRUNK_FOR_MS;
  }

  #wanted(): Size {
    const tile = this.#tile;
    const source = this.#source;
    if (tile === undefined) return this.#canvas;
    if (source === undefined) return { width: tile.width, height: tile.height };
    const across = tile.width / source.width;
    const down = tile.height / source.height;
    const scale = Math.min(1, tile.fit === 'cover' ? Math.max(across, down) : Math.min(across, down));
    return { width: even(source.width * scale), height: even(source.height * scale) };
  }
}

function even(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}

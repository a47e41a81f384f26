import { type Plane, startOf, type Window } from './plane.js';

/** The whole, of which shares of two samples are counted. */
export const ONE = 256;

const KEPT_TABLES = 64;

/** For each target sample: the two nearest source samples and the share of the second, of 256. */
export interface SampleTable {
  readonly first: Uint16Array;
  readonly second: Uint16Array;
  readonly share: Uint16Array;
}

/** Which samples of a line make those of a line of another length. */
export function sampleTable(from: number, to: number): SampleTable {
  const table = { first: new Uint16Array(to), second: new Uint16Array(to), share: new Uint16Array(to) };
  for (let index = 0; index < to; index += 1) {
    const position = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const first = Math.floor(position);
    table.first[index] = first;
    table.second[index] = Math.min(from - 1, first + 1);
    table.share[index] = Math.round((position - first) * ONE);
  }
  return table;
}

/** Scales planes linearly in both directions. */
export class PlaneScaler {
  readonly #tables = new Map<string, SampleTable>();

  /** Scales a window onto another; a weight below 256 lets through what is there. */
  scale(target: Plane, to: Window, source: Plane, from: Window, weight: number): void {
    const columns = this.#table(from.width, to.width);
    const rows = this.#table(from.height, to.height);
    const input = source.data;
    const output = target.data;
    const { first, second, share } = columns;
    const start = startOf(source, from);
    for (let row = 0; row < to.height; row += 1) {
      const upper = start + rows.first[row]! * source.stride;
      const lower = start + rows.second[row]! * source.stride;
      const below = rows.share[row]!;
      const above = ONE - below;
      let at = startOf(target, to) + row * target.stride;
      for (let column = 0; column < to.width; column += 1, at += 1) {
        const left = first[column]!;
        const right = second[column]!;
        const after = share[column]!;
        const before = ONE - after;
        const value =
          ((input[upper + left]! * before + input[upper + right]! * after) * above +
            (input[lower + left]! * before + input[lower + right]! * after) * below +
            32_768) >>
          16;
        output[at] = weight === ONE ? value : (value * weight + output[at]! * (ONE - weight) + 128) >> 8;
      }
    }
  }

  #table(from: number, to: number): SampleTable {
    const key = `${from}:${to}`;
    let table = this.#tables.get(key);
    if (table === undefined) {
      if (this.#tables.size >= KEPT_TABLES) this.#tables.clear();
      table = sampleTable(from, to);
      this.#tables.set(key, table);
    }
    return table;
  }
}

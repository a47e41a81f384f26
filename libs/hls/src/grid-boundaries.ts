import type { SegmentBoundaries } from './segment-boundaries.js';

/** Where the grid lies, in ticks of program time. */
export interface Grid {
  /** Beginning of the first segment. */
  readonly startTicks: number;
  /** Of the first segment; all others are as long as `lengthTicks`. */
  readonly firstLengthTicks: number;
  readonly lengthTicks: number;
  readonly toleranceTicks: number;
  readonly firstSegment: number;
  /** Segments begin with key frames. */
  readonly isVideo: boolean;
}

/**
 * Segments of equal length but for the first: a segment begins with the first frame, in video the first key frame, at or after its place on the grid.
 * A key frame that does not come is not waited for longer than a segment, so that numbers stay those of the content's time.
 */
export class GridBoundaries implements SegmentBoundaries {
  readonly #grid: Grid;
  #place = -1;
  #endTicks = Infinity;

  constructor(grid: Grid) {
    this.#grid = grid;
  }

  segmentOf(ticks: number, durationTicks: number, isKey: boolean): number | undefined {
    const { startTicks, firstSegment, toleranceTicks, isVideo } = this.#grid;
    if (ticks < startTicks - toleranceTicks) return undefined;
    const place = this.#placeOf(ticks);
    if (isVideo && !isKey && this.#place < 0) return undefined;
    if (place > this.#place && (!isVideo || isKey || this.isOver(ticks))) {
      this.#place = place;
      this.#endTicks = this.#endOf(place, ticks, durationTicks);
    }
    return firstSegment + this.#place;
  }

  isOver(endTicks: number): boolean {
    return endTicks >= this.#endTicks - this.#grid.toleranceTicks;
  }

  mayBeOver(): boolean {
    return false;
  }

  /** A segment that did not begin with the first frame of its place has key frames that lie beside the grid. */
  #endOf(place: number, ticks: number, durationTicks: number): number {
    const { toleranceTicks, isVideo } = this.#grid;
    const [begin, end] = [this.#beginOf(place), this.#beginOf(place + 1)];
    const isBeside = isVideo && ticks - begin >= durationTicks - toleranceTicks;
    return isBeside ? ticks + end - begin : end;
  }

  #placeOf(ticks: number): number {
    const { lengthTicks, toleranceTicks } = this.#grid;
    return Math.max(0, 1 + Math.floor((ticks + toleranceTicks - this.#beginOf(1)) / lengthTicks));
  }

  #beginOf(place: number): number {
    const { startTicks, firstLengthTicks, lengthTicks } = this.#grid;
    return place === 0 ? startTicks : startTicks + firstLengthTicks + (place - 1) * lengthTicks;
  }
}

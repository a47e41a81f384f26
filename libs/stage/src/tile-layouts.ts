import type { Rect, Size } from './scene.js';

const MARGIN = 1 / 60;
const WIDE = 16 / 9;
/** A little wider than 16:9, which gaps make of the quarter of a canvas. */
const WIDEST = WIDE * 1.05;
const GRID_NARROWEST = 4 / 3;
const ROW_NARROWEST = 1;
const MOST_IN_A_ROW = 4;
const SPOTLIGHT_STRIP = 0.22;
const SCREEN_STRIP = 0.18;
const INSET = 0.25;

interface Ratios {
  readonly least: number;
  readonly most: number;
}

/** The gap between tiles and the margin around them: a sixtieth of the shorter side, even. */
export function gapOf(canvas: Size): number {
  return evenDown(Math.min(canvas.width, canvas.height) * MARGIN);
}

/** The whole canvas. */
export function wholeOf({ width, height }: Size): Rect {
  return { x: 0, y: 0, width, height };
}

/** Tiles of the same size in as many rows as make them largest; the last row is centred. */
export function gridTiles(canvas: Size, count: number): Rect[] {
  return bestGrid(canvas, count, { least: GRID_NARROWEST, most: WIDEST });
}

/** Tiles in one row, up to four of them, otherwise in several. */
export function rowTiles(canvas: Size, count: number): Rect[] {
  const ratios = { least: ROW_NARROWEST, most: WIDEST };
  if (count > MOST_IN_A_ROW) return bestGrid(canvas, count, ratios);
  const isUpright = canvas.height > canvas.width;
  return grid(canvas, count, isUpright ? 1 : count, ratios);
}

/** A large tile first, and a strip of small ones beside it, or below it on an upright canvas. */
export function spotlightTiles(canvas: Size, count: number): Rect[] {
  return stripTiles(canvas, count, SPOTLIGHT_STRIP, { least: WIDE, most: WIDEST });
}

/** As a spotlight, with all the room that there is for the first. */
export function screenTiles(canvas: Size, count: number): Rect[] {
  return stripTiles(canvas, count, SCREEN_STRIP, { least: 0, most: Infinity });
}

/** The first on the whole canvas, the second small in its lower right corner; there is no place for more. */
export function insetTiles(canvas: Size, count: number): Rect[] {
  const whole = wholeOf(canvas);
  if (count < 2) return [whole];
  const margin = 2 * gapOf(canvas);
  const { width, height } = bounded(canvas.width * INSET, canvas.height * INSET, { least: WIDE, most: WIDE });
  return [whole, { x: canvas.width - margin - width, y: canvas.height - margin - height, width, height }];
}

function stripTiles(canvas: Size, count: number, share: number, ratios: Ratios): Rect[] {
  if (count < 2) return [wholeOf(canvas)];
  const gap = gapOf(canvas);
  const isUpright = canvas.height > canvas.width;
  const others = count - 1;
  const inner = { width: canvas.width - 2 * gap, height: canvas.height - 2 * gap };
  const across = evenDown((isUpright ? inner.height : inner.width) * share);
  const along = ((isUpright ? inner.width : inner.height) - (others - 1) * gap) / others;
  const small = bounded(isUpright ? along : across, isUpright ? across : along, { least: WIDE, most: WIDE });
  const main = isUpright
    ? { x: gap, y: gap, width: inner.width, height: inner.height - across - gap }
    : { x: gap, y: gap, width: inner.width - across - gap, height: inner.height };
  const used = others * ((isUpright ? small.width : small.height) + gap) - gap;
  const start = gap + evenDown(((isUpright ? inner.width : inner.height) - used) / 2);
  const beside = (isUpright ? canvas.height : canvas.width) - gap - across;
  const strip = Array.from({ length: others }, (_, index): Rect => {
    const at = start + index * ((isUpright ? small.width : small.height) + gap);
    const centred = beside + evenDown((across - (isUpright ? small.height : small.width)) / 2);
    return isUpright ? { x: at, y: centred, ...small } : { x: centred, y: at, ...small };
  });
  return [centredIn(main, bounded(main.width, main.height, ratios)), ...strip];
}

function bestGrid(canvas: Size, count: number, ratios: Ratios): Rect[] {
  let best: Rect[] = [];
  for (let columns = 1; columns <= count; columns += 1) {
    const tiles = grid(canvas, count, columns, ratios);
    if (best[0] === undefined || areaOf(tiles[0]!) > areaOf(best[0])) best = tiles;
  }
  return best;
}

function grid(canvas: Size, count: number, columns: number, ratios: Ratios): Rect[] {
  if (count < 2) return count === 1 ? [wholeOf(canvas)] : [];
  const gap = gapOf(canvas);
  const rows = Math.ceil(count / columns);
  const { width, height } = bounded(
    (canvas.width - (columns + 1) * gap) / columns,
    (canvas.height - (rows + 1) * gap) / rows,
    ratios,
  );
  const top = evenDown((canvas.height - rows * (height + gap) + gap) / 2);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = evenDown((canvas.width - inRow * (width + gap) + gap) / 2);
    return { x: left + (index % columns) * (width + gap), y: top + row * (height + gap), width, height };
  });
}

/** The largest even size within another whose ratio is as wanted. */
function bounded(width: number, height: number, { least, most }: Ratios): Size {
  const ratio = width / height;
  return {
    width: Math.max(2, evenDown(ratio > most ? height * most : width)),
    height: Math.max(2, evenDown(ratio < least ? width / least : height)),
  };
}

function centredIn(area: Rect, { width, height }: Size): Rect {
  return {
    x: area.x + evenDown((area.width - width) / 2),
    y: area.y + evenDown((area.height - height) / 2),
    width,
    height,
  };
}

function areaOf({ width, height }: Size): number {
  return width * height;
}

function evenDown(length: number): number {
  return 2 * Math.floor(length / 2);
}

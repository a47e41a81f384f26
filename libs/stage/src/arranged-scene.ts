import type { ArrangedGuest, Arrangement, GuestPresence, LayoutMode } from './arrangement.js';
import { slateScene } from './layouts.js';
import type { Colour, Layer, Rect, Scene, Size } from './scene.js';
import { gapOf, gridTiles, insetTiles, rowTiles, screenTiles, spotlightTiles, wholeOf } from './tile-layouts.js';

/** All that decides a scene. */
export interface StageView {
  readonly arrangement: Arrangement;
  /** Those who are there, whether on the stage or not. */
  readonly guests: readonly GuestPresence[];
  /** Who speaks, or did so last. */
  readonly speaker: string | undefined;
  readonly canvas: Size;
  /** Shown on a card, and on the slate while nobody is seen. */
  readonly slateTitle: string;
}

interface Seen extends ArrangedGuest {
  readonly presence: GuestPresence;
}

type Tile = Seen & { readonly rect: Rect };

const BACKGROUND: Colour = { red: 11, green: 16, blue: 23 };
const MOST_EQUAL = 4;
const RADIUS = 1 / 80;
const LABEL_OF_TILE = 0.16;
const LABEL_LEAST = 0.034;
const LABEL_MOST = 0.05;
const TITLE = { top: 0.79, height: 0.1, left: 0.03, width: 0.75 } as const;
const LOGO = 0.12;

/** The scene of an arrangement: who is on the stage and there, in the tiles of the layout, with what lies above and below. */
export function arrangedScene(view: StageView): Scene {
  const { arrangement, canvas, slateTitle } = view;
  if (arrangement.card !== null) {
    const source = { type: 'slate', title: slateTitle, card: arrangement.card } as const;
    const layer: Layer = { id: 'card', source, rect: wholeOf(canvas), fit: 'cover', opacity: 1 };
    return { canvas, background: BACKGROUND, layers: [layer], gains: {} };
  }
  const gains = gainsOf(view);
  const tiles = tilesOf(view);
  if (tiles.length === 0) return { ...slateScene(canvas, slateTitle), gains };
  const title = titleLayer(arrangement.title, canvas);
  const layers = [
    ...imageLayer('background', arrangement.background, wholeOf(canvas), 'cover'),
    ...tiles.map((tile) => tileLayer(tile, canvas)),
    ...(arrangement.labels ? tiles.flatMap((tile) => labelLayer(tile, canvas, title[0]?.rect)) : []),
    ...title,
    ...imageLayer('logo', arrangement.logo, logoRect(canvas), 'contain'),
  ];
  return { canvas, background: BACKGROUND, layers, gains };
}

/** The layout that an arrangement has at present: never `auto`. */
export function layoutOf(view: StageView): Exclude<LayoutMode, 'auto'> {
  return chosenLayout(view, seenIn(view));
}

function tilesOf(view: StageView): Tile[] {
  const seen = seenIn(view);
  const layout = chosenLayout(view, seen);
  const ordered = isLed(layout) ? withLeader(seen, leaderOf(view, seen, layout)) : seen;
  const rects = rectsOf(layout, view.canvas, ordered.length);
  return rects.map((rect, index) => ({ ...ordered[index]!, rect }));
}

function rectsOf(layout: Exclude<LayoutMode, 'auto'>, canvas: Size, count: number): Rect[] {
  if (count === 0) return [];
  switch (layout) {
    case 'solo':
      return [wholeOf(canvas)];
    case 'side-by-side':
      return rowTiles(canvas, count);
    case 'grid':
      return gridTiles(canvas, count);
    case 'spotlight':
      return spotlightTiles(canvas, count);
    case 'picture-in-picture':
      return insetTiles(canvas, count);
    case 'screen':
      return screenTiles(canvas, count);
  }
}

function chosenLayout({ arrangement, speaker }: StageView, seen: readonly Seen[]): Exclude<LayoutMode, 'auto'> {
  const { layout, pinned } = arrangement;
  if (layout !== 'auto') return layout;
  if (seen.length < 2) return 'solo';
  if (seen.some(({ shows }) => shows === 'screen')) return 'screen';
  if (seen.some(({ guest }) => guest === pinned)) return 'spotlight';
  if (seen.length === 2) return 'side-by-side';
  return seen.length > MOST_EQUAL && seen.some(({ guest }) => guest === speaker) ? 'spotlight' : 'grid';
}

function isLed(layout: LayoutMode): boolean {
  return layout !== 'grid' && layout !== 'side-by-side';
}

function leaderOf({ arrangement, speaker }: StageView, seen: readonly Seen[], layout: LayoutMode): Seen | undefined {
  const pinned = seen.find(({ guest }) => guest === arrangement.pinned);
  const screen = layout === 'screen' ? seen.find(({ shows }) => shows === 'screen') : undefined;
  if (screen !== undefined) return pinned?.shows === 'screen' ? pinned : screen;
  if (pinned !== undefined || layout === 'picture-in-picture') return pinned ?? seen[0];
  return seen.find(({ guest }) => guest === speaker) ?? seen[0];
}

function withLeader(seen: readonly Seen[], leader: Seen | undefined): readonly Seen[] {
  return leader === undefined ? seen : [leader, ...seen.filter((one) => one !== leader)];
}

function seenIn({ arrangement, guests }: StageView): Seen[] {
  return arrangement.guests.flatMap((one) => {
    const presence = guests.find(({ guest }) => guest === one.guest);
    return presence === undefined || one.hidden ? [] : [{ ...one, presence }];
  });
}

function gainsOf({ arrangement, guests }: StageView): Record<string, number> {
  const heard = arrangement.guests.filter(({ guest, muted }) => !muted && guests.some((one) => one.guest === guest));
  return Object.fromEntries(heard.map(({ guest, gain }) => [guest, gain]));
}

function tileLayer({ guest, label, fit, shows, presence, rect }: Tile, canvas: Size): Layer {
  const isWhole = rect.width === canvas.width && rect.height === canvas.height;
  return {
    id: `guest:${guest}`,
    source: presence.hasPicture ? { type: 'guest', guest } : { type: 'text', style: 'placard', text: label || guest },
    rect,
    fit: shows === 'screen' ? 'contain' : fit,
    opacity: 1,
    ...(!isWhole && { radius: Math.round(canvas.height * RADIUS) }),
    ...(presence.hasPicture && presence.isStalled && { isGrey: true }),
  };
}

function labelLayer({ guest, label, presence, rect }: Tile, canvas: Size, title: Rect | undefined): Layer[] {
  // A placard says the name already.
  if (label === '' || !presence.hasPicture) return [];
  const wanted = Math.max(LABEL_LEAST * canvas.height, LABEL_OF_TILE * rect.height);
  const height = evenDown(Math.min(LABEL_MOST * canvas.height, rect.height / 2, wanted));
  const inset = evenDown(height * 0.35);
  const width = rect.width - 2 * inset;
  if (height < 8 || width < height) return [];
  const low = { x: rect.x + inset, y: rect.y + rect.height - inset - height, width, height };
  // A name that the title would hide stands at the top of its tile.
  const isHidden = title !== undefined && overlap(low, title);
  return [
    {
      id: `label:${guest}`,
      source: { type: 'text', style: 'label', text: label },
      rect: isHidden ? { ...low, y: rect.y + inset } : low,
      fit: 'contain',
      opacity: 1,
    },
  ];
}

function titleLayer(text: string, { width, height }: Size): Layer[] {
  if (text === '') return [];
  const rect = {
    x: evenDown(TITLE.left * width),
    y: evenDown(TITLE.top * height),
    width: evenDown(TITLE.width * width),
    height: evenDown(TITLE.height * height),
  };
  return [{ id: 'title', source: { type: 'text', style: 'title', text }, rect, fit: 'contain', opacity: 1 }];
}

function imageLayer(id: string, image: string | null, rect: Rect, fit: Layer['fit']): Layer[] {
  return image === null ? [] : [{ id, source: { type: 'image', image }, rect, fit, opacity: 1 }];
}

function logoRect(canvas: Size): Rect {
  const width = evenDown(canvas.width * LOGO);
  const height = evenDown(canvas.height * LOGO);
  const margin = 2 * gapOf(canvas);
  return { x: canvas.width - width - margin, y: margin, width, height };
}

function overlap(one: Rect, other: Rect): boolean {
  const isBeside = one.x >= other.x + other.width || other.x >= one.x + one.width;
  return !isBeside && one.y < other.y + other.height && other.y < one.y + one.height;
}

function evenDown(length: number): number {
  return 2 * Math.floor(length / 2);
}

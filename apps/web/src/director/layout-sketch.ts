import { arrangedScene, layoutOf } from '@weir/stage';
import type { Rect, StageView } from '@weir/stage';
import type { ArrangedGuest, Arrangement, LayoutMode } from '@weir/contract';

/** A tile in a small drawing of a layout. */
export interface SketchTile {
  readonly rect: Rect;
  /** Who stands there; undefined where nobody does yet. */
  readonly guest: ArrangedGuest | undefined;
}

/** Units of the drawings; shapes depend on nothing else. */
export const SKETCH = { width: 640, height: 360 } as const;

/** How many places show what a layout is like. */
const PLACES: Readonly<Record<LayoutMode, number>> = {
  auto: 1,
  solo: 1,
  'side-by-side': 2,
  grid: 4,
  spotlight: 4,
  'picture-in-picture': 2,
  screen: 3,
};

/** The tiles that an arrangement would have in a layout; where too few are on air to show what it is like, places stay free. */
export function sketchOf(layout: LayoutMode, arrangement: Arrangement, speaker: string | null): SketchTile[] {
  const { layers } = arrangedScene(viewOf(layout, arrangement, speaker));
  return layers.flatMap(({ source, rect }) => {
    if (source.type !== 'guest') return [];
    return { rect, guest: arrangement.guests.find(({ guest }) => guest === source.guest) };
  });
}

/** What `auto` has chosen at present. */
export function chosenLayout(arrangement: Arrangement, speaker: string | null): LayoutMode {
  return layoutOf(viewOf('auto', arrangement, speaker));
}

function viewOf(layout: LayoutMode, arrangement: Arrangement, speaker: string | null): StageView {
  const seen = arrangement.guests.filter(({ hidden }) => !hidden);
  const free = Array.from({ length: Math.max(0, PLACES[layout] - seen.length) }, (_, place) => freePlace(place));
  const guests = [...seen, ...free];
  const { pinned, transitionMs } = arrangement;
  return {
    arrangement: {
      layout,
      guests,
      pinned,
      transitionMs,
      labels: false,
      title: '',
      logo: null,
      background: null,
      card: null,
    },
    guests: guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false })),
    speaker: speaker ?? undefined,
    canvas: SKETCH,
    slateTitle: '',
  };
}

function freePlace(place: number): ArrangedGuest {
  // No guest has such a name.
  return { guest: `_${place}`, label: '', fit: 'cover', gain: 1, muted: false, hidden: false, shows: 'camera' };
}

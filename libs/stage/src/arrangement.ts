import type { Fit, StageCard } from './scene.js';

/** How the tiles of a stage are laid out; `auto` chooses by who is there. */
export type LayoutMode = 'auto' | 'solo' | 'side-by-side' | 'grid' | 'spotlight' | 'picture-in-picture' | 'screen';

/** A guest on the stage. */
export interface ArrangedGuest {
  readonly guest: string;
  /** Its name as it is shown; none when empty. */
  readonly label: string;
  /** Whether its picture fills its tile or is shown whole. */
  readonly fit: Fit;
  /** Linear, 0 to 2. */
  readonly gain: number;
  /** Not heard. */
  readonly muted: boolean;
  /** Not seen. */
  readonly hidden: boolean;
  /** A screen is shown whole, and large where the layout has such a place. */
  readonly shows: 'camera' | 'screen';
}

/** What the host wants of the stage; never changed, only replaced. */
export interface Arrangement {
  readonly layout: LayoutMode;
  /** Who is on the stage, first to last; at most nine. */
  readonly guests: readonly ArrangedGuest[];
  /** The guest in the large place of a layout that has one. */
  readonly pinned: string | null;
  /** Whether names are shown. */
  readonly labels: boolean;
  /** Shown across the lower third; none when empty. */
  readonly title: string;
  /** Names of images. */
  readonly logo: string | null;
  readonly background: string | null;
  /** Hides the stage, of which nothing is heard then. */
  readonly card: StageCard | null;
  readonly transitionMs: 0 | 250;
}

/** How a guest is doing, as far as it matters to the picture. */
export interface GuestPresence {
  readonly guest: string;
  readonly hasPicture: boolean;
  /** Its picture is old. */
  readonly isStalled: boolean;
}

/** The most guests on a stage. */
export const MOST_GUESTS = 9;

import type { Arrangement, LayoutMode } from '@weir/contract';

/** Layouts in the order of their keys, from 1. */
export const LAYOUTS: readonly LayoutMode[] = [
  'auto',
  'solo',
  'side-by-side',
  'grid',
  'spotlight',
  'picture-in-picture',
  'screen',
];

/** Name of a card that hides the stage. */
export type CardName = NonNullable<Arrangement['card']>;

/** Cards in the order of their keys, which follow those of the layouts. */
export const CARDS: readonly CardName[] = ['starting-soon', 'be-right-back'];

/** The key of a layout or of a card. */
export function keyOf(choice: LayoutMode | CardName): string {
  const all: readonly string[] = [...LAYOUTS, ...CARDS];
  return String(all.indexOf(choice) + 1);
}

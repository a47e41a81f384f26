import { z } from 'zod';
import { ChannelName } from './channel.js';

/** Name of an uploaded image of a channel. */
export const ImageName = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 of the characters A-Z, a-z, 0-9, "_", "." and "-"');

/** How tiles are laid out; `auto` chooses by who is there, shares a screen, speaks and is pinned. */
export const LayoutMode = z.enum(['auto', 'solo', 'side-by-side', 'grid', 'spotlight', 'picture-in-picture', 'screen']);
export type LayoutMode = z.infer<typeof LayoutMode>;

/** A guest on the stage. */
export const ArrangedGuest = z.strictObject({
  guest: ChannelName.describe('The guest as the stage knows it'),
  label: z.string().trim().max(60).default('').describe('Its name as it is shown'),
  fit: z.enum(['cover', 'contain']).default('cover').describe('Cut to fill its tile, or shown whole'),
  gain: z.number().min(0).max(2).default(1).describe('Linear'),
  muted: z.boolean().default(false),
  hidden: z.boolean().default(false).describe('Not seen, but heard'),
  shows: z.enum(['camera', 'screen']).default('camera'),
});
export type ArrangedGuest = z.infer<typeof ArrangedGuest>;

/** What the host wants of the stage, whole: what is left out has its default. */
export const Arrangement = z.strictObject({
  layout: LayoutMode.default('auto'),
  guests: z
    .array(ArrangedGuest)
    .max(9)
    .refine((guests) => new Set(guests.map(({ guest }) => guest)).size === guests.length, 'must name each guest once')
    .describe('Who is on the stage, first to last'),
  pinned: ChannelName.nullable().default(null).describe('The guest in the large place'),
  labels: z.boolean().default(true).describe('Whether names are shown'),
  title: z.string().trim().max(120).default('').describe('A line across the lower third'),
  logo: ImageName.nullable().default(null),
  background: ImageName.nullable().default(null),
  card: z
    .enum(['starting-soon', 'be-right-back'])
    .nullable()
    .default(null)
    .describe('Hides the stage, of which nothing is heard then'),
  transitionMs: z.union([z.literal(0), z.literal(250)]).default(0),
});
export type Arrangement = z.infer<typeof Arrangement>;

import { arrangedScene, type Arrangement, type Scene, type Size } from '@weir/stage';
import { arrangementOf } from './program-guests.js';
import { SCREEN_SIZE, SHOW_CAST, SHOW_IMAGES, SHOW_NAMES, type ShowName, TONE_LEVEL } from './show-cast.js';
import type { PlainPicture } from './show-picture.js';
import type { WantedTone } from './show-sound.js';

/** One change of a scripted show, in which guests go by their names of the cast, and a screen by `<name>-screen`. */
export interface ShowStep {
  readonly what: string;
  /** What happens before the arrangement is asked for. */
  readonly act?: ShowAct;
  readonly arrangement: Arrangement;
  /** Those who are arranged and not there. */
  readonly absent?: readonly ShowName[];
  /** Those who are not heard although the arrangement does not say so. */
  readonly silent?: readonly ShowName[];
}

/** What guests do in a show. */
export type ShowAct =
  | 'dirk joins'
  | 'dirk leaves'
  | 'bert unmutes himself'
  | 'anna shares a screen'
  | 'the host reloads'
  | 'bert is removed';

const named = (name: ShowName, change: object = {}) => ({ guest: name, label: SHOW_CAST[name].name, ...change });
const [anna, bert, cleo, dirk] = SHOW_NAMES.map((name) => named(name)) as [Named, Named, Named, Named];
type Named = ReturnType<typeof named>;
const all = [anna, bert, cleo, dirk];

/** A show that has every layout, every thing that lies on a picture, and people who come and go. */
export const SHOW_SCRIPT: readonly ShowStep[] = [
  step('one alone', arrangementOf([anna], { layout: 'auto' })),
  step('two side by side', arrangementOf([anna, bert], { layout: 'auto' })),
  step('three before a background', arrangementOf([anna, bert, cleo], { background: 'wall' })),
  { ...step('a fourth who has just come', arrangementOf(all)), act: 'dirk joins' },
  step('names', arrangementOf(all, { labels: true })),
  step('one large', arrangementOf(all, { layout: 'spotlight', pinned: 'bert', labels: true })),
  step('one in a corner', arrangementOf([dirk, cleo], { layout: 'picture-in-picture', pinned: 'cleo' })),
  step('another order', arrangementOf([dirk, cleo, bert, anna], { labels: true })),
  step('a title and a logo', arrangementOf(all, { title: 'Weir show', logo: 'logo', labels: true })),
  step('one muted', arrangementOf([anna, named('bert', { muted: true }), cleo, dirk])),
  { ...step('nobody is unmuted by others', arrangementOf(all, { layout: 'auto' })), silent: ['bert'] },
  {
    ...step('one hidden, but heard', arrangementOf([anna, bert, named('cleo', { hidden: true }), dirk])),
    act: 'bert unmutes himself',
  },
  step('one at half gain', arrangementOf([named('anna', { gain: 0.5 }), cleo], { layout: 'side-by-side' })),
  step('a card', arrangementOf(all, { card: 'be-right-back' })),
  step('all again', arrangementOf(all, { layout: 'auto' })),
  step('a soft change', arrangementOf(all, { layout: 'spotlight', pinned: 'anna', transitionMs: 250 })),
  step('all shown whole', arrangementOf(SHOW_NAMES.map((name) => named(name, { fit: 'contain' })))),
  {
    ...step('a screen', arrangementOf([{ guest: 'anna-screen', shows: 'screen' }, anna, bert], { layout: 'screen' })),
    act: 'anna shares a screen',
  },
  { ...step('one has left', arrangementOf(all)), act: 'dirk leaves', absent: ['dirk'] },
  { ...step('and comes back', arrangementOf(all, { labels: true })), act: 'dirk joins' },
  { ...step('the host is back', arrangementOf([bert, anna])), act: 'the host reloads' },
  { ...step('one is removed', arrangementOf([anna, cleo, dirk], { labels: true })), act: 'bert is removed' },
  step('the end', arrangementOf([anna, cleo, dirk], { card: 'starting-soon' })),
];

/** The arrangement of a step in which guests go by their ids. */
export function arrangementWith(ids: Readonly<Record<ShowName, string>>, { arrangement }: ShowStep): Arrangement {
  const idOf = (guest: string): string => {
    const [name = '', ...rest] = guest.split('-');
    return [ids[name as ShowName], ...rest].join('-');
  };
  const { pinned } = arrangement;
  return {
    ...arrangement,
    guests: arrangement.guests.map((one) => ({ ...one, guest: idOf(one.guest) })),
    pinned: pinned === null ? null : idOf(pinned),
  };
}

/** What a step should look like. */
export function sceneOf({ arrangement, absent }: ShowStep, canvas: Size, slateTitle: string): Scene {
  const there = arrangement.guests.filter(({ guest }) => !absent?.some((name) => name === guest));
  const guests = there.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
  return arrangedScene({ arrangement, guests, speaker: undefined, canvas, slateTitle });
}

/** What a step should sound like: every tone of the cast. */
export function tonesOf({ arrangement, absent, silent }: ShowStep): WantedTone[] {
  return SHOW_NAMES.map((name) => {
    const arranged = arrangement.guests.find(({ guest }) => guest === name);
    const isQuiet = arrangement.card !== null || absent?.includes(name) || silent?.includes(name);
    const gain = arranged === undefined || arranged.muted || isQuiet ? 0 : arranged.gain;
    return { name, hertz: SHOW_CAST[name].hertz, level: gain * TONE_LEVEL };
  });
}

/** Pictures of everything that the show shows. */
export const SHOW_PICTURES: Readonly<Record<string, PlainPicture>> = {
  ...SHOW_CAST,
  ...SHOW_IMAGES,
  'anna-screen': { colour: SHOW_CAST.anna.screen, size: SCREEN_SIZE },
};

function step(what: string, arrangement: Arrangement): ShowStep {
  return { what, arrangement };
}

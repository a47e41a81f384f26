import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangedScene, layoutOf, type StageView } from './arranged-scene.js';
import type { ArrangedGuest, Arrangement, LayoutMode } from './arrangement.js';
import type { Rect } from './scene.js';

const LAYOUTS: readonly LayoutMode[] = [
  'auto',
  'solo',
  'side-by-side',
  'grid',
  'spotlight',
  'picture-in-picture',
  'screen',
];
const canvas = { width: 1280, height: 720 };

function guest(name: string, change: Partial<ArrangedGuest> = {}): ArrangedGuest {
  return { guest: name, label: name, fit: 'cover', gain: 1, muted: false, hidden: false, shows: 'camera', ...change };
}

function view(guests: readonly ArrangedGuest[], change: Partial<Arrangement> = {}, speaker?: string): StageView {
  return {
    arrangement: {
      layout: 'auto',
      guests,
      pinned: null,
      labels: true,
      title: '',
      logo: null,
      background: null,
      card: null,
      transitionMs: 0,
      ...change,
    },
    guests: guests.map((one) => ({ guest: one.guest, hasPicture: true, isStalled: false })),
    speaker,
    canvas,
    slateTitle: 'News',
  };
}

const some = (count: number) => ['anna', 'bert', 'cleo', 'dirk', 'emma'].slice(0, count).map((name) => guest(name));
const tilesOf = (of: StageView) => arrangedScene(of).layers.filter(({ id }) => id.startsWith('guest:'));
const overlap = (one: Rect, other: Rect) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const anyView = fc
  .record({
    layout: fc.constantFrom(...LAYOUTS),
    count: fc.integer({ min: 0, max: 9 }),
    seed: fc.array(fc.nat(11), { minLength: 9, maxLength: 9 }),
    labels: fc.boolean(),
    title: fc.constantFrom('', 'A title'),
    width: fc.integer({ min: 32, max: 960 }),
    height: fc.integer({ min: 32, max: 960 }),
    pinned: fc.constantFrom(null, 'g0', 'g5', 'gone'),
    speaker: fc.constantFrom(undefined, 'g1', 'g6'),
  })
  .map(({ layout, count, seed, labels, title, width, height, pinned, speaker }): StageView => {
    const guests = Array.from({ length: count }, (_, index) =>
      guest(`g${index}`, { hidden: seed[index] === 1, shows: seed[index] === 2 ? 'screen' : 'camera' }),
    );
    const base = view(guests, { layout, labels, title, pinned, logo: 'logo', background: 'wall' }, speaker);
    return {
      ...base,
      canvas: { width: 2 * width, height: 2 * height },
      guests: base.guests
        .map((one, index) => ({ ...one, hasPicture: seed[index] !== 3, isStalled: seed[index] === 4 }))
        .filter((_, index) => seed[index] !== 5),
    };
  });

describe('arrangedScene', () => {
  it('lays everything inside of the canvas, at even places, whatever the arrangement', () => {
    fc.assert(
      fc.property(anyView, (of) => {
        for (const { rect } of arrangedScene(of).layers) {
          const { x, y, width, height } = rect;
          expect([x, y, width, height].every((number) => number >= 0 && number % 2 === 0)).toBe(true);
          expect(Math.min(width, height)).toBeGreaterThan(0);
          expect(x + width <= of.canvas.width && y + height <= of.canvas.height).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('lets no tiles overlap but the small one of a picture in picture', () => {
    fc.assert(
      fc.property(anyView, (of) => {
        const rects = tilesOf(of).map(({ rect }) => rect);
        if (of.arrangement.layout === 'picture-in-picture') return;
        for (const [index, one] of rects.entries())
          for (const other of rects.slice(index + 1)) expect(overlap(one, other)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('has each layer once, and the same one for the same guest in every layout', () => {
    fc.assert(
      fc.property(anyView, (of) => {
        const { layers } = arrangedScene(of);
        expect(new Set(layers.map(({ id }) => id)).size).toBe(layers.length);
        for (const { id, source } of layers) if (source.type === 'guest') expect(id).toBe(`guest:${source.guest}`);
      }),
    );
  });

  it('shows everybody who is there and not hidden in layouts for all', () => {
    fc.assert(
      fc.property(anyView, (of) => {
        if (!['grid', 'side-by-side', 'spotlight', 'screen'].includes(of.arrangement.layout)) return;
        const seen = of.arrangement.guests.filter(
          (one) => !one.hidden && of.guests.some((present) => present.guest === one.guest),
        );
        expect(
          tilesOf(of)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(seen.map((one) => `guest:${one.guest}`).toSorted());
      }),
    );
  });

  it('chooses by who is there, who shares a screen, who is pinned, and in a large round who speaks', () => {
    expect([1, 2, 3, 4, 5].map((count) => layoutOf(view(some(count))))).toEqual([
      'solo',
      'side-by-side',
      'grid',
      'grid',
      'grid',
    ]);
    expect(layoutOf(view(some(5), {}, 'cleo'))).toBe('spotlight');
    expect(tilesOf(view(some(5), {}, 'cleo'))[0]?.id).toBe('guest:cleo');
    expect(layoutOf(view(some(3), { pinned: 'bert' }, 'cleo'))).toBe('spotlight');
    expect(tilesOf(view(some(3), { pinned: 'bert' }, 'cleo'))[0]?.id).toBe('guest:bert');
    const withScreen = view([...some(2), guest('slides', { shows: 'screen' })]);
    expect(layoutOf(withScreen)).toBe('screen');
    expect(tilesOf(withScreen)[0]).toMatchObject({ id: 'guest:slides', fit: 'contain' });
  });

  it('leads with the first, the pinned one or the speaker', () => {
    expect(tilesOf(view(some(3), { layout: 'solo' })).map(({ id }) => id)).toEqual(['guest:anna']);
    expect(tilesOf(view(some(3), { layout: 'solo' }, 'bert'))[0]?.id).toBe('guest:bert');
    expect(tilesOf(view(some(3), { layout: 'picture-in-picture' }, 'bert')).map(({ id }) => id)).toEqual([
      'guest:anna',
      'guest:bert',
    ]);
    expect(tilesOf(view(some(3), { layout: 'spotlight', pinned: 'cleo' }))[0]?.rect.width).toBeGreaterThan(900);
  });

  it('hears who is there and not muted, also when hidden', () => {
    const guests = [
      guest('anna', { gain: 0.5 }),
      guest('bert', { muted: true }),
      guest('cleo', { hidden: true }),
      guest('dirk'),
    ];
    const of = view(guests);
    const scene = arrangedScene({ ...of, guests: of.guests.filter((one) => one.guest !== 'dirk') });
    expect(scene.gains).toEqual({ anna: 0.5, cleo: 1 });
    expect(scene.layers.map(({ id }) => id)).toEqual(['guest:anna', 'guest:bert', 'label:anna', 'label:bert']);
  });

  it('shows a card instead of everything, and nobody is heard', () => {
    const scene = arrangedScene(view(some(3), { card: 'starting-soon', title: 'Soon' }));
    expect(scene.layers.map(({ source }) => source)).toEqual([{ type: 'slate', title: 'News', card: 'starting-soon' }]);
    expect(scene.gains).toEqual({});
  });

  it('shows the slate while nobody is seen, and hears those who are heard', () => {
    const scene = arrangedScene(view([guest('anna', { hidden: true })]));
    expect(scene.layers.map(({ id }) => id)).toEqual(['slate']);
    expect(scene.gains).toEqual({ anna: 1 });
  });

  it('puts a name in the place of a picture that is missing, and takes the colour of an old one', () => {
    const of = view(some(2));
    const guests = [
      { guest: 'anna', hasPicture: false, isStalled: false },
      { guest: 'bert', hasPicture: true, isStalled: true },
    ];
    const { layers } = arrangedScene({ ...of, guests });
    expect(layers[0]?.source).toEqual({ type: 'text', style: 'placard', text: 'anna' });
    expect(layers[1]?.isGrey).toBe(true);
    expect(layers.map(({ id }) => id)).toEqual(['guest:anna', 'guest:bert', 'label:bert']);
  });

  it('lies a background below and names, title and logo above', () => {
    const scene = arrangedScene(view(some(1), { background: 'wall', logo: 'logo', title: 'Hello' }));
    expect(scene.layers.map(({ id }) => id)).toEqual(['background', 'guest:anna', 'label:anna', 'title', 'logo']);
  });

  it('puts a name at the top of its tile where the title would hide it', () => {
    const rectOf = (title: string) =>
      arrangedScene(view(some(2), { layout: 'spotlight', title })).layers.find(({ id }) => id === 'label:anna')!.rect;
    expect(rectOf('').y).toBeGreaterThan(500);
    expect(rectOf('Hello').y).toBeLessThan(200);
  });

  it('stands strips below on an upright canvas', () => {
    const of = { ...view(some(3), { layout: 'spotlight' }), canvas: { width: 406, height: 720 } };
    const [main, ...strip] = tilesOf(of).map(({ rect }) => rect);
    expect(strip.every(({ y }) => y >= main!.y + main!.height)).toBe(true);
  });
});

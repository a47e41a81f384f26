import { expect, it } from 'vitest';
import type { Arrangement } from '@weir/contract';
import { chosenLayout, sketchOf } from './layout-sketch.js';

const guestOf = (guest: string) =>
  ({ guest, label: guest, fit: 'cover', gain: 1, muted: false, hidden: false, shows: 'camera' }) as const;

function stageOf(...guests: string[]): Arrangement {
  return {
    layout: 'auto',
    guests: guests.map(guestOf),
    pinned: null,
    labels: true,
    title: 'Hello',
    logo: null,
    background: null,
    card: 'be-right-back',
    transitionMs: 0,
  };
}

const names = (layout: Parameters<typeof sketchOf>[0], arrangement: Arrangement, speaker: string | null = null) =>
  sketchOf(layout, arrangement, speaker).map(({ guest }) => guest?.guest);

it('shows free places where too few are on air', () => {
  expect(names('grid', stageOf('ada'))).toEqual(['ada', undefined, undefined, undefined]);
  expect(names('side-by-side', stageOf())).toEqual([undefined, undefined]);
});

it('puts who is pinned, else who speaks, in the large place', () => {
  const stage = stageOf('ada', 'bea', 'cleo', 'dora');
  expect(names('spotlight', stage, 'cleo')[0]).toBe('cleo');
  expect(names('spotlight', { ...stage, pinned: 'bea' }, 'cleo')[0]).toBe('bea');
});

it('leaves out who is hidden', () => {
  const { guests, ...rest } = stageOf('ada', 'bea');
  expect(names('solo', { ...rest, guests: guests.map((one, place) => ({ ...one, hidden: place === 0 })) })).toEqual([
    'bea',
  ]);
});

it('knows what auto comes to', () => {
  expect(chosenLayout(stageOf('ada'), null)).toBe('solo');
  expect(chosenLayout(stageOf('ada', 'bea', 'cleo'), null)).toBe('grid');
});

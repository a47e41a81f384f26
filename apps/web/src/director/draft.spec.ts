import { expect, it } from 'vitest';
import type { Arrangement } from '@weir/contract';
import { moved, withGuest, withScene } from './draft.js';

const ada = {
  guest: 'ada',
  label: 'Ada',
  fit: 'cover',
  gain: 1,
  muted: false,
  hidden: false,
  shows: 'camera',
} as const;
const bea = { ...ada, guest: 'bea', label: 'Bea' };
const stage: Arrangement = {
  layout: 'auto',
  guests: [ada, bea],
  pinned: null,
  labels: true,
  title: '',
  logo: null,
  background: null,
  card: null,
  transitionMs: 0,
};
const cleo = { guest: 'cleo', label: 'Cleo', shows: 'camera' } as const;

it('changes what is said of a scene and leaves the rest', () => {
  expect(withScene(stage, { layout: 'grid', title: undefined })).toEqual({ ...stage, layout: 'grid' });
});

it('puts guests in order, who are not named last', () => {
  expect(withScene(stage, { order: ['bea'] }).guests).toEqual([bea, ada]);
});

it('brings somebody on air last, with their name', () => {
  const { guests } = withGuest(stage, cleo, { state: 'on-air' });
  expect(guests.map(({ guest, label }) => [guest, label])).toEqual([
    ['ada', 'Ada'],
    ['bea', 'Bea'],
    ['cleo', 'Cleo'],
  ]);
});

it('changes who is on air and nobody who is not', () => {
  expect(withGuest(stage, bea, { hidden: true }).guests).toEqual([ada, { ...bea, hidden: true }]);
  expect(withGuest(stage, cleo, { muted: true })).toBe(stage);
});

it('sends somebody back', () => {
  expect(withGuest(stage, ada, { state: 'backstage' }).guests).toEqual([bea]);
});

it('moves somebody to a place, or to the nearest end', () => {
  expect(moved(['ada', 'bea', 'cleo'], 'cleo', 0)).toEqual(['cleo', 'ada', 'bea']);
  expect(moved(['ada', 'bea', 'cleo'], 'ada', 1)).toEqual(['bea', 'ada', 'cleo']);
  expect(moved(['ada', 'bea'], 'ada', 9)).toEqual(['bea', 'ada']);
  expect(moved(['ada', 'bea'], 'bea', -1)).toEqual(['bea', 'ada']);
});

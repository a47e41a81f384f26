import type { Stage, StageGuest } from '@weir/contract';
import { expect, it } from 'vitest';
import { standingsOf } from './standings.js';

const guest = (id: string, change: Partial<StageGuest> = {}): StageGuest => ({
  id,
  name: id,
  state: 'on-air',
  role: null,
  connected: true,
  sharesScreen: false,
  muted: false,
  mutedByDirector: false,
  quality: null,
  joinedAt: '2026-01-01T00:00:00.000Z',
  ...change,
});

const pictures = {
  has: (name: string) => name !== 'bert',
  ageMs: (name: string) => (name === 'anna' ? 40 : 2500),
};

it('tells who of the guests on air is there, and how old their pictures are', () => {
  const stage = {
    guests: [
      guest('anna', { sharesScreen: true }),
      guest('bert'),
      guest('cleo', { connected: false, sharesScreen: true }),
    ],
  } as unknown as Stage;
  const onAir = ['anna', 'anna-screen', 'bert', 'bert-screen', 'cleo', 'cleo-screen', 'gone'];
  expect(standingsOf(stage, onAir, pictures)).toEqual([
    { name: 'anna', isGone: false, silentMs: 0, hasPicture: true, pictureAgeMs: 40 },
    { name: 'anna-screen', isGone: false, silentMs: 0, hasPicture: true, pictureAgeMs: 2500 },
    { name: 'bert', isGone: false, silentMs: 0, hasPicture: false, pictureAgeMs: 2500 },
    { name: 'cleo-screen', isGone: false, silentMs: 0, hasPicture: true, pictureAgeMs: 2500 },
  ]);
});

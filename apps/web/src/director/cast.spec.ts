import { expect, it } from 'vitest';
import type { Stage, StageGuest } from '@weir/contract';
import { castOf } from './cast.js';

const entry = (guest: string) =>
  ({ guest, label: guest, fit: 'cover', gain: 1, muted: false, hidden: false, shows: 'camera' }) as const;

function guestOf(id: string, sharesScreen = false): StageGuest {
  const quiet = { muted: false, mutedByDirector: false, quality: null, role: null };
  return {
    id,
    name: id,
    state: 'backstage',
    connected: true,
    sharesScreen,
    joinedAt: '2026-01-01T00:00:00Z',
    ...quiet,
  };
}

function stageOf(guests: StageGuest[], onAir: string[]): Stage {
  const scene = { pinned: null, labels: true, title: '', logo: null, background: null, card: null } as const;
  return {
    channel: 'show',
    title: '',
    live: false,
    since: null,
    held: false,
    recorded: false,
    arrangement: { layout: 'auto', guests: onAir.map(entry), transitionMs: 0, ...scene },
    guests,
    speaker: null,
    images: [],
    canvas: { width: 1280, height: 720 },
    canUndo: false,
  };
}

const ids = (guests: string[], screens: string[], onAir: string[]) => {
  const stage = stageOf(
    guests.map((id) => guestOf(id, screens.includes(id))),
    onAir,
  );
  const cast = castOf(stage, stage.arrangement);
  return [cast.onAir.map(({ id }) => id), cast.backstage.map(({ id }) => id)];
};

it('keeps who is on air in their order, and who waits in that of their coming', () => {
  expect(ids(['ada', 'bea', 'cleo', 'dora'], [], ['dora', 'bea'])).toEqual([
    ['dora', 'bea'],
    ['ada', 'cleo'],
  ]);
});

it('takes a shared screen as one that can be brought on by itself', () => {
  expect(ids(['ada', 'bea'], ['ada'], ['ada-screen'])).toEqual([['ada-screen'], ['ada', 'bea']]);
});

it('leaves out who is arranged and not there', () => {
  expect(ids(['ada'], [], ['gone', 'ada'])).toEqual([['ada'], []]);
});

import { Arrangement } from '@weir/contract';
import { layoutOf } from '@weir/stage';
import { describe, expect, it } from 'vitest';
import { SHOW_NAMES, type ShowName } from './show-cast.js';
import { arrangementWith, sceneOf, SHOW_PICTURES, SHOW_SCRIPT, tonesOf } from './show-script.js';

const canvas = { width: 640, height: 360 };
const ids = Object.fromEntries(SHOW_NAMES.map((name) => [name, `g${name}`])) as Record<ShowName, string>;

describe('SHOW_SCRIPT', () => {
  it('changes the scene more than twenty times, through every layout', () => {
    const layouts = SHOW_SCRIPT.map(({ arrangement }) => {
      const guests = arrangement.guests.map(({ guest }) => ({ guest, hasPicture: true, isStalled: false }));
      return layoutOf({ arrangement, guests, speaker: undefined, canvas, slateTitle: '' });
    });
    expect(SHOW_SCRIPT.length).toBeGreaterThan(20);
    expect(new Set(layouts).size).toBe(6);
  });

  it.each(SHOW_SCRIPT)('has an arrangement that the API takes: $what', (step) => {
    expect(() => Arrangement.parse(arrangementWith(ids, step))).not.toThrow();
  });

  it('shows nothing that has no picture', () => {
    const shown = SHOW_SCRIPT.flatMap((step) => sceneOf(step, canvas, 'Show').layers.map(({ source }) => source));
    const names = shown.flatMap((source) =>
      source.type === 'guest' ? [source.guest] : source.type === 'image' ? [source.image] : [],
    );
    expect(Object.keys(SHOW_PICTURES)).toEqual(expect.arrayContaining([...new Set(names)]));
  });
});

describe('arrangementWith', () => {
  it('puts ids in the places of names, also of a screen and of who is pinned', () => {
    const screen = SHOW_SCRIPT.find(({ act }) => act === 'anna shares a screen')!;
    expect(arrangementWith(ids, screen).guests.map(({ guest }) => guest)).toEqual(['ganna-screen', 'ganna', 'gbert']);
    const pinned = SHOW_SCRIPT.find(({ arrangement }) => arrangement.pinned === 'bert')!;
    expect(arrangementWith(ids, pinned).pinned).toBe('gbert');
  });
});

describe('tonesOf', () => {
  const levels = (what: string): number[] =>
    tonesOf(SHOW_SCRIPT.find((step) => step.what === what)!).map(({ level }) => level);

  it('wants the tones of those who are on the stage, at their gain', () => {
    expect(levels('two side by side')).toEqual([0.15, 0.15, 0, 0]);
    expect(levels('one at half gain')).toEqual([0.075, 0, 0.15, 0]);
    expect(levels('one hidden, but heard')).toEqual([0.15, 0.15, 0.15, 0.15]);
  });

  it('wants silence of who is muted, kept silent or away, and of all under a card', () => {
    expect(levels('one muted')[1]).toBe(0);
    expect(levels('nobody is unmuted by others')[1]).toBe(0);
    expect(levels('one has left')[3]).toBe(0);
    expect(levels('a card')).toEqual([0, 0, 0, 0]);
  });
});

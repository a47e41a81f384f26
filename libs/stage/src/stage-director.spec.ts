import { describe, expect, it } from 'vitest';
import type { ArrangedGuest, Arrangement } from './arrangement.js';
import type { StageStanding } from './guest-standing.js';
import { StageDirector } from './stage-director.js';

const canvas = { width: 1280, height: 720 };
const TICK_MS = 1000 / 30;

function arranged(names: readonly string[], change: Partial<Arrangement> = {}): Arrangement {
  return {
    layout: 'grid',
    guests: names.map((guest): ArrangedGuest => ({
      guest,
      label: '',
      fit: 'cover',
      gain: 1,
      muted: false,
      hidden: false,
      shows: 'camera',
    })),
    pinned: null,
    labels: true,
    title: '',
    logo: null,
    background: null,
    card: null,
    transitionMs: 0,
    ...change,
  };
}

const here = (name: string, change: Partial<StageStanding> = {}): StageStanding => ({
  name,
  isGone: false,
  silentMs: 20,
  hasPicture: true,
  pictureAgeMs: 30,
  ...change,
});

const idsAt = (director: StageDirector, standings: readonly StageStanding[], nowMs = 0) =>
  director.scene(nowMs, standings, undefined).layers.map(({ id }) => id);

describe('StageDirector', () => {
  it('shows those on the stage who are there', () => {
    const director = new StageDirector(canvas, 'News', arranged(['anna', 'bert']));
    expect(idsAt(director, [])).toEqual(['slate']);
    expect(idsAt(director, [here('anna'), here('cleo')])).toEqual(['guest:anna']);
    expect(idsAt(director, [here('anna'), here('bert')])).toEqual(['guest:anna', 'guest:bert']);
  });

  it('gives the same scene until something changes', () => {
    const director = new StageDirector(canvas, 'News', arranged(['anna']));
    const first = director.scene(0, [here('anna')], undefined);
    expect(director.scene(33, [here('anna', { silentMs: 5, pictureAgeMs: 9 })], 'anna')).toBe(first);
    director.title = 'Other';
    expect(director.scene(66, [here('anna')], 'anna')).toBe(first);
    director.arrangement = arranged(['anna'], { title: 'Hello' });
    expect(director.scene(99, [here('anna')], 'anna')).not.toBe(first);
  });

  it('greys a picture of two seconds ago, then shows the name, then leaves the guest out', () => {
    const director = new StageDirector(canvas, 'News', arranged(['anna', 'bert']));
    const layerAt = (change: Partial<StageStanding>) =>
      director.scene(0, [here('anna', change), here('bert')], undefined).layers[0]!;
    expect(layerAt({ pictureAgeMs: 1900, silentMs: 1900 }).isGrey).toBeUndefined();
    expect(layerAt({ pictureAgeMs: 2100, silentMs: 2100 }).isGrey).toBe(true);
    expect(layerAt({ pictureAgeMs: 11_000 }).source).toEqual({ type: 'text', style: 'placard', text: 'anna' });
    expect(layerAt({ silentMs: 11_000 }).id).toBe('guest:bert');
    expect(layerAt({ silentMs: 400, isGone: true }).id).toBe('guest:bert');
  });

  it('moves over in 250 ms when it is asked to, from wherever it is', () => {
    const director = new StageDirector(canvas, 'News', arranged(['anna', 'bert'], { transitionMs: 250 }));
    const standings = [here('anna'), here('bert')];
    const widthAt = (nowMs: number) => director.scene(nowMs, standings, undefined).layers[0]!.rect.width;
    const before = widthAt(0);
    director.arrangement = arranged(['anna', 'bert'], { transitionMs: 250, layout: 'spotlight' });
    const widths = [1, 2, 3, 4].map((tick) => widthAt(1000 + tick * TICK_MS));
    expect(widths).toEqual(widths.toSorted((one, other) => one - other));
    director.arrangement = arranged(['anna', 'bert'], { transitionMs: 250 });
    expect(Math.abs(widthAt(1160) - widths.at(-1)!)).toBeLessThan(40);
    expect(widthAt(1500)).toBe(before);
    const settled = director.scene(1600, standings, undefined);
    expect(director.scene(1700, standings, undefined)).toBe(settled);
  });

  it('cuts without a transition', () => {
    const director = new StageDirector(canvas, 'News', arranged(['anna', 'bert']));
    idsAt(director, [here('anna'), here('bert')]);
    director.arrangement = arranged(['anna', 'bert'], { layout: 'solo' });
    const scene = director.scene(33, [here('anna'), here('bert')], undefined);
    expect(scene.layers[0]?.rect).toEqual({ x: 0, y: 0, ...canvas });
    expect(scene.gains).toEqual({ anna: 1, bert: 1 });
  });
});

import type { ArrangedGuest, Arrangement, JournalEvent } from '@weir/stage';
import { beforeEach, describe, expect, it } from 'vitest';
import { StageShow } from './stage-show.js';

const canvas = { width: 1280, height: 720 };

function arranged(names: readonly string[], change: Partial<Arrangement> = {}): Arrangement {
  const guests = names.map((guest): ArrangedGuest => ({
    guest,
    label: '',
    fit: 'cover',
    gain: 1,
    muted: guest === 'mute',
    hidden: false,
    shows: 'camera',
  }));
  const plain = { pinned: null, labels: true, title: '', logo: null, background: null, card: null } as const;
  return { layout: 'spotlight', guests, ...plain, transitionMs: 0, ...change };
}

const here = (name: string, silentMs = 20) => ({
  name,
  isGone: false,
  silentMs,
  hasPicture: true,
  pictureAgeMs: silentMs,
});

let journal: JournalEvent[];
let away: string[];
let show: StageShow;

beforeEach(() => {
  journal = [];
  away = [];
  show = new StageShow({
    canvas,
    title: 'News',
    arrangement: arranged(['anna', 'bert', 'mute']),
    journal: (event) => journal.push(event),
    onAway: (guest) => away.push(guest),
  });
});

function talk(levels: Readonly<Record<string, number>>, fromMs: number, forMs: number): void {
  for (let nowMs = fromMs; nowMs < fromMs + forMs; nowMs += 20) {
    for (const [guest, level] of Object.entries(levels)) show.level(guest, level, nowMs);
    show.scene(
      nowMs,
      ['anna', 'bert', 'mute'].map((name) => here(name)),
    );
  }
}

describe('StageShow', () => {
  it('keeps a journal of what is arranged, who is there and who speaks, each once', () => {
    talk({ anna: 20 }, 0, 1000);
    expect(journal.map(({ type }) => type)).toEqual(['arrangement', 'guests', 'speaker']);
    expect(journal.at(-1)).toEqual({ type: 'speaker', speaker: 'anna' });
    show.arrangement = arranged(['anna']);
    show.scene(1100, [here('anna')]);
    expect(journal.slice(3).map(({ type }) => type)).toEqual(['arrangement', 'guests']);
  });

  it('makes the speaker large, by told levels or by the sound, and never whom nobody hears', () => {
    talk({ bert: 20, mute: 5 }, 0, 1000);
    expect(show.tiles.get('bert')!.width).toBeGreaterThan(900);
    const loud = new Float32Array(3200).fill(0.3);
    for (let nowMs = 4000; nowMs < 5000; nowMs += 33) {
      show.heard('anna', loud, nowMs);
      show.heard('mute', loud, nowMs);
      show.scene(
        nowMs,
        ['anna', 'bert', 'mute'].map((name) => here(name)),
      );
    }
    expect(show.tiles.get('anna')!.width).toBeGreaterThan(900);
  });

  it('tells who is away, and is on the slate when nobody is seen', () => {
    show.scene(0, [here('anna'), here('bert')]);
    expect([show.isOnSlate, [...show.tiles.keys()]]).toEqual([false, ['anna', 'bert']]);
    show.scene(33, [here('anna'), here('bert', 11_000)]);
    expect(away).toEqual(['bert']);
    show.scene(66, []);
    expect([away, show.isOnSlate]).toEqual([['bert', 'anna'], true]);
    show.scene(99, [here('anna')]);
    show.arrangement = arranged(['bert']);
    show.scene(133, [here('anna')]);
    expect(away).toEqual(['bert', 'anna']);
  });

  it('gives the same tiles until the scene changes', () => {
    show.scene(0, [here('anna')]);
    const { tiles } = show;
    show.scene(33, [here('anna')]);
    expect(show.tiles).toBe(tiles);
  });
});

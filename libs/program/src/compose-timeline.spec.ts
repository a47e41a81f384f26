import type { ArrangedGuest, Arrangement, JournalEntry, JournalEvent } from '@weir/stage';
import { describe, expect, it } from 'vitest';
import { ComposeTimeline } from './compose-timeline.js';

function arrangement(change: Partial<Arrangement> = {}, guests: readonly Partial<ArrangedGuest>[] = []): Arrangement {
  const plain = {
    guest: 'anna',
    label: '',
    fit: 'cover',
    gain: 1,
    muted: false,
    hidden: false,
    shows: 'camera',
  } as const;
  return {
    layout: 'grid',
    guests: guests.map((one) => ({ ...plain, ...one })),
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

const opened: JournalEvent = { type: 'opened', originMs: 0, canvas: { width: 2, height: 2 }, frameRate: 30 };
const there = (guest: string) => ({ guest, hasPicture: true, isStalled: false });
const at = (seconds: number, event: JournalEvent): JournalEntry => ({ seconds, ...event });

describe('ComposeTimeline', () => {
  it('tells the show at each time as the journal does', () => {
    const wide = arrangement({ layout: 'solo' }, [{ guest: 'anna' }]);
    const timeline = new ComposeTimeline(
      [
        at(1, opened),
        at(1, { type: 'arrangement', arrangement: wide }),
        at(2, { type: 'guests', guests: [there('anna')] }),
        at(3, { type: 'speaker', speaker: 'anna' }),
      ],
      {},
    );
    expect(timeline.at(1)).toEqual({ arrangement: wide, presence: [], speaker: undefined });
    expect(timeline.at(2.5)).toEqual({ arrangement: wide, presence: [there('anna')], speaker: undefined });
    expect(timeline.at(2.6)).toBe(timeline.at(2.7));
    expect(timeline.at(3).speaker).toBe('anna');
  });

  it('forgets who was there when the program was begun again, or the stage was left', () => {
    const stage = at(1, { type: 'arrangement', arrangement: arrangement({}, [{}]) });
    const guests = at(1, { type: 'guests', guests: [there('anna')] });
    const again = [at(4, opened), { ...stage, seconds: 4 }];
    expect(new ComposeTimeline([stage, guests, ...again], {}).at(5).presence).toEqual([]);
    const left = [at(4, { type: 'arrangement', arrangement: null }), { ...stage, seconds: 5 }];
    expect(new ComposeTimeline([stage, guests, ...left], {}).at(6).presence).toEqual([]);
  });

  it('shows the publisher alone, while his tracks go on, where no stage was written down', () => {
    const { arrangement: shown, presence } = new ComposeTimeline([], {}).at(0);
    expect(shown.guests.map(({ guest }) => guest)).toEqual(['publisher']);
    expect(presence).toBeUndefined();
  });

  it('puts what is wanted over every arrangement', () => {
    const stage = at(0, { type: 'arrangement', arrangement: arrangement({ card: 'be-right-back' }, [{}]) });
    const changed = new ComposeTimeline([stage], { scene: { layout: 'spotlight', labels: false, card: null } }).at(1);
    expect(changed.arrangement).toEqual(arrangement({ layout: 'spotlight', labels: false }, [{}]));
  });

  it('shows of each image what it was at the time, of one that is wanted otherwise too', () => {
    const stage = at(0, { type: 'arrangement', arrangement: arrangement({ logo: 'logo.png' }, [{}]) });
    const images = [
      at(0.1, { type: 'image', name: 'logo.png', content: 'one' }),
      at(2, { type: 'image', name: 'logo.png', content: 'two' }),
    ];
    const shown = (scene = {}) => {
      const timeline = new ComposeTimeline([stage, ...images], { scene });
      return [0, 1, 2].map((seconds) => timeline.at(seconds).arrangement);
    };
    expect(shown().map(({ logo }) => logo)).toEqual(['one', 'one', 'two']);
    const other = shown({ logo: 'new.png', background: 'logo.png' });
    expect(other.map(({ logo, background }) => [logo, background])).toEqual(
      ['one', 'one', 'two'].map((content) => ['new.png', content]),
    );
  });

  it('keeps who was muted, and the cards, with another arrangement too', () => {
    const live = arrangement({ card: 'starting-soon' }, [{ guest: 'anna', muted: true }, { guest: 'bert' }]);
    const other = arrangement({ layout: 'solo' }, [{ guest: 'anna' }, { guest: 'bert' }]);
    const told = new ComposeTimeline([at(0, { type: 'arrangement', arrangement: live })], { arrangement: other }).at(0);
    expect(told.arrangement.guests.map(({ muted }) => muted)).toEqual([true, false]);
    expect(told.arrangement.card).toBe('starting-soon');
    expect(told.arrangement.layout).toBe('solo');
  });
});

import { type Arrangement as StageArrangement, arrangedScene } from '@weir/stage';
import { describe, expect, it } from 'vitest';
import { Arrangement } from './scene.js';

describe('Arrangement', () => {
  it('takes guests alone and has a default for the rest, which the stage understands', () => {
    const arrangement: StageArrangement = Arrangement.parse({ guests: [{ guest: 'anna' }] });
    expect(arrangement).toEqual({
      layout: 'auto',
      guests: [{ guest: 'anna', label: '', fit: 'cover', gain: 1, muted: false, hidden: false, shows: 'camera' }],
      pinned: null,
      labels: true,
      title: '',
      logo: null,
      background: null,
      card: null,
      transitionMs: 0,
    });
    const guests = [{ guest: 'anna', hasPicture: true, isStalled: false }];
    const canvas = { width: 1280, height: 720 };
    const scene = arrangedScene({ arrangement, guests, speaker: undefined, canvas, slateTitle: 'News' });
    expect(scene.layers[0]?.id).toBe('guest:anna');
  });

  it('refuses more than nine guests, one guest twice, and what is out of range or unknown', () => {
    const guests = (count: number) => Array.from({ length: count }, (_, index) => ({ guest: `g${index}` }));
    const isTaken = (body: unknown) => Arrangement.safeParse(body).success;
    expect(isTaken({ guests: guests(9) })).toBe(true);
    expect(isTaken({ guests: guests(10) })).toBe(false);
    expect(isTaken({ guests: [{ guest: 'anna' }, { guest: 'anna' }] })).toBe(false);
    expect(isTaken({ guests: [{ guest: 'anna', gain: 3 }] })).toBe(false);
    expect(isTaken({ guests: [{ guest: '../anna' }] })).toBe(false);
    expect(isTaken({ guests: [], background: 'a/b' })).toBe(false);
    expect(isTaken({ guests: [], transitionMs: 100 })).toBe(false);
    expect(isTaken({ guests: [], title: 'x'.repeat(121) })).toBe(false);
    expect(isTaken({ guests: [], other: 1 })).toBe(false);
  });
});

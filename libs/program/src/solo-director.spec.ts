import type { GuestStanding } from '@weir/stage';
import { describe, expect, it } from 'vitest';
import { SoloDirector } from './solo-director.js';

const canvas = { width: 640, height: 360 };
const here: GuestStanding = { name: 'anna', isGone: false, silentMs: 20, hasPicture: true };

describe('SoloDirector', () => {
  it('shows the guest as soon as it has a picture, and hears it before', () => {
    const director = new SoloDirector(canvas, 'News');
    expect(director.scene(undefined).layers[0]?.id).toBe('slate');
    expect(director.isAway).toBe(true);
    const heard = director.scene({ ...here, hasPicture: false });
    expect([heard.layers[0]?.id, heard.gains]).toEqual(['slate', { anna: 1 }]);
    expect(director.isOnSlate).toBe(true);
    expect(director.scene(here).layers[0]?.id).toBe('anna');
    expect(director.isOnSlate).toBe(false);
  });

  it('goes over to the slate after two seconds without media, or soon after the publisher has gone', () => {
    const director = new SoloDirector(canvas, 'News');
    const slateAt = (guest: GuestStanding) => director.scene(guest).layers[0]?.id === 'slate';
    expect(slateAt({ ...here, silentMs: 1900 })).toBe(false);
    expect(slateAt({ ...here, silentMs: 2100 })).toBe(true);
    expect(slateAt(here)).toBe(false);
    expect(slateAt({ ...here, isGone: true, silentMs: 100 })).toBe(false);
    expect(slateAt({ ...here, isGone: true, silentMs: 400 })).toBe(true);
    expect(director.scene({ ...here, silentMs: 2500 }).gains).toEqual({});
  });

  it('gives the same scene until something changes', () => {
    const director = new SoloDirector(canvas, 'News');
    const first = director.scene(here);
    expect(director.scene(here)).toBe(first);
    director.title = 'Other';
    expect(director.scene({ ...here, silentMs: 9000 }).layers[0]?.source).toEqual({ type: 'slate', title: 'Other' });
  });
});

import { Arrangement } from '@weir/contract';
import { describe, expect, it } from 'vitest';
import { changedScene, emptyArrangement, isSameScene, withGuest } from './scene-change.js';

const scene = Arrangement.parse({ guests: [{ guest: 'a' }, { guest: 'b' }, { guest: 'c' }], title: 'Hello' });
const order = ({ guests }: Arrangement): string => guests.map(({ guest }) => guest).join('');

describe('changedScene', () => {
  it('changes what is given and leaves the rest', () => {
    expect(changedScene(scene, { layout: 'grid', pinned: 'b' })).toEqual({ ...scene, layout: 'grid', pinned: 'b' });
    expect(changedScene(scene, {})).toEqual(scene);
  });

  it('orders guests, those left out last, and brings nobody on air', () => {
    expect(order(changedScene(scene, { order: ['c', 'x', 'a'] }))).toBe('cab');
    expect(order(changedScene(scene, { order: [] }))).toBe('abc');
  });
});

describe('withGuest', () => {
  it('adds a guest last, changes him in his place and takes him away', () => {
    const [, second] = scene.guests;
    const more = withGuest(scene, 'd', { ...second!, guest: 'd' });
    expect(order(more)).toBe('abcd');
    expect(withGuest(more, 'b', { ...second!, gain: 2 }).guests[1]).toMatchObject({ guest: 'b', gain: 2 });
    expect(order(withGuest(more, 'b', undefined))).toBe('acd');
  });
});

describe('isSameScene', () => {
  it('sees no difference in the order of keys, and every other', () => {
    const { title, ...rest } = scene;
    expect(isSameScene(scene, { ...rest, title })).toBe(true);
    expect(isSameScene(scene, { ...scene, title: 'Bye' })).toBe(false);
    expect(isSameScene(scene, changedScene(scene, { order: ['b'] }))).toBe(false);
    expect(Arrangement.parse({ guests: [] })).toEqual(emptyArrangement);
  });
});

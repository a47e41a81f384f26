import { describe, expect, it } from 'vitest';
import { Placement } from './placement.js';

describe('Placement', () => {
  it('keeps the sessions of a channel together and spreads channels', () => {
    const placement = new Placement(2);
    expect(placement.place('a', 'a1')).toBe(0);
    expect(placement.place('b', 'b1')).toBe(1);
    expect(placement.place('a', 'a2')).toBe(0);
    expect(placement.place('c', 'c1')).toBe(1);
    expect(placement.sessionsOf(0)).toEqual(['a1', 'a2']);
  });

  it('lets a channel go elsewhere once its last session ended', () => {
    const placement = new Placement(2);
    placement.place('a', 'a1');
    placement.place('b', 'b1');
    placement.remove('a1');
    placement.place('c', 'c1');
    expect(placement.workerOf('a')).toBe(0);
    placement.place('d', 'd1');
    expect(placement.workerOf('c')).toBe(0);
    placement.remove('unknown');
  });
});

import { describe, expect, it } from 'vitest';
import { LeaveMemory } from './leave-memory.js';

const leave = { channel: 'a', key: 'g:1', isAdmin: false, mayRead: true, watchEpoch: undefined };

describe('LeaveMemory', () => {
  it('forgets after its time', () => {
    const memory = new LeaveMemory(5000, 10);
    memory.keep('k', leave, 1000);
    expect(memory.find('k', 5999)).toBe(leave);
    expect(memory.find('k', 6000)).toBeUndefined();
    expect(memory.find('k', 1000)).toBeUndefined();
  });

  it('keeps so many, the newest', () => {
    const memory = new LeaveMemory(5000, 2);
    for (const key of ['a', 'b', 'a', 'c']) memory.keep(key, leave, 0);
    expect(['a', 'b', 'c'].filter((key) => memory.find(key, 0) !== undefined)).toEqual(['a', 'c']);
  });
});

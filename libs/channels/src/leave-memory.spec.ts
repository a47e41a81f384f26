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

  it('forgets who was let in when that is to be asked anew', () => {
    const memory = new LeaveMemory(5000, 10);
    memory.keep('k', leave, 0);
    memory.keep('other', { ...leave, key: 'a:1' }, 0);
    memory.forget('a:1');
    expect([memory.find('k', 0), memory.find('other', 0)]).toEqual([leave, undefined]);
  });

  it('keeps so many, the newest', () => {
    const memory = new LeaveMemory(5000, 2);
    for (const key of ['a', 'b', 'a', 'c']) memory.keep(key, leave, 0);
    expect(['a', 'b', 'c'].filter((key) => memory.find(key, 0) !== undefined)).toEqual(['a', 'c']);
  });
});

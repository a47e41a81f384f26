import { describe, expect, it } from 'vitest';
import { ann } from './fake-chat.js';
import { leaveToWrite } from './standing.js';

const settings = { mode: 'everyone', slowSeconds: 0, blockedWords: [], links: true } as const;
const leave = (you: Partial<typeof ann>, mode: 'everyone' | 'accounts' | 'followers' | 'members') =>
  leaveToWrite({ ...ann, ...you }, { ...settings, blockedWords: [], mode });

describe('leaveToWrite', () => {
  it('waits until the server has said who it is', () => {
    expect(leaveToWrite(undefined, { ...settings, blockedWords: [] })).toBe('wait');
  });

  it('asks guests for a name, where guests may write', () => {
    expect(leave({ name: null }, 'everyone')).toBe('name');
    expect(leave({}, 'everyone')).toBe('yes');
    expect(leave({ name: null }, 'accounts')).toBe('accounts-only');
  });

  it('tells what is missing', () => {
    expect(leave({ isAccount: true }, 'accounts')).toBe('yes');
    expect(leave({ isAccount: true }, 'followers')).toBe('followers-only');
    expect(leave({ isAccount: true, follows: true }, 'followers')).toBe('yes');
    expect(leave({ isAccount: true, follows: true }, 'members')).toBe('members-only');
    expect(leave({ isAccount: true, role: 'viewer' }, 'members')).toBe('yes');
    expect(leave({ isAccount: true, role: 'viewer' }, 'followers')).toBe('yes');
  });

  it('lets moderators write always', () => {
    expect(leave({ isAccount: true, role: 'moderator' }, 'members')).toBe('yes');
    expect(leave({ isAccount: true, role: 'owner' }, 'followers')).toBe('yes');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guestLinkOf, recallLink, rememberLink } from './guest-link.js';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
});

afterEach(() => vi.unstubAllGlobals());

describe('guestLinkOf', () => {
  it('reads an invitation and the channel of a member', () => {
    expect(guestLinkOf('#code=a-b_c')).toEqual({ kind: 'invitation', code: 'a-b_c' });
    expect(guestLinkOf('#channel=demo')).toEqual({ kind: 'member', channel: 'demo' });
  });

  it('leads nowhere without either', () => {
    for (const fragment of ['', '#', '#code=', '#content', '#%']) expect(guestLinkOf(fragment)).toBeUndefined();
  });
});

describe('recallLink', () => {
  it('knows where an invitation led that may be used up by now, and no other', () => {
    const link = { kind: 'invitation', code: 'abc' } as const;
    expect(recallLink(link)).toBeUndefined();
    rememberLink(link, 'demo');
    expect(recallLink(link)).toBe('demo');
    expect(recallLink({ kind: 'invitation', code: 'other' })).toBeUndefined();
    sessionStorage.setItem('weir.guest-link', '{');
    expect(recallLink(link)).toBeUndefined();
  });
});

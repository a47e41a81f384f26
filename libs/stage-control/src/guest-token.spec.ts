import { GuestId } from '@weir/contract';
import { expect, it } from 'vitest';
import { hashGuestToken, isGuestToken, newGuestId, newGuestToken } from './guest-token.js';

it('makes tokens that are told apart from all others, and ids that no reserved name has', () => {
  const tokens = Array.from({ length: 50 }, newGuestToken);
  expect(new Set(tokens).size).toBe(50);
  expect(tokens.every(isGuestToken)).toBe(true);
  expect([isGuestToken('weir_x'), isGuestToken('')]).toEqual([false, false]);
  expect(hashGuestToken(tokens[0]!)).toHaveLength(32);
  for (let made = 0; made < 50; made++) {
    const id = newGuestId();
    expect(GuestId.parse(id)).toBe(id);
    expect(id).toMatch(/^g.{9}$/);
  }
});

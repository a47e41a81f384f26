import { describe, expect, it } from 'vitest';
import { bearerToken } from './bearer.js';

describe('W-70 bearerToken', () => {
  it.each(['Bearer s3cret', 'bearer s3cret', 'BEARER   s3cret', ' Bearer s3cret '])('reads %s', (header) => {
    expect(bearerToken(header)).toBe('s3cret');
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer undefined',
    'Bearer null',
    'Basic czpz',
    's3cret',
    'Bearer a b',
  ])('takes %s for no token', (header) => {
    expect(bearerToken(header)).toBeUndefined();
  });

  it('takes a token of absurd length for none', () => {
    expect(bearerToken(`Bearer ${'x'.repeat(5_000)}`)).toBeUndefined();
  });
});

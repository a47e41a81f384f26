import { describe, expect, it } from 'vitest';
import { matchEntityTag } from './entity-tag.js';

describe('matchEntityTag', () => {
  it.each([undefined, '', '  '])('W-23 tells that If-Match %o is missing', (header) => {
    expect(matchEntityTag(header, '"a1"')).toBe('missing');
  });

  it.each(['*', '"*"', ' * '])('W-27 takes %s for any tag', (header) => {
    expect(matchEntityTag(header, '"a1"')).toBe('any');
  });

  it.each(['"a1"', '"zz", "a1"', '"zz","a1"', 'W/"zz", "a1"'])('matches %s', (header) => {
    expect(matchEntityTag(header, '"a1"')).toBe('match');
    expect(matchEntityTag(header, 'a1')).toBe('match');
  });

  it.each(['"a2"', 'W/"a1"', 'a1', '"a1', '"A1"', '"zz", W/"a1"', '","'])('does not match %s', (header) => {
    expect(matchEntityTag(header, '"a1"')).toBe('mismatch');
  });
});

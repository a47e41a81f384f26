import { assert, json, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailText } from './audit-detail.js';

describe('detailText', () => {
  it('tells the names and values of what changed', () => {
    expect(detailText('{"visibility":"private","slowSeconds":10}')).toBe('visibility: private, slowSeconds: 10');
  });

  it('leaves other texts as they are', () => {
    expect(detailText('OBS on the desktop')).toBe('OBS on the desktop');
    expect(detailText('{ no JSON')).toBe('{ no JSON');
    expect(detailText('')).toBe('');
  });

  it('never throws', () => {
    assert(
      property(string(), (text) => typeof detailText(`{${text}`) === 'string'),
      { numRuns: 3000 },
    );
    assert(
      property(json(), (text) => typeof detailText(text) === 'string'),
      { numRuns: 3000 },
    );
  });
});

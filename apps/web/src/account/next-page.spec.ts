import { describe, expect, it } from 'vitest';
import { codeOf, nextPage } from './next-page.js';

const at = (next: string) => nextPage(`https://weir.example/sign-in?next=${encodeURIComponent(next)}`, '/');

describe('nextPage', () => {
  it('leads back to the page that asked to sign in', () => {
    expect(at('/channels/show?x=1#keys')).toBe('/channels/show?x=1#keys');
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://[',
    '\t//evil.example',
  ])('never leads to another site: %s', (next) => {
    expect(new URL(at(next), 'https://weir.example').origin).toBe('https://weir.example');
  });

  it('goes where the page says when nothing is asked for', () => {
    expect(nextPage('https://weir.example/sign-in', '/channels')).toBe('/channels');
  });
});

describe('codeOf', () => {
  it('reads the code of a link', () => {
    expect(codeOf('#code=ab_c-9')).toBe('ab_c-9');
  });

  it('is undefined where there is none', () => {
    expect(codeOf('')).toBeUndefined();
    expect(codeOf('#other=1')).toBeUndefined();
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentions, partsOf } from './rich-text.js';

const links = (body: string) => partsOf(body, null).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

describe('partsOf', () => {
  it('leaves a text without links and mentions alone', () => {
    expect(partsOf('just words', null)).toEqual([{ kind: 'text', text: 'just words' }]);
  });

  it('finds links of http and https and no others', () => {
    expect(links('see https://weir.example/a?b=c#d and http://x.example')).toEqual([
      'https://weir.example/a?b=c#d',
      'http://x.example',
    ]);
    expect(links('javascript:alert(1) data:text/html,x ftp://x.example //x.example www.x.example')).toEqual([]);
  });

  it('ends a link before punctuation, brackets around it and Korean particles', () => {
    expect(links('(https://x.example/a), https://x.example/b. https://x.example/c!')).toEqual([
      'https://x.example/a',
      'https://x.example/b',
      'https://x.example/c',
    ]);
    expect(links('https://x.example/(wiki)')).toEqual(['https://x.example/(wiki)']);
    expect(links('https://x.example/길은 https://x.example에서')).toEqual(['https://x.example/', 'https://x.example']);
  });

  it('leaves what is no address as text', () => {
    expect(links('http:// https://[::1 https://%')).toEqual([]);
  });

  it('finds mentions, and which are of the reader', () => {
    expect(partsOf('hi @Ann, and @bob.', 'ann')).toEqual([
      { kind: 'text', text: 'hi ' },
      { kind: 'mention', text: '@Ann', mine: true },
      { kind: 'text', text: ', and ' },
      { kind: 'mention', text: '@bob', mine: false },
      { kind: 'text', text: '.' },
    ]);
  });

  it('takes no mail address and no part of a link for a mention', () => {
    expect(mentions('mail ann@ann.example, https://x.example/@ann', 'ann')).toBe(false);
  });

  it('knows a name with spaces and the honorifics of Korean', () => {
    expect(mentions('hello @Ann Lee!', 'Ann Lee')).toBe(true);
    expect(mentions('hello @Ann Leeroy', 'Ann Lee')).toBe(false);
    expect(mentions('@지민님 안녕하세요', '지민')).toBe(true);
    expect(mentions('@지민수 안녕', '지민')).toBe(false);
    expect(mentions('@anna', 'ann')).toBe(false);
  });

  it('loses and invents nothing, and links only to http and https, whatever is written', () => {
    const piece = fc.constantFrom(
      'https://',
      'http://',
      'javascript:',
      '@',
      'ann',
      '(',
      ')',
      ']',
      '.',
      ' ',
      '님',
      '<b>',
      '"',
    );
    const bodies = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    const names = fc.oneof(fc.constant(null), fc.string({ minLength: 1, maxLength: 10 }));
    fc.assert(
      fc.property(bodies, names, (body, name) => {
        const parts = partsOf(body, name);
        expect(parts.map(({ text }) => text).join('')).toBe(body);
        for (const part of parts) if (part.kind === 'link') expect(part.href).toMatch(/^https?:\/\//);
      }),
      { numRuns: 5000 },
    );
  });
});

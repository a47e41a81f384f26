import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasLink } from './link-text.js';

describe('hasLink', () => {
  it('finds addresses in any disguise that still works', () => {
    const links = [
      'https://a.b/c',
      'see example.com',
      'WWW.x',
      'ｅｘａｍｐｌｅ．ｃｏｍ',
      'exa\u200bmple.org',
      'mailto:a@b',
      'http://1',
      '10.1.2.3',
      'discord.gg/x',
      '한글.kr',
    ];
    for (const text of links) expect(hasLink(text), text).toBe(true);
  });

  it('leaves ordinary writing alone', () => {
    for (const text of ['hello.world', 'e.g. this', '3.14', 'wait...what', 'v1.2.3', 'a/b', 'readme.txt']) {
      expect(hasLink(text), text).toBe(false);
    }
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        hasLink(text);
      }),
      { numRuns: 2000 },
    );
  }, 60_000);
});

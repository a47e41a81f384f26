import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockedWords } from './blocked-words.js';

describe('BlockedWords', () => {
  it('finds a word whatever its disguise', () => {
    const words = new BlockedWords(['badger']);
    const disguises = [
      'badger',
      'A BADGER!',
      'Bаdgеr',
      'b\u200bad\u00adger',
      'ｂａｄｇｅｒ',
      'bádgër',
      'baaadgerrr',
      'b4dg3r',
      'b.a.d.g.e.r',
    ];
    for (const text of [...disguises, 'b a d g e r', 'oh B-A-D-G-E-R oh', 'bad-ger', '𝕓𝕒𝕕𝕘𝕖𝕣', 'x b a d g e r']) {
      expect(words.has(text), text).toBe(true);
    }
  });

  it('leaves other words alone', () => {
    const words = new BlockedWords(['ass', 'anal', 'hell']);
    for (const text of ['as', 'class', 'a classic assassin', 'analysis', 'hello', 'shell', 'pass it']) {
      expect(words.has(text), text).toBe(false);
    }
    for (const text of ['you ass', 'assss', 'ASS!', '@ss', 'what the hell?']) expect(words.has(text), text).toBe(true);
  });

  it('goes on where a word has a star', () => {
    expect(new BlockedWords(['bad*']).has('badly')).toBe(true);
    expect(new BlockedWords(['bad*']).has('notbad')).toBe(false);
    expect(new BlockedWords(['*bad*']).has('notbadly')).toBe(true);
  });

  it('finds words anywhere in scripts without spaces, phrases with their spaces left out, and signs', () => {
    expect(new BlockedWords(['바보']).has('너는바보야')).toBe(true);
    expect(new BlockedWords(['馬鹿']).has('お馬鹿さん')).toBe(true);
    expect(new BlockedWords(['go away']).has('GO   away now')).toBe(true);
    expect(new BlockedWords(['go away']).has('goaway')).toBe(true);
    expect(new BlockedWords(['🖕']).has('take 🖕 that')).toBe(true);
    expect(new BlockedWords(['1488']).has('the 1488 thing')).toBe(true);
  });

  it('has none without words', () => {
    for (const words of [[], ['*'], [' '], ['\u200b']])
      expect(new BlockedWords(words).has('anything at all')).toBe(false);
  });

  it('takes any words and any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), text, (words, said) => {
        new BlockedWords(words).has(said);
      }),
      { numRuns: 2000 },
    );
  }, 60_000);

  it('takes the longest lists and messages', () => {
    const letter = (i: number): string => String.fromCodePoint(99 + (i % 23));
    const words = new BlockedWords(
      Array.from({ length: 500 }, (_, i) => `*${'ab'.repeat(20)}${letter(i)}${letter(Math.floor(i / 23))}*`),
    );
    for (const text of ['ab'.repeat(250), 'a b '.repeat(125), 'a'.repeat(500)]) expect(words.has(text)).toBe(false);
    expect(words.has(`${'ab'.repeat(30)}ccx`)).toBe(true);
  });
});

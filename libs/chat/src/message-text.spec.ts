import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank, shownText } from './message-text.js';

describe('shownText', () => {
  it('keeps what people write', () => {
    for (const text of ['Hello', '안녕하세요 👋🏽', '👩‍👩‍👧 ❤️', 'नमस्ते', 'a < b && "c"'])
      expect(shownText(text)).toBe(text.normalize('NFC'));
  });

  it('puts it on one line without control characters and turned-around writing', () => {
    expect(shownText('  a\n\tb\u0000\u0007c \u202eevil\u202c  ')).toBe('a bc evil');
  });

  it('cuts piled-up accents', () => {
    expect([...shownText(`z${'\u0335'.repeat(90)}`)]).toHaveLength(5);
  });

  it('puts together what only control characters kept apart', () => {
    expect(shownText('!\t\u0000\t!')).toBe('! !');
    expect(shownText('e\u0000\u0301')).toBe('\u00e9');
  });

  it('takes any text, and is done at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const shown = shownText(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(shownText(shown)).toBe(shown);
      }),
      { numRuns: 3000 },
    );
  }, 60_000);
});

describe('isBlank', () => {
  it('sees when there is nothing to see', () => {
    for (const text of ['', ' ', '\u200b\u200d', '\u3164', '\u2800', '\ufe0f', '\u00ad \u2060'])
      expect(isBlank(text)).toBe(true);
    for (const text of ['.', '👍', 'ㅋ', '0']) expect(isBlank(text)).toBe(false);
  });
});

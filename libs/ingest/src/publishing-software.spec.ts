import { array, assert, constantFrom, mixedCase, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishingSoftware } from './publishing-software.js';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('publishingSoftware', () => {
  it('knows encoders from browsers, though all are called Mozilla', () => {
    const told = (userAgent: string) => publishingSoftware(userAgent);
    expect(told('Mozilla/5.0 (OBS-Studio/32.2.2; Linux x86_64; en-US)')).toEqual({
      name: 'OBS Studio 32.2.2',
      isBrowser: false,
    });
    expect(told('Lavf/62.3.100')).toEqual({ name: 'FFmpeg 62.3.100', isBrowser: false });
    expect(told('GStreamer souphttpsrc 1.26')).toEqual({ name: 'GStreamer 1.26', isBrowser: false });
    expect(told(CHROME)).toEqual({ name: 'Chrome 140', isBrowser: true });
    expect(told(`${CHROME} Edg/140.0`)).toEqual({ name: 'Edge 140', isBrowser: true });
    expect(told('Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0')).toEqual({
      name: 'Firefox 143',
      isBrowser: true,
    });
    expect(
      told('Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1'),
    ).toEqual({ name: 'Safari 26', isBrowser: true });
  });

  it('calls others by their first product, and nobody by nothing', () => {
    expect(publishingSoftware('my-encoder/1.2 (test)')).toEqual({ name: 'my-encoder 1.2', isBrowser: false });
    expect(publishingSoftware('node')).toEqual({ name: 'node', isBrowser: false });
    for (const nothing of [undefined, '', '   ', '<b>']) {
      expect(publishingSoftware(nothing)).toEqual({ name: null, isBrowser: false });
    }
  });

  it('makes a short printable name of whatever is sent, or none', () => {
    const near = mixedCase(constantFrom('OBS-Studio/', 'Lavf/', 'GStreamer', 'Version/', 'Safari/', 'Chrome/'));
    const text = array(oneof(string(), near, string({ unit: 'binary' })), { maxLength: 12 });
    assert(
      property(text, (parts) => {
        const { name } = publishingSoftware(parts.join(''));
        return name === null || /^[\x21-\x7e][\x20-\x7e]{0,60}$/.test(name);
      }),
      { numRuns: 5000 },
    );
  }, 30_000);
});

import { describe, expect, it } from 'vitest';
import { browserOf } from './browser-name.js';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

describe('browserOf', () => {
  it('tells browsers apart that call themselves by each other', () => {
    expect(browserOf(`Mozilla/5.0 (X11; Linux x86_64) ${CHROME}`)).toEqual({
      browser: 'chrome',
      system: 'linux',
      title: 'Chrome on Linux',
    });
    expect(browserOf(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/140.0`).title).toBe('Edge on Windows');
    expect(browserOf('Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0').browser).toBe('firefox');
    expect(browserOf(`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/26.0 Safari/605.1.15`)).toEqual(
      {
        browser: 'safari',
        system: 'macos',
        title: 'Safari on macOS',
      },
    );
    expect(browserOf(`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${CHROME}`).system).toBe('android');
  });

  it('knows an iPad by its fingers, and every browser of iOS by its system', () => {
    const safari = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/26.0 Safari/605.1.15`;
    expect(browserOf(safari, 5).system).toBe('ios');
    expect(
      browserOf(`Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) ${WEBKIT} CriOS/140 Safari/604.1`),
    ).toEqual({
      browser: 'chrome',
      system: 'ios',
      title: 'Chrome on iOS',
    });
  });

  it('says nothing of what it does not know', () => {
    expect(browserOf('')).toEqual({ browser: 'other', system: 'other', title: '' });
  });
});

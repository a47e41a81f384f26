import { afterAll, describe, expect, it, vi } from 'vitest';
import { RequestRefused } from '../media/request-refused.js';

vi.stubGlobal('navigator', { language: 'en' });
vi.stubGlobal('document', { documentElement: {} });
const { faultText } = await import('./fault-text.js');

afterAll(() => vi.unstubAllGlobals());

describe('faultText', () => {
  it('says what a page says better for a status', () => {
    expect(faultText(new RequestRefused(409, 'x'), { 409: 'Somebody has this name.' })).toBe('Somebody has this name.');
  });

  it('tells when to try again', () => {
    expect(faultText(new RequestRefused(429, 'x', 12_300))).toContain('13 seconds');
    expect(faultText(new RequestRefused(429, 'x', 300_000))).toContain('5 minutes');
  });

  it('quotes the server only where there is nothing better to say', () => {
    expect(faultText(new RequestRefused(422, 'The name is odd.'))).toContain('The name is odd.');
    expect(faultText(new RequestRefused(500, 'stack trace'))).not.toContain('stack trace');
  });

  it('says so when the server does not answer at all', () => {
    expect(faultText(new TypeError('fetch failed'))).toContain('does not answer');
  });
});

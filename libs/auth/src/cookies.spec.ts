import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthBench, TestBrowser } from './auth.fixture.js';
import { readCookie } from './cookies.js';

describe('readCookie', () => {
  it('finds a cookie among others, whatever is around it', () => {
    const headers = { cookie: 'a=1;b = x=y ; bb=2;;c' };
    expect(readCookie(headers, 'a')).toBe('1');
    expect(readCookie(headers, 'b')).toBe('x=y');
    expect(readCookie(headers, 'bb')).toBe('2');
    for (const none of ['c', 'd', '']) expect(readCookie(headers, none)).toBeUndefined();
    expect(readCookie({}, 'a')).toBeUndefined();
  });

  it('takes any header', () => {
    const header = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', '=', ';', ' ') }));
    const isPart = (cookie: string): boolean => {
      const value = readCookie({ cookie }, 'a');
      return value === undefined || (cookie.includes(value) && !value.includes(';'));
    };
    fc.assert(fc.property(header, isPart), { numRuns: 5000 });
    expect(readCookie({ cookie: `${'x'.repeat(9000)}; a=1` }, 'a')).toBeUndefined();
  });
});

describe('Cookies', () => {
  it('are read by no script and sent by no other site', async () => {
    const { cookies } = await AuthBench.open();
    const browser = new TestBrowser({ encrypted: false });
    cookies.set(browser.request(), browser, 'c', 'v', 60);
    expect(browser.told).toEqual(['c=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax']);
    expect(cookies.read(browser.request(), 'c')).toBe('v');
  });

  it('are bound to the host and to HTTPS where there is HTTPS, and none of plain HTTP counts there', async () => {
    const { cookies } = await AuthBench.open();
    const browser = new TestBrowser({ encrypted: true });
    cookies.set(browser.request(), browser, 'c', 'v', 60);
    expect(browser.told).toEqual(['__Host-c=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure']);
    expect(cookies.read(browser.request(), 'c')).toBe('v');
    expect(cookies.read(browser.request({ cookie: 'c=planted' }), 'c')).toBeUndefined();
    cookies.clear(browser.request(), browser, 'c');
    expect(browser.jar.size).toBe(0);
  });
});

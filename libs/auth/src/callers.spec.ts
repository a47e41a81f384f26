import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthBench, TestBrowser } from './auth.fixture.js';
import { CredentialsRejected, requireScope, ScopeMissing, SignInNeeded } from './caller.js';
import { SESSION_COOKIE } from './callers.js';
import { InsecureTransport } from './request-origin.js';

let bench: AuthBench;

beforeEach(async () => {
  bench = await AuthBench.open({ adminToken: 'operator-token' });
});

afterEach(() => bench.database.close());

async function signedIn(account: string): Promise<TestBrowser> {
  const browser = new TestBrowser();
  const { secret } = await bench.sessions.open(account, browser.request());
  bench.cookies.set(browser.request(), browser, SESSION_COOKIE, secret, 60);
  return browser;
}

const bearer = (token: string) => new TestBrowser().request({ authorization: `Bearer ${token}` });

describe('Callers', () => {
  it('know the account of a session, with all its rights', async () => {
    const account = await bench.account('Ada', { isAdmin: true });
    const caller = await bench.callers.of((await signedIn(account.id)).request());
    expect(caller).toMatchObject({ key: `a:${account.id}`, via: 'cookie', name: 'Ada', isAdmin: true, account });
    expect(caller.scopes).toBeUndefined();
  });

  it('ask once for each request', async () => {
    const browser = await signedIn((await bench.account('Ada')).id);
    const request = browser.request();
    expect(bench.callers.of(request)).toBe(bench.callers.of(request));
    expect(await bench.callers.of(request)).toMatchObject({ name: 'Ada' });
    bench.callers.forget(request);
    expect(await bench.callers.of(request)).toMatchObject({ name: 'Ada' });
  });

  it('know nobody by a session that is over, or whose account is disabled', async () => {
    const account = await bench.account('Ada');
    const first = await signedIn(account.id);
    const second = await signedIn(account.id);
    const { session = '' } = await bench.callers.of(first.request());
    await bench.sessions.end(account.id, session);
    expect(await bench.callers.of(first.request())).toMatchObject({ via: 'none', account: undefined, name: '' });
    await bench.database.accounts.update(account.id, { disabledAtMs: 1 });
    expect(await bench.callers.of(second.request())).toMatchObject({ via: 'none', key: '' });
  });

  it('tell guests apart by a cookie that this server sealed', async () => {
    const browser = new TestBrowser();
    expect((await bench.callers.of(browser.request())).key).toBe('');
    bench.guests.welcome(browser.request(), browser);
    bench.guests.welcome(browser.request(), browser);
    expect(browser.told).toHaveLength(1);
    const { key } = await bench.callers.of(browser.request());
    expect(key).toMatch(/^g:[\w-]{22}$/);
    const [, seal = ''] = (browser.jar.get('weir_guest') ?? '').split('.');
    browser.jar.set('weir_guest', `${'x'.repeat(22)}.${seal}`);
    expect((await bench.callers.of(browser.request())).key).toBe('');
  });

  it('take no guest for another, whatever the cookie says', async () => {
    const browser = new TestBrowser();
    const isNobody = async (value: string): Promise<boolean> => {
      const cookie = `weir_guest=${value}; weir_session=${value}`;
      return (await bench.callers.of(browser.request({ cookie }))).key === '';
    };
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), isNobody), { numRuns: 1000 });
  });

  it('know the operator by the configured token alone', async () => {
    expect(await bench.callers.of(bearer('operator-token'))).toMatchObject({
      key: 'operator',
      via: 'operator',
      isAdmin: true,
      scopes: undefined,
    });
    for (const wrong of ['operator-toke', 'Operator-token', 'weir_x']) {
      await expect(bench.callers.of(bearer(wrong))).rejects.toThrow(CredentialsRejected);
    }
    const without = await AuthBench.open();
    await expect(without.callers.of(bearer('undefined-token'))).rejects.toThrow(CredentialsRejected);
    await without.database.close();
  });

  it('give a token the scopes that its account has too', async () => {
    const [ada, bob] = [await bench.account('Ada', { isAdmin: true }), await bench.account('Bob')];
    for (const [account, scopes] of [
      [ada, ['server:write', 'chat:write']],
      [bob, ['chat:write']],
    ] as const) {
      const { token } = await bench.tokens.create(account.id, 't', ['server:write', 'chat:write'], undefined);
      const caller = await bench.callers.of(bearer(token));
      expect(caller).toMatchObject({ key: `a:${account.id}`, via: 'token', isAdmin: account.isAdmin });
      expect([...(caller.scopes ?? [])].toSorted()).toEqual([...scopes].toSorted());
    }
  });

  it('prefer a token to a cookie, and refuse a wrong one even beside a good cookie', async () => {
    const browser = await signedIn((await bench.account('Ada')).id);
    expect((await bench.callers.of(browser.request({ authorization: 'Bearer operator-token' }))).via).toBe('operator');
    await expect(bench.callers.of(browser.request({ authorization: 'Bearer x' }))).rejects.toThrow(CredentialsRejected);
    expect((await bench.callers.of(browser.request({ authorization: 'Basic eDp5' }))).via).toBe('cookie');
  });

  it('take no token over plain HTTP from far away', async () => {
    const request = new TestBrowser({ address: '198.51.100.1' }).request({ authorization: 'Bearer operator-token' });
    await expect(bench.callers.of(request)).rejects.toThrow(InsecureTransport);
  });
});

describe('requireScope', () => {
  it('asks guests to sign in, and tokens for the scope', () => {
    const caller = { key: '', account: undefined, isAdmin: false, name: '' };
    const guest = { ...caller, via: 'none', scopes: undefined } as const;
    expect(() => requireScope(guest, 'chat:write')).toThrow(SignInNeeded);
    const token = { ...caller, via: 'token', scopes: new Set(['chat:write'] as const) } as const;
    expect(() => requireScope(token, 'chat:write')).not.toThrow();
    expect(() => requireScope(token, 'server:read')).toThrow(ScopeMissing);
    expect(() => requireScope({ ...caller, via: 'cookie', scopes: undefined }, 'server:read')).not.toThrow();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountUnknown } from './accounts.js';
import { AuthBench, TestBrowser } from './auth.fixture.js';
import { PasswordRejected, TooManyAttempts } from './sign-in-limits.js';
import { AccountNameTaken, InvitationNeeded } from './sign-ups.js';

const facts = new TestBrowser().request();
let bench: AuthBench;

beforeEach(async () => {
  bench = await AuthBench.open({ signUp: 'open' });
});

afterEach(() => bench.database.close());

describe('signing up', () => {
  it('needs an invitation unless it is open', async () => {
    const closed = await AuthBench.open();
    await expect(closed.signUps.create({ name: 'Ada', password: 'correct horse' })).rejects.toThrow(InvitationNeeded);
    await closed.database.close();
  });

  it('gives a name once, however it is written', async () => {
    await bench.signUps.create({ name: 'Ada', password: 'correct horse' });
    for (const name of ['ada', 'ADA', 'Аda', 'A-da', 'Ａｄａ']) {
      await expect(bench.signUps.create({ name, password: 'correct horse' })).rejects.toThrow(AccountNameTaken);
    }
    expect(await bench.accounts.isNameTaken('a_d_a')).toBe(true);
    expect(await bench.accounts.isNameTaken('Bob')).toBe(false);
  });

  it('gives nobody a name of those who run things, or one that nobody sees', async () => {
    for (const name of ['Operator', 'M0derator', 'ㅤㅤ']) {
      await expect(bench.signUps.create({ name, password: 'correct horse' })).rejects.toThrow(AccountNameTaken);
    }
    const setup = (await bench.setup.offerCode()) ?? '';
    expect((await bench.signUps.create({ name: 'Admin', password: 'correct horse', setup })).isAdmin).toBe(true);
  });
});

describe('signing in', () => {
  it('takes the password of the account, and tells nothing else', async () => {
    const { id } = await bench.account('Ada');
    expect(await bench.accounts.signIn({ name: ' ADA', password: 'password of Ada' }, undefined)).toMatchObject({ id });
    for (const [name, password] of [
      ['Ada', 'password of Bob'],
      ['Bob', 'password of Ada'],
      ['', ''],
    ] as const) {
      await expect(bench.accounts.signIn({ name, password }, undefined)).rejects.toThrow(new PasswordRejected());
    }
  });

  it('refuses a disabled account as if the password were wrong', async () => {
    const { id } = await bench.account('Ada');
    await bench.accounts.administer(id, { disabled: true });
    const signIn = bench.accounts.signIn({ name: 'Ada', password: 'password of Ada' }, undefined);
    await expect(signIn).rejects.toThrow(PasswordRejected);
  });

  it('locks strangers out and not the browser where the account was signed in before', async () => {
    const ada = await bench.account('Ada');
    const browser = new TestBrowser();
    bench.known.remember(browser.request(), browser, ada.id);
    const credentials = { name: 'Ada', password: 'password of Ada' };
    for (let count = 0; count < 5; count += 1) {
      await bench.accounts.signIn({ name: 'Ada', password: 'guess' }, undefined).catch(() => undefined);
    }
    await expect(bench.accounts.signIn(credentials, undefined)).rejects.toThrow(TooManyAttempts);
    const another = new TestBrowser();
    bench.known.remember(another.request(), another, (await bench.account('Bob')).id);
    const anothers = bench.known.of(another.request());
    await expect(bench.accounts.signIn(credentials, anothers)).rejects.toThrow(TooManyAttempts);
    expect(await bench.accounts.signIn(credentials, bench.known.of(browser.request()))).toMatchObject({ id: ada.id });
    browser.jar.set('weir_known', (browser.jar.get('weir_known') ?? '').replace(/^./, 'x'));
    expect(bench.known.of(browser.request())).toBeUndefined();
  });
});

describe('an account', () => {
  it('changes its password by the one before, and is signed out everywhere else', async () => {
    const ada = await bench.account('Ada');
    const [here, there] = [await bench.sessions.open(ada.id, facts), await bench.sessions.open(ada.id, facts)];
    const change = (before: string) => bench.accounts.changePassword(ada, here.id, before, 'another password');
    await expect(change('guess')).rejects.toThrow(PasswordRejected);
    expect(await bench.sessions.find(there.secret)).toBeDefined();
    await change('password of Ada');
    expect(await bench.sessions.find(there.secret)).toBeUndefined();
    expect(await bench.sessions.find(here.secret)).toBeDefined();
    await bench.accounts.signIn({ name: 'Ada', password: 'another password' }, undefined);
  });

  it('is not guessed at by who took a session', async () => {
    const ada = await bench.account('Ada');
    const { id } = await bench.sessions.open(ada.id, facts);
    for (let count = 0; count < 5; count += 1) {
      await bench.accounts.changePassword(ada, id, 'guess', 'another password').catch(() => undefined);
    }
    const right = bench.accounts.changePassword(ada, id, 'password of Ada', 'another password');
    await expect(right).rejects.toThrow(TooManyAttempts);
    await bench.accounts.signIn({ name: 'Ada', password: 'password of Ada' }, undefined);
  });

  it('is out at once when it is disabled or given another password, and asked again when its rights change', async () => {
    const told: unknown[] = [];
    bench.sessions.events.on('ended', (account, session) => told.push([account, session]));
    const { id } = await bench.account('Ada');
    for (const change of [{ disabled: true }, { disabled: false, password: 'another password' }] as const) {
      const { secret } = await bench.sessions.open(id, facts);
      await bench.accounts.administer(id, change);
      expect(await bench.sessions.find(secret)).toBeUndefined();
      expect(told.at(-1)).toEqual([id, undefined]);
    }
    told.length = 0;
    expect(await bench.accounts.administer(id, { isAdmin: true })).toMatchObject({ isAdmin: true, mayCreate: false });
    expect(told).toEqual([[id, undefined]]);
    await expect(bench.accounts.administer('nobody', {})).rejects.toThrow(AccountUnknown);
  });
});

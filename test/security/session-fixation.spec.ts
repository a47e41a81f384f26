import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  // 127.0.0.1 speaks for others, and may say that they came by HTTPS
  server = await startServer({ WEIR_TRUSTED_PROXIES: '127.0.0.1' });
  ada = await Person.first(server);
  const { code } = await ada.ask<{ code: string }>('POST', '/api/invitations', {});
  bob = await Person.invited(server, 'Bob', code);
});

afterAll(() => server.stop());

interface View {
  readonly account: { readonly name: string } | null;
  readonly csrf: string | null;
}

interface SignedIn extends View {
  /** Name and value of the cookie that the answer set. */
  readonly cookie: string;
}

async function look(cookie: string, headers: Record<string, string> = {}): Promise<View> {
  return (await (await fetch(`${server.url}/api/session`, { headers: { cookie, ...headers } })).json()) as View;
}

async function signIn(person: Person, headers: Record<string, string> = {}): Promise<SignedIn> {
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ name: person.name, password: person.password }),
  });
  expect(response.status).toBe(200);
  const line = response.headers.getSetCookie().find((cookie) => cookie.includes('weir_session=')) ?? '';
  return { ...((await response.json()) as View), cookie: line.split(';')[0] ?? '' };
}

function change(cookie: string, csrf: string | null, method: string, path: string, body?: object): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { cookie, 'x-weir-csrf': csrf ?? '', 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

describe('signing in', () => {
  it('takes over no session id that somebody else chose', async () => {
    const planted = `weir_session=${'A'.repeat(32)}`;
    const { cookie } = await signIn(ada, { cookie: planted });
    expect(cookie).toMatch(/^weir_session=[\w-]{32}$/);
    expect(cookie).not.toBe(planted);
    expect((await look(planted)).account).toBeNull();
    expect((await look(cookie)).account?.name).toBe('Ada');
  });

  it('ends a session of another account that was planted, instead of going on with it', async () => {
    const planted = await signIn(bob);
    const { cookie, csrf } = await signIn(ada, { cookie: planted.cookie, 'x-weir-csrf': planted.csrf ?? '' });
    expect(cookie).not.toBe(planted.cookie);
    expect(csrf).not.toBe(planted.csrf);
    expect((await look(planted.cookie)).account).toBeNull();
    expect((await look(cookie)).account?.name).toBe('Ada');
  });

  it('gives a secret of its own to every browser and every time', async () => {
    const made = [await signIn(ada), await signIn(ada), await signIn(bob)];
    expect(new Set(made.map(({ cookie }) => cookie)).size).toBe(3);
    expect(new Set(made.map(({ csrf }) => csrf)).size).toBe(3);
    expect((await change(made[0]?.cookie ?? '', made[1]?.csrf ?? '', 'POST', '/api/channels', {})).status).toBe(403);
  });

  it('takes no cookie of plain HTTP for one of HTTPS', async () => {
    const https = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.7' };
    const { cookie } = await signIn(ada, https);
    expect(cookie).toMatch(/^__Host-weir_session=[\w-]{32}$/);
    expect((await look(cookie, https)).account?.name).toBe('Ada');
    expect((await look(cookie.replace('__Host-', ''), https)).account).toBeNull();
    expect((await look(cookie)).account).toBeNull();
  });

  it('takes no password over plain HTTP from far away', async () => {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'http' },
      body: JSON.stringify({ name: 'Ada', password: ada.password }),
    });
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
  });
});

describe('a session', () => {
  it('is over on the server when somebody signs out', async () => {
    const { cookie, csrf } = await signIn(ada);
    const response = await change(cookie, csrf, 'DELETE', '/api/session');
    expect(await response.json()).toMatchObject({ account: null, csrf: null });
    expect(response.headers.getSetCookie().join()).toMatch(/weir_session=; Path=\/; Max-Age=0/);
    expect((await look(cookie)).account).toBeNull();
  });

  it('gets another secret with another password, and all others are over', async () => {
    const [here, there] = [await signIn(bob), await signIn(bob)];
    const body = { currentPassword: bob.password, password: 'another good password' };
    const response = await change(here.cookie, here.csrf, 'PATCH', '/api/account', body);
    expect(response.status).toBe(200);
    const view = (await response.json()) as View;
    expect(view).toMatchObject({ account: { name: 'Bob' } });
    expect(view.csrf).not.toBe(here.csrf);
    for (const { cookie } of [here, there]) expect((await look(cookie)).account).toBeNull();
    const [renewed = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
    expect((await look(renewed)).account?.name).toBe('Bob');
    const old = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Bob', password: bob.password }),
    });
    expect(old.status).toBe(401);
  });
});

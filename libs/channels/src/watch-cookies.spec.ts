import { Cookies, type OriginRequest, RequestOrigins, Seals } from '@weir/auth';
import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WatchCookies } from './watch-cookies.js';
import { hashOfWatchToken, isWatchToken, newWatchToken } from './watch-token.js';

const channel = { name: 'a', createdAtMs: 1, watchEpoch: 0 };
let database: Database;
let cookies: WatchCookies;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  database = Database.inMemory();
  const seals = new Seals(database);
  await seals.onModuleInit();
  cookies = new WatchCookies(new Cookies(new RequestOrigins({ trustedProxies: [], allowInsecureKeys: false })), seals);
});

afterEach(async () => {
  vi.useRealTimers();
  await database.close();
});

function request(cookie?: string, encrypted = false): OriginRequest {
  return { headers: cookie === undefined ? {} : { cookie }, socket: { remoteAddress: '127.0.0.1', encrypted } };
}

function given(encrypted = false): string {
  let line = '';
  cookies.set(request(undefined, encrypted), { header: (_name, value) => (line = value) }, channel);
  return line;
}

describe('WatchCookies', () => {
  it('hold for the browser that they were given to, for 30 days', () => {
    const line = given();
    expect(line).toMatch(/^weir_watch_a=[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
    const cookie = `other=1; ${line.split(';')[0]}; more=2`;
    expect(cookies.has(request(cookie), channel)).toBe(true);
    vi.advanceTimersByTime(30 * 86_400_000 - 1000);
    expect(cookies.has(request(cookie), channel)).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(cookies.has(request(cookie), channel)).toBe(false);
  });

  it('are of this host and HTTPS alone where they came by it', () => {
    const line = given(true);
    expect(line).toMatch(/^__Host-weir_watch_a=.*; Secure$/);
    expect(cookies.has(request(line.split(';')[0], true), channel)).toBe(true);
    expect(cookies.has(request(line.split(';')[0]), channel)).toBe(false);
  });

  it('end with the token and the channel, and open no other', () => {
    const [cookie = ''] = given().split(';');
    expect(cookies.has(request(cookie), { ...channel, watchEpoch: 1 })).toBe(false);
    expect(cookies.has(request(cookie), { ...channel, createdAtMs: 2 })).toBe(false);
    expect(cookies.has(request(cookie.replace('watch_a', 'watch_b')), { ...channel, name: 'b' })).toBe(false);
  });

  it('cannot be made up', () => {
    const [cookie = ''] = given().split(';');
    const [, expiry = '', seal = ''] = /=(\d+)\.(.*)$/.exec(cookie) ?? [];
    for (const value of ['', '.', `${Number(expiry) + 1}.${seal}`, `${expiry}.${seal.slice(1)}`, `${expiry}.`, seal]) {
      expect(cookies.has(request(`weir_watch_a=${value}`), channel)).toBe(false);
    }
    for (let at = 0; at < seal.length - 1; at += 1) {
      const other = seal[at] === 'A' ? 'B' : 'A';
      const forged = `${expiry}.${seal.slice(0, at)}${other}${seal.slice(at + 1)}`;
      expect(cookies.has(request(`weir_watch_a=${forged}`), channel)).toBe(false);
    }
  });
});

describe('watch tokens', () => {
  it('are random and known by their hash alone', () => {
    const made = new Set(Array.from({ length: 100 }, newWatchToken));
    expect(made.size).toBe(100);
    const [token = ''] = made;
    expect(token).toMatch(/^[\w-]{32}$/);
    const watchHash = hashOfWatchToken(token);
    expect(isWatchToken({ watchHash }, token)).toBe(true);
    for (const wrong of [undefined, '', `${token} `, token.toLowerCase(), newWatchToken()]) {
      expect(isWatchToken({ watchHash }, wrong)).toBe(false);
    }
    expect(isWatchToken({ watchHash: undefined }, token)).toBe(false);
  });
});

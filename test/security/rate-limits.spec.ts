import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let ada: Person;

beforeAll(async () => {
  // 127.0.0.1 speaks for others, so that each test has addresses of its own
  server = await startServer({ WEIR_TRUSTED_PROXIES: '127.0.0.1' });
  ada = await Person.first(server);
  const { code } = await ada.ask<{ code: string }>('POST', '/api/invitations', {});
  await Person.invited(server, 'Bob', code);
});

afterAll(() => server.stop());

function post(path: string, address: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address,
      'x-forwarded-proto': 'https',
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

const signIn = (name: string, password: string, address: string, headers: Record<string, string> = {}) =>
  post('/api/session', address, { name, password }, headers);

async function guess(name: string, times: number, network: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) {
    statuses.push((await signIn(name, `guess ${count}`, `198.51.${network}.${count + 1}`)).status);
  }
  return statuses;
}

describe('wrong passwords', () => {
  it('lock a name out after five, from wherever they come, and say for how long', async () => {
    expect(await guess('Ada', 6, 1)).toEqual([401, 401, 401, 401, 429, 429]);
    const refused = await signIn('ADA', ada.password, '198.51.2.1');
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

  it('lock nobody out who is signed in, in whatever they do there', async () => {
    await ada.ask('POST', '/api/channels', { name: 'still-mine' });
    expect(await ada.ask('GET', '/api/account/sessions')).toHaveLength(1);
  });

  it('lock nobody out of a browser where they were signed in before', async () => {
    await ada.ask('DELETE', '/api/session');
    expect(ada.cookie).not.toContain('weir_session=');
    const back = await ada.request('POST', '/api/session', { name: ada.name, password: ada.password });
    expect(back.status).toBe(200);
  });

  it('tell nothing about which names there are', async () => {
    expect(await guess('Nobody', 6, 3)).toEqual([401, 401, 401, 401, 429, 429]);
    const answers = await Promise.all(['Somebody', 'Bob'].map((name) => signIn(name, 'wrong', '198.51.4.1')));
    const [unknown, known] = await Promise.all(answers.map((answer) => answer.text()));
    expect(unknown).toBe(known);
    expect(known).toContain('The name or the password is wrong.');
  });

  it('are written down once for each lock-out, and not what was tried', async () => {
    const entries = await (
      await fetch(`${server.url}/api/audit`, { headers: { authorization: `Bearer ${server.adminToken}` } })
    ).json();
    const { entries: all } = entries as { entries: { action: string; target: string }[] };
    const locks = all.filter(({ action }) => action === 'session.lock');
    expect(locks.map(({ target }) => target)).toEqual(['', 'Ada']);
    expect(JSON.stringify(all)).not.toContain('guess');
  });
});

describe('an address', () => {
  it('tries twenty passwords a minute at most', async () => {
    // of a name that is locked out, which costs no work
    for (let count = 0; count < 20; count += 1) await signIn('Ada', 'wrong', '203.0.113.1');
    expect((await signIn('Fay', 'wrong', '203.0.113.1')).status).toBe(429);
    expect((await signIn('Fay', 'wrong', '203.0.113.2')).status).toBe(401);
  });

  it('tries twenty codes of invitations and of the setup link a minute at most', async () => {
    const account = { name: 'Eve', password: 'a good password' };
    for (const [path, body] of [
      ['/api/invitations/look', { code: 'guess' }],
      ['/api/accounts', { ...account, invitation: 'guess' }],
      ['/api/accounts', { ...account, setup: 'guess' }],
    ] as const) {
      const address = `203.0.113.${10 + JSON.stringify(body).length}`;
      const statuses: number[] = [];
      for (let count = 0; count < 21; count += 1) statuses.push((await post(path, address, body)).status);
      expect([path, statuses.slice(0, 20).every((status) => status === 403), statuses[20]]).toEqual([path, true, 429]);
    }
  });
});

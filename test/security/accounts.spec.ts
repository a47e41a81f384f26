import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person, setupCode } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let folder: string;
let ada: Person;
let bob: Person;
let setup: string;
const secrets: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-accounts-'));
  server = await startServer({ WEIR_DATA_DIR: folder, WEIR_LOG_LEVEL: 'debug' });
  setup = setupCode(server);
  ada = await Person.first(server);
  bob = await Person.invited(server, 'Bob', await invite());
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function invite(body: object = {}): Promise<string> {
  const { code } = await ada.ask<{ code: string }>('POST', '/api/invitations', body);
  secrets.push(code);
  return code;
}

async function signUp(body: object): Promise<number> {
  const response = await fetch(`${server.url}/api/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'correct horse battery', ...body }),
  });
  return response.status;
}

async function tokenOf(person: Person, ...scopes: string[]): Promise<string> {
  const { token } = await person.ask<{ token: string }>('POST', '/api/account/tokens', { label: 'test', scopes });
  secrets.push(token);
  return token;
}

function asToken(token: string, method: string, path: string, body?: object): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

const idOf = async (person: Person) =>
  (await person.ask<{ account: { id: string } }>('GET', '/api/session')).account.id;

describe('making an account', () => {
  it('needs the setup link, once, or an invitation that holds', async () => {
    expect(await signUp({ name: 'Eve' })).toBe(403);
    expect(await signUp({ name: 'Eve', setup })).toBe(403);
    expect(await signUp({ name: 'Eve', invitation: 'x' })).toBe(403);
    const once = await invite({ maxUses: 1 });
    expect(await signUp({ name: 'Cyd', invitation: once })).toBe(201);
    expect(await signUp({ name: 'Eve', invitation: once })).toBe(403);
    const { id, code } = await ada.ask<{ id: string; code: string }>('POST', '/api/invitations', {});
    await ada.ask('DELETE', `/api/invitations/${id}`);
    expect(await signUp({ name: 'Eve', invitation: code })).toBe(403);
  });

  it('refuses names that are taken or seem so, and passwords that are short', async () => {
    const invitation = await invite();
    expect(await signUp({ name: 'BOB', invitation })).toBe(409);
    expect(await signUp({ name: 'Вob', invitation })).toBe(409);
    expect(await signUp({ name: 'Moderator', invitation })).toBe(409);
    for (const name of ['', 'a', 'a b', '<b>x</b>', 'x\u202ey', 'x'.repeat(33)]) {
      expect([name, await signUp({ name, invitation })]).toEqual([name, 400]);
    }
    expect(await signUp({ name: 'Eve', invitation, password: 'short' })).toBe(400);
  });

  it('gives no right that nobody gave', async () => {
    expect(await signUp({ name: 'Eve', invitation: await invite(), isAdmin: true })).toBe(400);
    expect(await bob.ask('GET', '/api/session')).toMatchObject({ account: { isAdmin: false, mayCreate: true } });
  });
});

describe('administration', () => {
  it('is for administrators', async () => {
    const id = await idOf(ada);
    for (const [method, path, body] of [
      ['GET', '/api/accounts'],
      ['PATCH', `/api/accounts/${id}`, { isAdmin: false }],
      ['GET', '/api/invitations'],
      ['POST', '/api/invitations', {}],
      ['DELETE', '/api/invitations/x'],
      ['GET', '/api/audit'],
      ['GET', '/api/stats'],
      ['GET', '/api/channels?all=true'],
    ] as const) {
      expect([path, (await bob.request(method, path, body)).status]).toEqual([path, 403]);
      expect([path, (await fetch(server.url + path, { method })).status]).toEqual([path, 401]);
    }
  });

  it('is not done to the own account, so that somebody is left', async () => {
    for (const change of [{ isAdmin: false }, { disabled: true }, { password: 'another password' }]) {
      expect((await ada.request('PATCH', `/api/accounts/${await idOf(ada)}`, change)).status).toBe(403);
    }
  });

  it('puts a disabled account out at once, sessions and tokens, until it is enabled', async () => {
    const dan = await Person.invited(server, 'Dan', await invite());
    const id = await idOf(dan);
    const token = await tokenOf(dan, 'channels:write');
    await ada.ask('PATCH', `/api/accounts/${id}`, { disabled: true });
    expect(await dan.ask('GET', '/api/session')).toMatchObject({ account: null });
    expect((await dan.request('POST', '/api/channels', { name: 'dans' })).status).toBe(401);
    expect((await asToken(token, 'POST', '/api/channels', { name: 'dans' })).status).toBe(401);
    expect((await dan.request('POST', '/api/session', { name: 'Dan', password: dan.password })).status).toBe(401);
    await ada.ask('PATCH', `/api/accounts/${id}`, { disabled: false });
    expect(await dan.ask('GET', '/api/session')).toMatchObject({ account: null });
    expect((await asToken(token, 'POST', '/api/channels', { name: 'dans' })).status).toBe(201);
  });
});

describe('an API token', () => {
  it('is good for its scopes and no more than its account', async () => {
    const reader = await tokenOf(ada, 'server:read');
    expect((await asToken(reader, 'GET', '/api/accounts')).status).toBe(200);
    expect((await asToken(reader, 'POST', '/api/invitations', {})).status).toBe(403);
    expect((await asToken(reader, 'POST', '/api/channels', { name: 'no' })).status).toBe(403);
    const bobs = await tokenOf(bob, 'server:read', 'server:write');
    expect((await asToken(bobs, 'GET', '/api/accounts')).status).toBe(403);
  });

  it('makes neither itself nor anybody mightier', async () => {
    const token = await tokenOf(ada, 'server:read', 'server:write', 'channels:write', 'keys:write');
    for (const [method, path, body] of [
      ['GET', '/api/account/tokens'],
      ['POST', '/api/account/tokens', { label: 'x', scopes: ['chat:write'] }],
      ['GET', '/api/account/sessions'],
      ['PATCH', '/api/account', { currentPassword: ada.password, password: 'another password' }],
      ['PATCH', `/api/accounts/${await idOf(bob)}`, { isAdmin: true }],
      ['PATCH', `/api/accounts/${await idOf(bob)}`, { password: 'another password' }],
    ] as const) {
      expect([path, (await asToken(token, method, path, body)).status]).toEqual([path, 403]);
    }
  });

  it('is revoked by its owner alone, and for good', async () => {
    const token = await tokenOf(bob, 'channels:read');
    const list = await bob.ask<{ id: string }[]>('GET', '/api/account/tokens');
    expect(JSON.stringify(list)).not.toContain(token);
    const id = list.at(-1)?.id ?? '';
    expect((await ada.request('DELETE', `/api/account/tokens/${id}`)).status).toBe(404);
    expect((await asToken(token, 'GET', '/api/session')).status).toBe(200);
    expect((await bob.request('DELETE', `/api/account/tokens/${id}`)).status).toBe(204);
    expect((await asToken(token, 'GET', '/api/session')).status).toBe(401);
  });
});

describe('sessions of an account', () => {
  it('are seen and ended by their owner alone', async () => {
    const again = await bob.ask<{ id: string; current: boolean }[]>('GET', '/api/account/sessions');
    const id = again[0]?.id ?? '';
    expect((await ada.request('DELETE', `/api/account/sessions/${id}`)).status).toBe(404);
    expect(again.map(({ current }) => current)).toEqual([true]);
    await bob.request('POST', '/api/session', { name: bob.name, password: bob.password });
    expect(await ada.ask('GET', '/api/account/sessions')).toHaveLength(1);
  });
});

describe('strangers', () => {
  it('are refused before anything that they sent is read', async () => {
    for (const path of ['/api/invitations', '/api/account/tokens', '/api/accounts/x', '/api/account']) {
      const method = /accounts?(\/x)?$/.test(path) ? 'PATCH' : 'POST';
      for (const body of ['{', '[]', 'x'.repeat(100_000)]) {
        const headers = { 'content-type': 'application/json' };
        expect([path, (await fetch(server.url + path, { method, headers, body })).status]).toEqual([path, 401]);
      }
    }
  });
});

describe('the server', () => {
  it('writes down who did what', async () => {
    const { entries } = await ada.ask<{ entries: { action: string; actorName: string }[] }>(
      'GET',
      '/api/audit?limit=100',
    );
    const acts = new Set(entries.map(({ action, actorName }) => `${actorName} ${action}`));
    for (const act of [
      'Ada account.create',
      'Bob account.create',
      'Ada invitation.create',
      'Ada invitation.revoke',
      'Ada account.administer',
      'Ada token.create',
      'Bob token.revoke',
      'Bob session.open',
    ]) {
      expect([act, acts.has(act)]).toEqual([act, true]);
    }
  });

  it('keeps no secret, neither in its log nor in its data', async () => {
    const cookies = [ada, bob].flatMap((person) => /weir_session=([\w-]+)/.exec(person.cookie)?.[1] ?? []);
    expect(cookies).toHaveLength(2);
    const kept = await Promise.all(
      (await readdir(folder))
        .filter((name) => name.startsWith('weir.db'))
        .map((name) => readFile(join(folder, name), 'latin1')),
    );
    expect(kept.join()).toContain('Bob');
    for (const secret of [...secrets, ...cookies, ada.password, server.adminToken]) {
      expect(server.output).not.toContain(secret);
      expect(kept.join()).not.toContain(secret);
    }
    expect(kept.join()).not.toContain(setup);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

interface Route {
  readonly method: string;
  readonly path: string;
}

let server: WeirServer;
let ada: Person;
let routes: readonly Route[];

beforeAll(async () => {
  server = await startServer();
  ada = await Person.first(server);
  const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  routes = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, methods]) =>
      ['post', 'put', 'patch', 'delete']
        .filter((method) => method in methods)
        .map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'x') })),
    );
});

afterAll(() => server.stop());

/** Asks with the cookies of a browser, as a page anywhere can make it do. */
async function send(
  { method, path }: Route,
  headers: Record<string, string>,
  body?: string,
): Promise<[number, string]> {
  const response = await fetch(server.url + path, {
    method,
    headers: { cookie: ada.cookie, ...headers },
    body: body ?? (method === 'DELETE' ? null : '{}'),
  });
  return [response.status, await response.text()];
}

describe('a page of another site', () => {
  it('changes nothing, by no route of the API', async () => {
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: server.url, 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const [status, body] = await send(route, { 'content-type': 'application/json', ...headers });
        expect([route, headers, status]).toEqual([route, headers, 403]);
        expect(body).toContain('another site');
      }
    }
  });

  it('changes nothing by another spelling of a URL, or by a body that needs no preflight', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'text/plain' };
    for (const path of ['/%61pi/channels', '/api/%63hannels', '/api/channels?x=/whip', '/api/channels/']) {
      const [status] = await send({ method: 'POST', path }, headers, '{"name":"evil"}');
      expect([path, [403, 404, 405].includes(status)]).toEqual([path, true]);
    }
    expect((await fetch(`${server.url}/api/channels/evil`)).status).toBe(404);
  });

  it('signs nobody in or up', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
    const body = JSON.stringify({ name: ada.name, password: ada.password });
    for (const path of ['/api/session', '/api/accounts']) {
      const response = await fetch(server.url + path, { method: 'POST', headers, body });
      expect(response.status).toBe(403);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe('a session', () => {
  it('changes nothing without the token of its own, by no route of the API', async () => {
    const { code } = await ada.ask<{ code: string }>('POST', '/api/invitations', {});
    const bob = await Person.invited(server, 'Bob', code);
    const { csrf } = await bob.ask<{ csrf: string }>('GET', '/api/session');
    for (const route of routes) {
      for (const token of ['', 'x', csrf]) {
        const [status, body] = await send(route, { origin: server.url, 'x-weir-csrf': token });
        expect([route, token, status]).toEqual([route, token, 403]);
        expect(body).toContain('X-Weir-CSRF');
      }
    }
    await ada.ask('POST', '/api/channels', { name: 'own' });
  });

  it('is kept in a cookie that no script reads and no other site sends along', async () => {
    const signIn = { name: ada.name, password: ada.password };
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signIn),
    });
    const [cookie = ''] = response.headers.getSetCookie().filter((line) => line.startsWith('weir_session='));
    expect(cookie).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toMatch(/domain/i);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('a token', () => {
  it('needs no cookie, and so no more than itself', async () => {
    const { token } = await ada.ask<{ token: string }>('POST', '/api/account/tokens', {
      label: 'program',
      scopes: ['channels:write'],
    });
    for (const value of [token, server.adminToken]) {
      const response = await fetch(`${server.url}/api/channels`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${value}`,
          origin: 'https://tool.example',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ name: value === token ? 'by-token' : 'by-operator' }),
      });
      expect(response.status).toBe(201);
    }
  });

  it('is what counts beside a cookie, also when it is wrong', async () => {
    const route = { method: 'POST', path: '/api/channels' };
    const headers = { authorization: 'Bearer wrong', origin: 'https://evil.example' };
    expect((await send(route, headers))[0]).toBe(401);
    expect((await send(route, { ...headers, authorization: 'Basic eDp5' }))[0]).toBe(403);
  });
});

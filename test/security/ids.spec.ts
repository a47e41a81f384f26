import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { CreatedInvitation, CreatedStreamKey } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { nameOf, parametersOf, type RouteDocument, type ServerRoute, serverRoutes } from './server-routes.js';

const agent = new Agent({ keepAlive: true });

let server: WeirServer;
let owner: Person;
let other: Person;
let routes: ServerRoute[];

const guesses = [
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '..%5c..%5cwindows%5cwin.ini',
  '%00',
  'a%00b',
  '__proto__',
  'constructor',
  'toString',
  '%F0%9F%92%A9',
  '%27%20OR%201%3D1--',
  '%22%3E%3Cscript%3E',
  '*',
  '-1',
  '0',
  'null',
  '0'.repeat(24),
  'x'.repeat(300),
  '%EF%BC%8E%EF%BC%8E%EF%BC%8F',
];

beforeAll(async () => {
  server = await startServer();
  const admin = await Person.first(server, 'Root');
  owner = await newcomer(admin, 'Olivia');
  other = await newcomer(admin, 'Oscar');
  await owner.ask('POST', '/api/channels', { name: 'mine' });
  await other.ask('POST', '/api/channels', { name: 'theirs' });
  const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as RouteDocument;
  routes = await serverRoutes(document);
}, 120_000);

afterAll(() => {
  agent.destroy();
  return server.stop();
});

async function newcomer(admin: Person, name: string): Promise<Person> {
  const { code } = await admin.ask<CreatedInvitation>('POST', '/api/invitations', {});
  return Person.invited(server, name, code);
}

/** Asks for a path exactly as it is written, which fetch would tidy up. */
async function ask(method: string, path: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.url);
  const headers = { authorization: `Bearer ${server.adminToken}` };
  const sent = request({ hostname, port, method, path, headers, agent }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, text: (await response.setEncoding('utf8').toArray()).join('') };
}

describe('guessed paths and ids', () => {
  it('find nothing and break nothing, on any route, even for the administrator', async () => {
    const withParameters = routes.filter((route) => parametersOf(route).length > 0);
    expect(withParameters.length).toBeGreaterThan(40);
    for (const route of withParameters) {
      const isPage = /^\/(?!api|whip|whep|hls|shared)/.test(route.path) && !route.path.includes('{file}');
      const isOpen = isPage || route.method === 'OPTIONS' || nameOf(route) === 'GET /whip/{channel}';
      for (const guess of guesses) {
        const path = route.path.replaceAll(/\{\w+\}/g, guess);
        const { status, text } = await ask(route.method, path);
        const what = `${route.method} ${path} answered ${status} ${text.slice(0, 100)}`;
        expect(status, what).toBeLessThan(500);
        if (!isOpen) expect(status, what).toBeGreaterThanOrEqual(400);
        expect(text, what).not.toMatch(/root:x:|<script>alert|SQLITE|syntax error|node_modules/i);
      }
    }
  });

  it('of another channel are no way into it', async () => {
    const key = await other.ask<CreatedStreamKey>('POST', '/api/channels/theirs/keys', {});
    const invitation = await other.ask<CreatedInvitation>('POST', '/api/channels/theirs/invitations', {});
    for (const path of [`keys/${key.id}`, `invitations/${invitation.id}`]) {
      expect((await owner.request('DELETE', `/api/channels/mine/${path}`)).status).toBe(404);
      expect((await owner.request('DELETE', `/api/channels/theirs/${path}`)).status).toBe(403);
    }
    const listed = await other.ask<{ id: string; revokedAt: string | null }[]>('GET', '/api/channels/theirs/keys');
    expect(listed).toMatchObject([{ id: key.id, revokedAt: null }]);
  });
});

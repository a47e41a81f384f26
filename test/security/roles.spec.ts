import { type CreatedInvitation, Role, Scope, type SessionView } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { nameOf, type RouteDocument, type ServerRoute, serverRoutes } from './server-routes.js';

/** Who may use a route: from which role on, or everybody who is signed in, or everybody. */
type Least = Role | 'account' | 'anyone';

interface Rule {
  readonly least: Least;
  /** What an API token needs for it. */
  readonly scope?: Scope;
  readonly body?: object;
}

// A new route of a channel must be entered here, with who may use it.
const rules: Readonly<Record<string, Rule>> = {
  'GET /api/channels/{name}': { least: 'anyone' },
  'GET /api/channels/{name}/avatar': { least: 'anyone' },
  'POST /api/channels/{name}/watch': { least: 'anyone', body: {} },
  'GET /api/channels/{name}/chat': { least: 'anyone' },
  'PUT /api/channels/{name}/follow': { least: 'account', scope: 'channels:write' },
  'DELETE /api/channels/{name}/follow': { least: 'account', scope: 'channels:write' },
  'GET /api/channels/{name}/members': { least: 'moderator', scope: 'channels:read' },
  'GET /api/channels/{name}/bans': { least: 'moderator', scope: 'chat:moderate' },
  'DELETE /api/channels/{name}/bans/{author}': { least: 'moderator', scope: 'chat:moderate' },
  'GET /api/channels/{name}/audit': { least: 'moderator', scope: 'chat:moderate' },
  'GET /api/channels/{name}/chat/settings': { least: 'moderator', scope: 'chat:moderate' },
  'PATCH /api/channels/{name}/chat/settings': { least: 'moderator', scope: 'chat:moderate', body: { slowSeconds: 0 } },
  'GET /api/channels/{name}/ingest': { least: 'owner', scope: 'channels:read' },
  'PATCH /api/channels/{name}': { least: 'owner', scope: 'channels:write', body: { title: 'Other' } },
  'PUT /api/channels/{name}/avatar': { least: 'owner', scope: 'channels:write' },
  'DELETE /api/channels/{name}/avatar': { least: 'owner', scope: 'channels:write' },
  'POST /api/channels/{name}/watch-token': { least: 'owner', scope: 'channels:write' },
  'DELETE /api/channels/{name}/watch-token': { least: 'owner', scope: 'channels:write' },
  'GET /api/channels/{name}/keys': { least: 'owner', scope: 'channels:read' },
  'POST /api/channels/{name}/keys': { least: 'owner', scope: 'keys:write', body: {} },
  'DELETE /api/channels/{name}/keys/{id}': { least: 'owner', scope: 'keys:write' },
  'PUT /api/channels/{name}/members/{account}': { least: 'owner', scope: 'members:write', body: { role: 'viewer' } },
  'DELETE /api/channels/{name}/members/{account}': { least: 'owner', scope: 'members:write' },
  'GET /api/channels/{name}/invitations': { least: 'owner', scope: 'members:write' },
  'POST /api/channels/{name}/invitations': { least: 'owner', scope: 'members:write', body: { role: 'viewer' } },
  'DELETE /api/channels/{name}/invitations/{id}': { least: 'owner', scope: 'members:write' },
  'GET /api/channels/{name}/stage': { least: 'guest', scope: 'channels:read' },
  'POST /api/channels/{name}/stage/join': { least: 'guest', scope: 'stage:write', body: {} },
  'PUT /api/channels/{name}/stage/scene': { least: 'moderator', scope: 'stage:write', body: { guests: [] } },
  'PATCH /api/channels/{name}/stage/scene': { least: 'moderator', scope: 'stage:write', body: {} },
  'POST /api/channels/{name}/stage/undo': { least: 'moderator', scope: 'stage:write' },
  'POST /api/channels/{name}/stage/live': { least: 'moderator', scope: 'stage:write' },
  'DELETE /api/channels/{name}/stage/live': { least: 'moderator', scope: 'stage:write' },
  'PATCH /api/channels/{name}/stage/guests/{guest}': { least: 'moderator', scope: 'stage:write', body: {} },
  'DELETE /api/channels/{name}/stage/guests/{guest}': { least: 'moderator', scope: 'stage:write' },
  'GET /api/channels/{name}/stage/images/{image}': { least: 'anyone' },
  'PUT /api/channels/{name}/stage/images/{image}': { least: 'moderator', scope: 'stage:write' },
  'DELETE /api/channels/{name}/stage/images/{image}': { least: 'moderator', scope: 'stage:write' },
  // the last, for it takes the channel away
  'DELETE /api/channels/{name}': { least: 'owner', scope: 'channels:write' },
};

const CHANNEL = 'ranks';
const called: Readonly<Record<Role, string>> = { owner: 'Olga', moderator: 'Mona', guest: 'Gus', viewer: 'Vera' };
const OTHER = 'another';
const json = { 'content-type': 'application/json' };
const refused = [401, 403];

let server: WeirServer;
let owner: Person;
let routes: ServerRoute[];
const people = new Map<Role, Person>();
let stranger: Person;

beforeAll(async () => {
  server = await startServer();
  const admin = await Person.first(server, 'Root');
  owner = await newcomer(admin, 'Olivia');
  stranger = await newcomer(admin, 'Stan');
  await owner.ask('POST', '/api/channels', { name: CHANNEL });
  // without a program no show begins here
  await owner.ask('PATCH', `/api/channels/${CHANNEL}`, { hls: 'off' });
  for (const role of Role.options) {
    const { code } = await owner.ask<CreatedInvitation>('POST', `/api/channels/${CHANNEL}/invitations`, { role });
    people.set(role, await Person.invited(server, called[role], code));
  }
  const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as RouteDocument;
  routes = (await serverRoutes(document)).filter(({ path }) => path.startsWith('/api/channels/{name}'));
}, 120_000);

afterAll(() => server.stop());

async function newcomer(admin: Person, name: string): Promise<Person> {
  const { code } = await admin.ask<CreatedInvitation>('POST', '/api/invitations', {});
  return Person.invited(server, name, code);
}

function pathOf(route: string, channel = CHANNEL): string {
  const [, path = ''] = route.split(' ');
  const filled = path
    .replace('{name}', channel)
    .replace('{author}', 'g:nobody')
    .replaceAll(/\{\w+\}/g, 'nobody');
  return path.endsWith('/chat') ? `${filled}?from=0&to=1` : filled;
}

async function statusFor(route: string, headers: Record<string, string>, channel = CHANNEL): Promise<number> {
  const [method = ''] = route.split(' ');
  const { body } = rules[route]!;
  const answer = await fetch(server.url + pathOf(route, channel), {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    body: body ? JSON.stringify(body) : null,
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function headersOf(person: Person): Promise<Record<string, string>> {
  const { csrf } = await person.ask<SessionView>('GET', '/api/session');
  return { cookie: person.cookie, 'x-weir-csrf': csrf ?? '' };
}

async function tokenOf(person: Person, scopes: readonly Scope[]): Promise<Record<string, string>> {
  const { token } = await person.ask<{ token: string }>('POST', '/api/account/tokens', { label: 'x', scopes });
  return { authorization: `Bearer ${token}` };
}

describe('the routes of a channel', () => {
  it('are all in the table of who may use them', () => {
    expect(routes.map(nameOf).toSorted()).toEqual(Object.keys(rules).toSorted());
  });

  it('are refused to who is not enough, whatever they send', async () => {
    const strangerHeaders = await headersOf(stranger);
    const everybody = await Promise.all(
      [...people].map(async ([role, person]) => [role, await headersOf(person)] as const),
    );
    for (const [route, { least }] of Object.entries(rules)) {
      if (least === 'anyone') continue;
      expect([route, await statusFor(route, {})]).toEqual([route, 401]);
      if (least === 'account') continue;
      expect([route, 'a stranger', await statusFor(route, strangerHeaders)]).toEqual([route, 'a stranger', 403]);
      for (const [role, headers] of everybody) {
        if (Role.options.indexOf(role) <= Role.options.indexOf(least)) continue;
        expect([route, role, await statusFor(route, headers)]).toEqual([route, role, 403]);
      }
    }
  });

  it('need the scope that is theirs of an API token, and no other', async () => {
    const scopes = new Set(Object.values(rules).flatMap(({ scope }) => scope ?? []));
    const person = people.get('owner')!;
    for (const scope of scopes) {
      const others = Scope.options.filter((other) => other !== scope);
      const [only, without] = [await tokenOf(person, [scope]), await tokenOf(person, others)];
      for (const [route, rule] of Object.entries(rules)) {
        if (rule.scope !== scope || route === 'DELETE /api/channels/{name}') continue;
        expect([route, await statusFor(route, without)]).toEqual([route, 403]);
        expect([route, refused.includes(await statusFor(route, only))]).toEqual([route, false]);
      }
    }
  });

  it('are open to who is just enough', async () => {
    const headers = new Map<Least, Record<string, string>>([
      ['anyone', {}],
      ['account', await headersOf(stranger)],
    ]);
    for (const [role, person] of people) headers.set(role, await headersOf(person));
    for (const [route, { least }] of Object.entries(rules)) {
      expect([route, refused.includes(await statusFor(route, headers.get(least)!))]).toEqual([route, false]);
    }
  });
});

describe('somebody', () => {
  it('cannot make channels, unless invited to the server, and cannot give himself a role', async () => {
    const { code } = await owner.ask<CreatedInvitation>('POST', `/api/channels/${await another()}/invitations`, {});
    const viewer = await Person.invited(server, 'Vito', code);
    expect((await viewer.request('POST', '/api/channels', { name: 'mine' })).status).toBe(403);
    const { account } = await viewer.ask<SessionView>('GET', '/api/session');
    const path = `/api/channels/${OTHER}/members/${account?.id}`;
    expect((await viewer.request('PUT', path, { role: 'owner' })).status).toBe(403);
    expect(
      (await fetch(`${server.url}/api/channels`, { method: 'POST', headers: json, body: '{"name":"x"}' })).status,
    ).toBe(401);
  });

  it('can leave a channel by himself', async () => {
    const { code } = await owner.ask<CreatedInvitation>('POST', `/api/channels/${OTHER}/invitations`, {});
    const viewer = await Person.invited(server, 'Leo', code);
    const { account } = await viewer.ask<SessionView>('GET', '/api/session');
    expect((await viewer.request('DELETE', `/api/channels/${OTHER}/members/${account?.id}`)).status).toBe(204);
    expect((await viewer.request('DELETE', `/api/channels/${OTHER}/members/${account?.id}`)).status).toBe(403);
  });
});

async function another(): Promise<string> {
  await owner.ask('POST', '/api/channels', { name: OTHER });
  return OTHER;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { play, publish } from '@weir/peer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { rawRequest } from './raw-request.js';

let server: WeirServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server.stop());

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

async function ask(method: string, path: string, body?: unknown, token = server.adminToken): Promise<JsonAnswer> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

describe('channels', () => {
  it('are made with the admin token, once', async () => {
    expect((await ask('POST', '/api/channels', { name: 'one' }, '')).status).toBe(401);
    expect((await ask('POST', '/api/channels', { name: 'one' }, 'wrong')).status).toBe(401);
    const made = await ask('POST', '/api/channels', { name: 'one', title: 'The first' });
    expect(made).toMatchObject({ status: 201, body: { name: 'one', title: 'The first', live: false, viewers: 0 } });
    expect((await ask('POST', '/api/channels', { name: 'one' })).status).toBe(409);
    const { settings, ...open } = made.body as Record<string, unknown>;
    expect(settings).toEqual({ hls: 'program', record: true, isolatedTracks: false, whep: 'source' });
    expect((await ask('GET', '/api/channels/one', undefined, '')).body).toEqual({ ...open, role: null });
    expect((await ask('GET', '/api/channels/none', undefined, '')).status).toBe(404);
  });

  it('get another title and other settings from the administrator alone', async () => {
    await ask('POST', '/api/channels', { name: 'set' });
    const change = { title: 'Another', hls: 'off', record: false };
    expect((await ask('PATCH', '/api/channels/set', change, '')).status).toBe(401);
    expect(await ask('PATCH', '/api/channels/set', change)).toMatchObject({
      status: 200,
      body: { title: 'Another', hls: false, settings: { hls: 'off', record: false, isolatedTracks: false } },
    });
    expect((await ask('PATCH', '/api/channels/set', { hls: 'perhaps' })).status).toBe(400);
    expect((await ask('PATCH', '/api/channels/none', change)).status).toBe(404);
    expect((await ask('GET', '/api/channels/set', undefined, '')).body).toMatchObject({ title: 'Another', hls: false });
  });

  it('have names that fit into URLs, and a wrong body is told what is wrong', async () => {
    for (const name of ['', 'a b', 'ä', 'x'.repeat(65), '../x', 5]) {
      const refused = await ask('POST', '/api/channels', { name });
      expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('name') } });
    }
    expect((await ask('POST', '/api/channels', { name: 'ok', colour: 1 })).status).toBe(400);
    const headers = { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' };
    const malformed = await rawRequest(`${server.url}/api/channels`, { method: 'POST', headers, body: '{"name":' });
    expect(malformed.status).toBe(400);
    const huge = await ask('POST', '/api/channels', { name: 'ok', title: 'x'.repeat(100_000) });
    expect(huge.status).toBe(413);
  });

  it('are listed when live; the administrator sees all', async () => {
    const key = await server.createChannel('two');
    expect((await ask('GET', '/api/channels', undefined, '')).body).toEqual([]);
    expect((await ask('GET', '/api/channels?all=true', undefined, '')).status).toBe(401);
    const all = (await ask('GET', '/api/channels?all=true')).body as { name: string }[];
    expect(all.map(({ name }) => name)).toContain('two');
    const publication = await publish(`${server.url}/whip/two`, { token: key });
    await expect
      .poll(async () => (await ask('GET', '/api/channels', undefined, '')).body)
      .toMatchObject([{ name: 'two', live: true, since: expect.any(String) }]);
    await publication.stop();
    await expect.poll(async () => (await ask('GET', '/api/channels', undefined, '')).body).toEqual([]);
  });
});

describe('stream keys', () => {
  it('are told once, listed without their value and can be revoked', async () => {
    await ask('POST', '/api/channels', { name: 'three' });
    const made = await ask('POST', '/api/channels/three/keys', { label: 'OBS' });
    expect(made).toMatchObject({ status: 201, body: { label: 'OBS', key: expect.stringMatching(/^[\w-]{22,}$/) } });
    const { id, key } = made.body as { id: string; key: string };
    const listed = await ask('GET', '/api/channels/three/keys');
    expect(listed.body).toMatchObject([{ id, label: 'OBS', lastUsedAt: null, revokedAt: null }]);
    expect(JSON.stringify(listed.body)).not.toContain(key);

    const publication = await publish(`${server.url}/whip/three`, { token: key });
    await publication.stop();
    expect((await ask('DELETE', `/api/channels/three/keys/${id}`)).status).toBe(204);
    expect((await ask('DELETE', `/api/channels/three/keys/${id}`)).status).toBe(404);
    await expect(publish(`${server.url}/whip/three`, { token: key })).rejects.toThrow(/^401/);
    expect((await ask('GET', '/api/channels/three/keys')).body).toMatchObject([
      { lastUsedAt: expect.any(String), revokedAt: expect.any(String) },
    ]);
  });

  it('need no body, but the admin token and a channel', async () => {
    await ask('POST', '/api/channels', { name: 'four' });
    expect((await ask('POST', '/api/channels/four/keys')).status).toBe(201);
    expect((await ask('POST', '/api/channels/four/keys', {}, '')).status).toBe(401);
    expect((await ask('POST', '/api/channels/none/keys', {})).status).toBe(404);
  });
});

describe('the setup link', () => {
  it('is printed by the first start and makes one account, which administers the server', async () => {
    const first = await startServer({ WEIR_ADMIN_TOKEN: '' });
    await expect.poll(() => first.output).toMatch(/\/setup#code=[\w-]+/);
    const setup = /\/setup#code=([\w-]+)/.exec(first.output)?.[1];
    const signUp = (code: unknown) =>
      fetch(`${first.url}/api/accounts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Somebody', password: 'correct horse battery', setup: code }),
      });
    expect((await signUp('wrong')).status).toBe(403);
    const made = await signUp(setup);
    expect(made.status).toBe(201);
    expect((await signUp(setup)).status).toBe(403);
    const cookie = made.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    const all = await fetch(`${first.url}/api/channels?all=true`, { headers: { cookie } });
    expect(all.status).toBe(200);
    await first.stop();
  });
});

describe('the server', () => {
  it('tells that it lives and that it takes sessions', async () => {
    expect(await ask('GET', '/livez', undefined, '')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('GET', '/readyz', undefined, '')).toEqual({
      status: 200,
      body: { status: 'ok', checks: { database: true, media: true, sessions: true } },
    });
  });

  it('serves the pages with a strict policy, and assets to keep', async () => {
    for (const path of ['/', '/watch/demo', '/studio', '/studio/demo', '/admin']) {
      const response = await fetch(server.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
      const asset = /(?:src|href)="(\/assets\/[^"]+)"/.exec(await response.text())?.[1] ?? '';
      expect((await fetch(server.url + asset)).headers.get('cache-control')).toContain('immutable');
    }
  });

  it('describes every route in OpenAPI', async () => {
    const { body } = await ask('GET', '/api/openapi.json', undefined, '');
    const { paths } = body as { paths: Record<string, Record<string, unknown>> };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/whip',
        '/whip/{channel}',
        '/whep/{channel}',
        '/whip/session/{secret}',
        '/api/channels',
        '/api/programs',
        '/api/programs/{channel}',
        '/api/recordings',
        '/api/recordings/{id}',
        '/api/status',
        '/hls/{channel}/index.m3u8',
      ]),
    );
    expect(paths['/whip/{channel}']?.['post']).toMatchObject({
      requestBody: { content: { 'application/sdp': {} } },
      responses: { 201: {}, 401: {}, 415: {}, 422: {}, 503: {} },
    });
    expect((await fetch(`${server.url}/api/docs`)).status).toBe(200);
  });

  it('answers unknown and malformed URLs with problems', async () => {
    for (const [path, status] of [
      ['/nowhere', 404],
      ['/api/nowhere', 404],
      ['/%ff', 400],
    ] as const) {
      const response = await fetch(server.url + path);
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    }
  });

  it('ends cleanly at SIGTERM with people on air, and tells them', async () => {
    const busy = await startServer();
    const token = await busy.createChannel('live');
    const publication = await publish(`${busy.url}/whip/live`, { token });
    const subscription = await play(`${busy.url}/whep/live`);
    const code = await busy.stop();
    expect(code).toBe(0);
    expect(await publication.peer.closed).toBe('remote');
    expect(await subscription.peer.closed).toBe('remote');
  });

  it('ends at once at the second signal', async () => {
    const busy = await startServer();
    // Both wait for it, so that it cannot be done with the first before the second comes.
    for (const signal of ['SIGSTOP', 'SIGTERM', 'SIGINT', 'SIGCONT'] as const) process.kill(busy.pid, signal);
    await until(() => !isRunning(busy.pid), { what: 'its end' });
    expect(await busy.stop()).toBe(1);
    expect(busy.output).toContain('stopping');
    expect(busy.output).not.toContain('stopped before');
  });

  it('does not start with a key that it does not know, and says which one was meant', async () => {
    const entry = fileURLToPath(new URL('../../dist/apps/server/src/main.js', import.meta.url));
    const child = spawn(process.execPath, [entry], { env: { ...process.env, WEIR_HTP_PORT: '1' } });
    let printed = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(printed).toContain('Did you mean WEIR_HTTP_PORT?');
  });
});

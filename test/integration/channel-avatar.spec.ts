import type { Channel, SessionView } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg, png, webp } from '../../libs/channels/src/avatar-image.fixture.js';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let owner: Person;
let csrf: string;

beforeAll(async () => {
  server = await startServer();
  owner = await Person.first(server);
  csrf = (await owner.ask<SessionView>('GET', '/api/session')).csrf ?? '';
  await owner.ask('POST', '/api/channels', { name: 'seen' });
});

afterAll(() => server.stop());

function put(body: Uint8Array, type: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/api/channels/seen/avatar`, {
    method: 'PUT',
    headers: { cookie: owner.cookie, 'x-weir-csrf': csrf, 'content-type': type, ...headers },
    body: Buffer.from(body),
  });
}

function get(headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/api/channels/seen/avatar`, { headers });
}

describe('an avatar', () => {
  it('is there for all who may watch, as what it is and as nothing else', async () => {
    expect((await get()).status).toBe(404);
    const pictures = [
      ['image/png', png(40, 30)],
      ['image/jpeg', jpeg(40, 30)],
      ['image/webp', webp.lossy(40, 30)],
    ] as const;
    const urls = new Set<string | null>();
    for (const [type, bytes] of pictures) {
      const answer = await put(bytes, type);
      expect(answer.status).toBe(200);
      const { avatarUrl } = (await answer.json()) as Channel;
      urls.add(avatarUrl);
      const shown = await fetch(server.url + avatarUrl);
      expect([shown.status, shown.headers.get('content-type')]).toEqual([200, type]);
      expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
      expect(shown.headers.get('content-security-policy')).toContain('sandbox');
      expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true);
    }
    expect(urls.size).toBe(3);
  });

  it('is sent once to who has it', async () => {
    await put(png(20, 20), 'image/png');
    const tag = (await get()).headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[0-9a-f]{20}"$/);
    const again = await get({ 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is taken whatever its type is said to be, as what its bytes are', async () => {
    expect((await put(png(20, 20), 'image/jpeg')).status).toBe(200);
    expect((await get()).headers.get('content-type')).toBe('image/png');
  });

  it('is refused when it is no picture, too large or sent by somebody else', async () => {
    const markup = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    for (const type of ['image/png', 'image/svg+xml']) expect((await put(markup, type)).status).toBe(400);
    expect((await put(png(5000, 10), 'image/png')).status).toBe(400);
    const bytes = Buffer.concat([png(20, 20), Buffer.alloc(524_288)]);
    expect((await put(bytes, 'image/png')).status).toBe(413);
    expect((await put(png(20, 20), 'image/png', { 'x-weir-csrf': 'wrong' })).status).toBe(403);
    expect((await put(png(20, 20), 'image/png', { cookie: '' })).status).toBe(401);
    expect((await get()).status).toBe(200);
  });

  it('can be taken away', async () => {
    expect(await owner.ask<Channel>('DELETE', '/api/channels/seen/avatar')).toMatchObject({ avatarUrl: null });
    expect((await get()).status).toBe(404);
  });
});

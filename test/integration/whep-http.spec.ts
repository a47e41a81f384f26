import { readFileSync } from 'node:fs';
import { play, type Publication, publish } from '@weir/peer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { type RawRequest, rawRequest, type RawResponse } from './raw-request.js';

const sdpType = 'application/sdp';
const fragmentType = 'application/trickle-ice-sdpfrag';
const chrome = readFileSync(new URL('../fixtures/offers/chrome-play.sdp', import.meta.url), 'utf8');
const trickle = 'a=mid:0\r\na=candidate:1 1 udp 2130706431 198.51.100.7 5000 typ host\r\n';

let server: WeirServer;
let publication: Publication;

beforeAll(async () => {
  server = await startServer({
    WEIR_UNCONNECTED_PER_ADDRESS: '1000',
    WEIR_ICE_SERVERS: JSON.stringify([{ urls: 'stun:stun.example.net:3478' }]),
    WEIR_ALLOWED_ORIGINS: 'https://one.example, https://two.example',
  });
  const key = await server.createChannel('live');
  await server.createChannel('offline');
  publication = await publish(`${server.url}/whip/live`, { token: key });
});

afterAll(async () => {
  await publication.stop();
  await server.stop();
});

const send = (path: string, request: RawRequest) => rawRequest(server.url + path, request);
const offer = (body = chrome, path = '/whep/live', type = sdpType) =>
  send(path, { method: 'POST', headers: { 'content-type': type }, body });

async function openSession(): Promise<{ path: string; etag: string; response: RawResponse }> {
  const response = await offer();
  expect(response.status).toBe(201);
  return { path: response.header('location') ?? '', etag: response.header('etag') ?? '', response };
}

function expectProblem(response: RawResponse, status: number): void {
  expect(response.status).toBe(status);
  expect(response.header('content-type')).toBe('application/problem+json');
  expect(JSON.parse(response.body)).toMatchObject({ status, title: expect.any(String) });
}

describe('POST of an offer', () => {
  it('E-01 answers 422 to a player that wants to send, or nothing', async () => {
    for (const direction of ['sendonly', 'inactive']) {
      expectProblem(await offer(chrome.replaceAll('a=recvonly', `a=${direction}`)), 422);
    }
    expect((await offer(chrome.replaceAll('a=recvonly', 'a=sendrecv'))).status).toBe(201);
  });

  it('E-02 answers 201 with a sendonly answer, its session, a strong tag and the ICE servers', async () => {
    const { response, path, etag } = await openSession();
    expect(response.header('content-type')).toBe(sdpType);
    expect(response.header('cache-control')).toBe('no-store');
    expect(response.header('link')).toBe('<stun:stun.example.net:3478>; rel="ice-server"');
    expect(path).toMatch(/^\/whep\/session\/[A-Za-z0-9_-]{22,}$/);
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(response.body).toMatch(/^v=0\r\n/);
    expect(response.body).toContain('a=sendonly');
    expect(response.body).toContain(`127.0.0.1 ${server.rtcPort} typ host`);
  });

  it('E-04 never answers 406', async () => {
    expectProblem(await offer(''), 400);
    expectProblem(await offer(chrome.replaceAll(/opus/gi, 'speex')), 422);
  });

  it('E-05 answers 415 to another type and 400 to what is no SDP', async () => {
    const wrongType = await offer(chrome, '/whep/live', 'text/plain');
    expectProblem(wrongType, 415);
    expect(wrongType.header('accept-post')).toBe(sdpType);
    expectProblem(await offer('hello'), 400);
  });

  it('E-06 answers 409 with Retry-After while the channel is offline', async () => {
    const response = await offer(chrome, '/whep/offline');
    expectProblem(response, 409);
    expect(Number(response.header('retry-after'))).toBeGreaterThan(0);
  });

  it('answers 404 for a channel that does not exist, before anything else', async () => {
    expectProblem(await offer('x', '/whep/nobody', 'text/plain'), 404);
    expectProblem(await offer(chrome, '/whep/no%20name'), 404);
  });

  it('answers 413 to an offer that is too long', async () => {
    expectProblem(await offer(chrome + 'a=x:y\r\n'.repeat(20_000)), 413);
  });

  it('E-12 gives each session a URL that nobody can guess', async () => {
    const paths = [(await openSession()).path, (await openSession()).path];
    expect(new Set(paths).size).toBe(2);
  });
});

describe('discovery', () => {
  it('E-07 answers GET and HEAD of a channel alike: the type of offers and no content', async () => {
    for (const path of ['/whep/live', '/whep/offline']) {
      for (const method of ['GET', 'HEAD']) {
        const response = await send(path, { method });
        expect([response.status, response.body]).toEqual([200, '']);
        expect(response.header('content-type')).toBe(sdpType);
        expect(response.header('content-length')).toBe('0');
      }
    }
    expect((await send('/whep/nobody', { method: 'HEAD' })).status).toBe(404);
  });

  it('E-08 answers OPTIONS with Accept-Post, and with ICE servers unless it is a preflight', async () => {
    const plain = await send('/whep/live', { method: 'OPTIONS' });
    expect(plain.status).toBe(200);
    expect(plain.header('accept-post')).toBe(sdpType);
    expect(plain.headerLines('link')).toHaveLength(1);
    const headers = { origin: 'https://one.example', 'access-control-request-method': 'POST' };
    const preflight = await send('/whep/live', { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(200);
    expect(preflight.headerLines('link')).toEqual([]);
  });

  it('allows the configured origins only', async () => {
    const allowed = async (origin: string) => {
      const response = await send('/whep/live', { method: 'OPTIONS', headers: { origin } });
      expect(response.header('vary')).toBe('Origin');
      return response.header('access-control-allow-origin');
    };
    expect(await allowed('https://two.example')).toBe('https://two.example');
    expect(await allowed('https://three.example')).toBeUndefined();
  });

  it('answers 405 with Allow to methods that a URL does not take', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const response = await send('/whep/live', { method });
      expectProblem(response, 405);
      expect(response.header('allow')).toBe('GET, HEAD, OPTIONS, POST');
    }
    expectProblem(await send('/whep', { method: 'POST' }), 404);
  });
});

describe('a session', () => {
  it('E-08 is patched and deleted as with WHIP', async () => {
    const { path, etag } = await openSession();
    const patch = (headers: Record<string, string>, body = trickle) =>
      send(path, { method: 'PATCH', headers: { 'content-type': fragmentType, ...headers }, body });
    expectProblem(await patch({}), 428);
    expectProblem(await patch({ 'if-match': '"other"' }), 412);
    expect((await patch({ 'if-match': etag })).status).toBe(204);
    const restart = await patch(
      { 'if-match': '*' },
      'a=ice-ufrag:newfrag1\r\na=ice-pwd:newpassword0123456789abcdef\r\n',
    );
    expect(restart.status).toBe(200);
    expect(restart.header('content-type')).toBe(fragmentType);
    expectProblem(await patch({ 'if-match': etag }), 412);
    expect((await send(path, { method: 'GET' })).status).toBe(204);
    expect((await send(path, { method: 'DELETE' })).status).toBe(200);
    expectProblem(await send(path, { method: 'DELETE' }), 404);
  });

  it('is not known under the URLs of WHIP', async () => {
    const { path } = await openSession();
    expect((await send(path.replace('/whep/', '/whip/'), { method: 'DELETE' })).status).toBe(404);
    expect((await send(path, { method: 'GET' })).status).toBe(204);
  });

  it('counts as a viewer while it is connected', async () => {
    const viewers = async () => {
      const response = await fetch(`${server.url}/api/channels/live`);
      return ((await response.json()) as { viewers: number }).viewers;
    };
    const subscription = await play(`${server.url}/whep/live`);
    await expect.poll(viewers).toBe(1);
    await subscription.restartIce();
    await subscription.stop();
    await expect.poll(viewers).toBe(0);
  });
});

describe('the end of a stream', () => {
  it('ends its subscribers when the publisher deletes its session', async () => {
    const key = await server.createChannel('brief');
    const brief = await publish(`${server.url}/whip/brief`, { token: key });
    const subscription = await play(`${server.url}/whep/brief`);
    await brief.stop();
    expect(await subscription.peer.closed).toBe('remote');
    expect((await fetch(subscription.sessionUrl)).status).toBe(404);
    expectProblem(await offer(chrome, '/whep/brief'), 409);
  });

  it('waits for a publisher that hung up without a word, and keeps its viewers', async () => {
    const key = await server.createChannel('shaky');
    const shaky = await publish(`${server.url}/whip/shaky`, { token: key });
    const subscription = await play(`${server.url}/whep/shaky`);
    shaky.peer.close();
    await expect.poll(async () => (await fetch(shaky.sessionUrl)).status).toBe(404);
    expect((await fetch(subscription.sessionUrl)).status).toBe(204);
    const again = await publish(`${server.url}/whip/shaky`, { token: key });
    expect((await fetch(subscription.sessionUrl)).status).toBe(204);
    await again.stop();
    expect(await subscription.peer.closed).toBe('remote');
  });

  it('comes when the grace time is over', async () => {
    const hasty = await startServer({ WEIR_RECONNECT_GRACE_MS: '200' });
    const token = await hasty.createChannel('live');
    const publisher = await publish(`${hasty.url}/whip/live`, { token });
    const subscription = await play(`${hasty.url}/whep/live`);
    publisher.peer.close();
    expect(await subscription.peer.closed).toBe('remote');
    expect(await (await fetch(`${hasty.url}/api/channels`)).json()).toEqual([]);
    await hasty.stop();
  });
});

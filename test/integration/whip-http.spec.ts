import { readFileSync } from 'node:fs';
import { publish } from '@weir/peer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { type RawRequest, rawRequest, type RawResponse } from './raw-request.js';

const sdpType = 'application/sdp';
const fragmentType = 'application/trickle-ice-sdpfrag';
const obs = readFileSync(new URL('../fixtures/offers/obs.sdp', import.meta.url), 'utf8');
const trickle = 'a=mid:0\r\na=candidate:1 1 udp 2130706431 198.51.100.7 5000 typ host\r\n';
const otherCredentials = 'a=ice-ufrag:newfrag1\r\na=ice-pwd:newpassword0123456789abcdef\r\n';

let server: WeirServer;
let key: string;
let foreignKey: string;

beforeAll(async () => {
  server = await startServer({
    WEIR_BODY_TIMEOUT_MS: '2000',
    WEIR_UNCONNECTED_PER_ADDRESS: '1000',
    WEIR_SESSIONS_PER_ADDRESS: '1000',
    WEIR_TRUSTED_PROXIES: '127.0.0.1',
    WEIR_ICE_SERVERS: JSON.stringify([
      { urls: 'stun:stun.example.net:3478' },
      { urls: ['turn:turn.example.net:3478?transport=udp'], username: 'u', credential: 'p"\\' },
    ]),
  });
  key = await server.createChannel('live');
  foreignKey = await server.createChannel('other');
});

afterAll(() => server.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const send = (path: string, request: RawRequest) => rawRequest(server.url + path, request);
const offer = (headers: Record<string, string> = {}, body = obs, path = '/whip/live') =>
  send(path, { method: 'POST', headers: { 'content-type': sdpType, ...bearer(key), ...headers }, body });
const patch = (session: string, headers: Record<string, string>, body: string) =>
  send(session, { method: 'PATCH', headers: { 'content-type': fragmentType, ...headers }, body });

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
  it('W-01 answers 201 with an SDP answer, its session, a strong tag and no caching', async () => {
    const { response, etag } = await openSession();
    expect(response.header('content-type')).toBe(sdpType);
    expect(response.header('cache-control')).toBe('no-store');
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(response.body).toMatch(/^v=0\r\n/);
    expect(response.body.endsWith('\r\n')).toBe(true);
    expect(response.body.match(/a=recvonly/g)).toHaveLength(2);
  });

  it('W-01 takes the channel from the key at /whip', async () => {
    expect((await offer({}, obs, '/whip')).status).toBe(201);
    expect((await offer(bearer(foreignKey), obs, '/whip')).status).toBe(201);
  });

  it('W-02 compares the type without case and parameters, and answers 415 to any other', async () => {
    expect((await offer({ 'content-type': 'Application/SDP; charset=utf-8' })).status).toBe(201);
    for (const type of ['text/plain', 'application/json', 'application/sdpx']) {
      const response = await offer({ 'content-type': type });
      expectProblem(response, 415);
      expect(response.header('accept-post')).toBe(sdpType);
    }
    expectProblem(await send('/whip/live', { method: 'POST', headers: bearer(key), body: obs }), 415);
  });

  it('W-02 answers 400 to what is no SDP', async () => {
    for (const body of ['', 'hello', 'v=0', '{"type":"offer"}']) expectProblem(await offer({}, body), 400);
  });

  it('W-02 takes an offer with LF alone', async () => {
    expect((await offer({}, obs.replaceAll('\r\n', '\n'))).status).toBe(201);
  });

  it('answers 413 to a body that is too long, told or not', async () => {
    const long = obs + 'a=x:y\r\n'.repeat(20_000);
    expectProblem(await offer({ 'content-length': String(long.length) }, long), 413);
    expectProblem(await offer({ 'transfer-encoding': 'chunked' }, long), 413);
  });

  it('answers 408 to a body that does not come, and hangs up', async () => {
    const headers = { 'content-type': sdpType, 'content-length': '5000', ...bearer(key) };
    const response = await send('/whip/live', { method: 'POST', headers, body: 'v=0\r\n', neverEnds: true });
    expectProblem(response, 408);
    expect(response.header('connection')).toBe('close');
  });

  it('answers 422 to what is understood and cannot be accepted', async () => {
    const receiving = obs.replaceAll('a=sendonly', 'a=recvonly');
    const foreignCodec = obs.replaceAll(/H264/g, 'H261');
    const withData = `${obs}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n`;
    for (const body of [receiving, foreignCodec, withData]) expectProblem(await offer({}, body), 422);
  });

  it('W-05 names the session by a path without query, of at least 128 random bits', async () => {
    const paths = await Promise.all(Array.from({ length: 3 }, async () => (await openSession()).path));
    expect(new Set(paths).size).toBe(3);
    for (const path of paths) expect(path).toMatch(/^\/whip\/session\/[A-Za-z0-9_-]{22,}$/);
  });

  it('W-21 announces the candidate of the one UDP port, complete from the start', async () => {
    const { response } = await openSession();
    expect(response.body).toContain(`127.0.0.1 ${server.rtcPort} typ host`);
    expect(response.body).toContain('a=end-of-candidates');
  });

  it('W-60 tells each STUN and TURN server in a Link line of its own', async () => {
    const { response } = await openSession();
    expect(response.headerLines('link')).toEqual([
      '<stun:stun.example.net:3478>; rel="ice-server"',
      '<turn:turn.example.net:3478?transport=udp>; rel="ice-server"; username="u"; credential="p\\"\\\\"; credential-type="password"',
    ]);
  });
});

describe('authorization', () => {
  it('W-70 answers 401 without a key, and says when there was a wrong one', async () => {
    for (const authorization of ['', 'Bearer ', 'Bearer undefined', 'Basic abc']) {
      const response = await offer({ authorization });
      expectProblem(response, 401);
      expect(response.header('www-authenticate')).toBe('Bearer realm="weir"');
    }
    const wrong = await offer(bearer('wrong'));
    expectProblem(wrong, 401);
    expect(wrong.header('www-authenticate')).toBe('Bearer realm="weir", error="invalid_token"');
  });

  it('answers 403 to a key of another channel, whether the channel exists or not', async () => {
    expectProblem(await offer(bearer(foreignKey)), 403);
    expectProblem(await offer({}, obs, '/whip/nobody'), 403);
  });

  it('answers 403 to a key that came over plain HTTP from a public address', async () => {
    const forwarded = { 'x-forwarded-for': '198.51.100.9' };
    expectProblem(await offer({ ...forwarded, 'x-forwarded-proto': 'http' }), 403);
    expect((await offer({ ...forwarded, 'x-forwarded-proto': 'https' })).status).toBe(201);
  });

  it('writes neither keys nor session URLs into the log', async () => {
    const { path } = await openSession();
    await offer(bearer('very-wrong-key'));
    expect(server.output).not.toContain(key);
    expect(server.output).not.toContain('very-wrong-key');
    expect(server.output).not.toContain(path.split('/').at(-1));
  });

  it('checks in the order 404, 401, 403, 405, 415, 413, 400', async () => {
    const long = 'x'.repeat(100_000);
    const wrongType = { 'content-type': 'text/plain' };
    expectProblem(await offer({ authorization: '', ...wrongType }, long, '/whip/no%20name'), 404);
    expectProblem(await offer({ authorization: '', ...wrongType }, long), 401);
    expectProblem(await offer({ ...bearer(foreignKey), ...wrongType }, long), 403);
    expectProblem(await send('/whip/live', { method: 'PUT', headers: wrongType, body: long }), 401);
    expectProblem(await send('/whip/live', { method: 'PUT', headers: { ...bearer(key), ...wrongType } }), 405);
    expectProblem(await offer(wrongType, long), 415);
    expectProblem(await offer({}, long), 413);
    expectProblem(await offer({}, 'x'), 400);
  });

  it('refuses without waiting for the body', async () => {
    const headers = { 'content-type': sdpType, 'content-length': '5000' };
    expectProblem(await send('/whip/live', { method: 'POST', headers, neverEnds: true }), 401);
  });
});

describe('other methods', () => {
  it('W-03 answers GET and HEAD without content', async () => {
    const { path } = await openSession();
    for (const url of ['/whip', '/whip/live', path]) {
      for (const method of ['GET', 'HEAD']) {
        const response = await send(url, { method });
        expect([response.status, response.body]).toEqual([204, '']);
      }
    }
  });

  it('W-04 answers OPTIONS with what may be posted, with and without CORS', async () => {
    const { path } = await openSession();
    for (const url of ['/whip', '/whip/live', path]) {
      const plain = await send(url, { method: 'OPTIONS' });
      expect(plain.status).toBe(200);
      expect(plain.header('accept-post')).toBe(sdpType);
      const headers = { origin: 'https://example.net', 'access-control-request-method': 'POST' };
      const preflight = await send(url, { method: 'OPTIONS', headers });
      expect(preflight.status).toBe(200);
      expect(preflight.header('access-control-allow-origin')).toBe('*');
      expect(preflight.header('access-control-allow-methods')).toContain('PATCH');
      for (const name of ['Authorization', 'Content-Type', 'If-Match', 'ETag']) {
        expect(preflight.header('access-control-allow-headers')).toContain(name);
      }
    }
  });

  it('W-61 tells ICE servers on OPTIONS to holders of a key, and not on a preflight', async () => {
    const headers = bearer(key);
    expect((await send('/whip/live', { method: 'OPTIONS', headers })).headerLines('link')).toHaveLength(2);
    expect((await send('/whip/live', { method: 'OPTIONS' })).headerLines('link')).toEqual([]);
    const preflight = { ...headers, origin: 'https://example.net', 'access-control-request-method': 'POST' };
    expect((await send('/whip/live', { method: 'OPTIONS', headers: preflight })).headerLines('link')).toEqual([]);
  });

  it('answers 405 with Allow to methods that a URL does not take', async () => {
    const { path } = await openSession();
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const response = await send('/whip/live', { method, headers: bearer(key) });
      expectProblem(response, 405);
      expect(response.header('allow')).toBe('GET, HEAD, OPTIONS, POST');
    }
    for (const method of ['PUT', 'POST']) {
      const response = await send(path, { method });
      expectProblem(response, 405);
      expect(response.header('allow')).toContain('DELETE');
    }
  });

  it('adds CORS headers to errors too, and exposes what clients must read', async () => {
    const response = await send('/whip/live', { method: 'POST', headers: { origin: 'https://example.net' } });
    expect(response.status).toBe(401);
    expect(response.header('access-control-allow-origin')).toBe('*');
    for (const name of ['Location', 'ETag', 'Link', 'Retry-After', 'Accept-Post', 'WWW-Authenticate']) {
      expect(response.header('access-control-expose-headers')).toContain(name);
    }
    expect(response.header('vary')).toContain('Origin');
  });
});

describe('PATCH of a session', () => {
  it('W-20 takes a trickle with the current tag: 204 without body or tag', async () => {
    const { path, etag } = await openSession();
    const response = await patch(path, { 'if-match': etag }, trickle);
    expect([response.status, response.body, response.header('etag')]).toEqual([204, '', undefined]);
  });

  it('W-22 gives each ICE session a tag of its own', async () => {
    const tags = [await openSession(), await openSession()].map(({ etag }) => etag);
    expect(new Set(tags).size).toBe(2);
  });

  it('W-23 answers 428 without If-Match and 412 to any tag but the current one', async () => {
    const { path, etag } = await openSession();
    expectProblem(await patch(path, {}, trickle), 428);
    for (const wrong of ['"other"', `W/${etag}`]) expectProblem(await patch(path, { 'if-match': wrong }, trickle), 412);
  });

  it('W-24 takes candidates of any kind, and contacts none', async () => {
    const { path, etag } = await openSession();
    const odd = [
      'a=candidate:1 1 UDP 1 abcdef.local 9 typ host generation 0 ufrag X network-cost 10',
      'a=candidate:2 1 tcp 1 192.0.2.1 9 typ host tcptype active',
      'a=candidate:3 1 udp 1 169.254.169.254 80 typ host',
      'a=end-of-candidates',
      'a=',
    ];
    const body = `m=audio 9 RTP/AVP 0\r\na=mid:9\r\n${odd.join('\r\n')}\r\n`;
    expect((await patch(path, { 'if-match': etag }, body)).status).toBe(204);
  });

  it('W-25 answers two PATCHes with the old tag after a restart with 412', async () => {
    const { path, etag } = await openSession();
    expect((await patch(path, { 'if-match': '*' }, otherCredentials)).status).toBe(200);
    const late = await Promise.all([
      patch(path, { 'if-match': etag }, trickle),
      patch(path, { 'if-match': etag }, trickle),
    ]);
    for (const response of late) expectProblem(response, 412);
  });

  it('W-26 tells a restart by changed credentials, not by If-Match', async () => {
    const { path, etag } = await openSession();
    const own = obs.match(/a=ice-(ufrag|pwd):.*\r\n/g)?.join('') ?? '';
    expect((await patch(path, { 'if-match': '*' }, own + trickle)).status).toBe(204);
    expect((await patch(path, { 'if-match': etag }, otherCredentials)).status).toBe(200);
  });

  it('W-27 takes If-Match * with and without quotes', async () => {
    const { path } = await openSession();
    for (const any of ['*', '"*"']) expect((await patch(path, { 'if-match': any }, trickle)).status).toBe(204);
  });

  it('W-28 answers a restart with new credentials, all candidates and a new tag', async () => {
    const { path, etag, response } = await openSession();
    const restart = await patch(path, { 'if-match': '*' }, otherCredentials);
    expect(restart.status).toBe(200);
    expect(restart.header('content-type')).toBe(fragmentType);
    expect(restart.header('etag')).toMatch(/^"[^"]+"$/);
    expect(restart.header('etag')).not.toBe(etag);
    expect(restart.body).toContain('a=ice-lite');
    expect(restart.body).toContain(`127.0.0.1 ${server.rtcPort} typ host`);
    const ufrag = (sdp: string) => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
    expect(ufrag(restart.body)).not.toBe(ufrag(response.body));
  });

  it('W-29 refuses a second restart within a second with 429 and keeps the session', async () => {
    const { path } = await openSession();
    let restarts = 0;
    const restart = () =>
      patch(path, { 'if-match': '*' }, otherCredentials.replace('newfrag1', `newfrag${(restarts += 1)}`));
    expect((await restart()).status).toBe(200);
    // One that came later than that is a restart as any other.
    const again = await until(
      async () => {
        const response = await restart();
        return response.status === 200 ? undefined : response;
      },
      { what: 'two restarts within a second', everyMs: 1 },
    );
    expectProblem(again, 429);
    expect(again.header('retry-after')).toBe('1');
    expect((await send(path, { method: 'GET' })).status).toBe(204);
  });

  it('checks in the order 404, 415, 413, 400, 428', async () => {
    const { path } = await openSession();
    const long = 'x'.repeat(20_000);
    const unknown = '/whip/session/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    expectProblem(await patch(unknown, { 'content-type': 'text/plain' }, long), 404);
    const wrongType = await patch(path, { 'content-type': sdpType }, long);
    expectProblem(wrongType, 415);
    expect(wrongType.header('accept-patch')).toBe(fragmentType);
    expectProblem(await patch(path, {}, long), 413);
    expectProblem(await patch(path, {}, 'nonsense'), 400);
    expectProblem(await patch(path, {}, trickle), 428);
  });
});

describe('DELETE of a session', () => {
  it('W-06 answers 200 once and 404 from then on, for every method', async () => {
    const { path, etag } = await openSession();
    expect((await send(path, { method: 'DELETE' })).status).toBe(200);
    for (const method of ['DELETE', 'GET', 'HEAD']) expect((await send(path, { method })).status).toBe(404);
    expectProblem(await patch(path, { 'if-match': etag }, trickle), 404);
  });

  it('W-31 ignores If-Match', async () => {
    const { path } = await openSession();
    expect((await send(path, { method: 'DELETE', headers: { 'if-match': '"other"' } })).status).toBe(200);
  });
});

describe('a connected publisher', () => {
  it('W-06 is told by DTLS when its session is deleted', async () => {
    const publication = await publish(`${server.url}/whip/live`, { token: key });
    expect((await send(new URL(publication.sessionUrl).pathname, { method: 'DELETE' })).status).toBe(200);
    expect(await publication.peer.closed).toBe('remote');
  });

  it('W-28 goes on over new credentials after an ICE restart', async () => {
    const publication = await publish(`${server.url}/whip/live`, { token: key });
    const before = publication.etag;
    await publication.restartIce();
    expect(publication.etag).not.toBe(before);
    await publication.stop();
  });

  it('is replaced by the next one with a key of the channel', async () => {
    const first = await publish(`${server.url}/whip/live`, { token: key });
    const second = await publish(`${server.url}/whip`, { token: key });
    expect(await first.peer.closed).toBe('remote');
    await until(async () => (await fetch(first.sessionUrl)).status === 404, { what: 'the end of the first' });
    expect((await fetch(second.sessionUrl)).status).toBe(204);
    await second.stop();
  });
});

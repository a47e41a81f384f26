import { readFileSync } from 'node:fs';
import { publish } from '@weir/peer';
import { afterEach, expect, it } from 'vitest';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { rawRequest, type RawResponse } from './raw-request.js';

const obs = readFileSync(new URL('../fixtures/offers/obs.sdp', import.meta.url), 'utf8');

let server: WeirServer;
let token: string;

afterEach(() => server.stop());

async function start(env: Record<string, string>): Promise<void> {
  server = await startServer(env);
  token = await server.createChannel('live');
}

function offer(): Promise<RawResponse> {
  const headers = { 'content-type': 'application/sdp', authorization: `Bearer ${token}` };
  return rawRequest(`${server.url}/whip/live`, { method: 'POST', headers, body: obs });
}

it('answers 429 with Retry-After to one address with too many unconnected sessions', async () => {
  await start({ WEIR_UNCONNECTED_PER_ADDRESS: '1' });
  const first = await offer();
  expect(first.status).toBe(201);
  const second = await offer();
  expect(second.status).toBe(429);
  expect(Number(second.header('retry-after'))).toBeGreaterThan(0);
  await rawRequest(server.url + (first.header('location') ?? ''), { method: 'DELETE' });
  expect((await offer()).status).toBe(201);
});

it('counts no offer that was refused', async () => {
  await start({ WEIR_UNCONNECTED_PER_ADDRESS: '1' });
  const headers = { 'content-type': 'application/sdp', authorization: `Bearer ${token}` };
  const refused = await rawRequest(`${server.url}/whip/live`, { method: 'POST', headers, body: 'nonsense' });
  expect(refused.status).toBe(400);
  expect((await offer()).status).toBe(201);
});

it('answers 429 to one address with too many sessions, connected ones too', async () => {
  await start({ WEIR_SESSIONS_PER_ADDRESS: '1' });
  const publication = await publish(`${server.url}/whip/live`, { token });
  expect((await offer()).status).toBe(429);
  await publication.stop();
  expect((await offer()).status).toBe(201);
});

it('W-11 answers 503 with Retry-After, and is not ready, when there are as many sessions as there may be', async () => {
  await start({ WEIR_SESSIONS_MAX: '1' });
  const publication = await publish(`${server.url}/whip/live`, { token });
  const refused = await offer();
  expect(refused.status).toBe(503);
  expect(Number(refused.header('retry-after'))).toBeGreaterThan(0);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  await publication.stop();
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

it('ends a session that never connects', async () => {
  await start({ WEIR_CONNECT_TIMEOUT_MS: '1000' });
  const session = server.url + ((await offer()).header('location') ?? '');
  await expect.poll(async () => (await fetch(session)).status, { timeout: 10_000 }).toBe(404);
});

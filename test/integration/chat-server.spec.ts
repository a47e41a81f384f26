import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate } from '@weir/dtls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatClient } from '../harness/chat-client.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let folder: string;
let server: WeirServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-chat-'));
  const { certPem, keyPem } = await createCertificate();
  await writeFile(join(folder, 'cert.pem'), certPem);
  await writeFile(join(folder, 'key.pem'), keyPem);
  server = await startServer({ WEIR_TLS_CERT: join(folder, 'cert.pem'), WEIR_TLS_KEY: join(folder, 'key.pem') });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('takes chat beside HTTP/2 on one port, and stops with sockets open, disconnecting them', async () => {
  const headers = { authorization: `Bearer ${server.adminToken}` };
  const post = https.request(`${server.url}/api/channels`, {
    method: 'POST',
    rejectUnauthorized: false,
    headers: { ...headers, 'content-type': 'application/json' },
  });
  post.end(JSON.stringify({ name: 'ch' }));
  const [created] = (await once(post, 'response')) as [IncomingMessage];
  expect(created.resume().statusCode).toBe(201);
  const options = { headers, isInsecure: true } as const;
  const speaker = await ChatClient.open(server.url, options);
  const reader = await ChatClient.open(server.url, { ...options, transports: ['polling', 'websocket'] });
  for (const client of [speaker, reader]) await client.ask('join', { channel: 'ch' });
  const said = await speaker.ask('say', { channel: 'ch', clientId: 'client-0001', body: 'hello' });
  expect(await reader.next('message')).toEqual(said);
  expect(said).toMatchObject({ author: 'operator', name: 'operator', role: 'owner' });
  expect(await server.stop()).toBe(0);
  await Promise.all([speaker.end(), reader.end()]);
});

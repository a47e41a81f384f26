import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { answerOf, keepPrivate, refusal, send } from './answer.js';
import { prepare, sendPrepared } from './prepared-response.js';

async function cacheControlOf(answer: (response: ServerResponse) => void): Promise<string | undefined> {
  const server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(request({ port, host: '127.0.0.1' }).end(), 'response')) as [IncomingMessage];
  await response.resume().toArray();
  server.close();
  return response.headers['cache-control'];
}

it('lets caches keep what is for all, and no cache between what is private', async () => {
  const playlist = answerOf(200, 'text/plain', Buffer.from('x'), 5);
  expect(await cacheControlOf((response) => send(response, playlist))).toBe('max-age=5');
  const whenPrivate = (response: ServerResponse): void => {
    keepPrivate(response);
    expect(sendPrepared(response, prepare(playlist))).toBe(false);
    send(response, playlist);
  };
  expect(await cacheControlOf(whenPrivate)).toBe('private, max-age=5');
  const missing = refusal(404, 'nothing', 2);
  const refused = (response: ServerResponse): void => {
    keepPrivate(response);
    send(response, missing);
  };
  expect(await cacheControlOf(refused)).toBe('private, max-age=2');
  expect(playlist.headers['Cache-Control']).toBe('max-age=5');
});

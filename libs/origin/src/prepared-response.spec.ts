import { Agent, createServer, get, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, answerOf, send } from './answer.js';
import { prepare, sendPrepared } from './prepared-response.js';

const answer: Answer = { ...answerOf(200, 'text/plain', Buffer.from('caf\xe9', 'latin1'), 12), text: 'caf\xe9' };

let server: Server;
let finished: number;
let wasPrepared: boolean[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  finished = 0;
  wasPrepared = [];
  server = createServer((_request, response: ServerResponse) => {
    response.once('finish', () => (finished += 1));
    wasPrepared.push(sendPrepared(response, prepare(answer)));
    if (!wasPrepared.at(-1)) send(response, answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  vi.useRealTimers();
  await new Promise((resolve) => server.close(resolve));
});

const port = () => (server.address() as AddressInfo).port;

async function talk(text: string): Promise<string> {
  const socket = connect(port(), '127.0.0.1');
  socket.end(text);
  return Buffer.concat((await socket.toArray()) as Buffer[]).toString('latin1');
}

describe('a prepared response', () => {
  it('is what Node would send otherwise, and leaves the connection for the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = 0; turn < 3; turn++) {
      const request = get({ port: port(), host: '127.0.0.1', agent });
      const [response] = await once(request, 'response');
      expect(Buffer.concat(await response.toArray())).toEqual(answer.body);
      expect(response.statusCode).toBe(200);
      expect(response.headers).toMatchObject({ 'content-length': '4', 'cache-control': 'max-age=12' });
      expect(response.headers.date).toBe(new Date().toUTCString());
      expect(request.reusedSocket).toBe(turn > 0);
    }
    agent.destroy();
    expect([wasPrepared, finished]).toEqual([[true, true, true], 3]);
  });

  it('comes in order on a connection whose client does not wait', async () => {
    const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
    const answers = await talk(request.repeat(3) + request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    expect(answers.match(/HTTP\/1\.1 200 OK\r\n[^]*?\r\n\r\ncaf\xe9/g)).toHaveLength(4);
    expect(wasPrepared).toEqual([true, true, true, false]);
  });

  it('is not for other methods, older clients and connections that end', async () => {
    expect(await talk('HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).not.toContain('caf');
    expect(await talk('GET / HTTP/1.0\r\n\r\n')).toContain('caf\xe9');
    expect(await talk('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain('caf\xe9');
    expect(wasPrepared).toEqual([false, false, false]);
  });
});

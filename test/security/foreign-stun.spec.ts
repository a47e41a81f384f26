import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asciiBytes, writeBindingRequest } from '@weir/ice';
import { hmacSha1 } from '@weir/srtp';
import { LocalSfu } from '../harness/local-sfu.js';

let sfu: LocalSfu;
let attacker: Socket;

beforeEach(async () => {
  sfu = await LocalSfu.open();
  attacker = createSocket('udp4');
  const listening = once(attacker, 'listening');
  attacker.bind(0, '127.0.0.1');
  await listening;
});
afterEach(async () => {
  attacker.close();
  await sfu.close();
});

function check(username: string, password: string): Uint8Array {
  return writeBindingRequest(
    {
      transactionId: randomBytes(12),
      username,
      priority: 1,
      role: 'controlling',
      tieBreaker: randomBytes(8),
      useCandidate: true,
    },
    asciiBytes(password),
    hmacSha1,
  );
}

it('neither answers nor follows a nomination that does not know the password, and media stays where it is', async () => {
  const publisher = await sfu.publish();
  const viewer = await sfu.subscribe();
  publisher.video.frame(2, true);
  await viewer.inbox.until('the picture', () => viewer.inbox.of(2000).length === 2);
  const heard: Buffer[] = [];
  attacker.on('message', (data) => heard.push(data));
  const before = sfu.stats.unauthenticated;
  const username = `${viewer.local.ufrag}:${viewer.remote.ufrag}`;
  const forged = [check(username, 'guessed-password-guessed'), check('unknown:unknown', viewer.local.pwd)];
  for (const request of forged) attacker.send(request, sfu.port, '127.0.0.1');
  publisher.video.frame(2);
  await viewer.inbox.until('the next frame', () => viewer.inbox.of(2000).length === 4);
  publisher.video.frame(2);
  await viewer.inbox.until('another frame', () => viewer.inbox.of(2000).length === 6);
  expect(sfu.stats.unauthenticated - before).toBe(forged.length);
  expect(heard).toEqual([]);
});

it('answers and follows the same nomination when it does know it', async () => {
  const viewer = await sfu.subscribe();
  const answered = once(attacker, 'message');
  attacker.send(check(`${viewer.local.ufrag}:${viewer.remote.ufrag}`, viewer.local.pwd), sfu.port, '127.0.0.1');
  const [answer] = (await answered) as [Buffer];
  expect(answer.readUInt16BE(0)).toBe(0x0101);
});

import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { BodyIncomplete, BodyTooLarge, readBody } from './request-body.js';

function request(headers: Record<string, string> = {}): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { headers, complete: false }) as unknown as PassThrough & IncomingMessage;
}

describe('readBody', () => {
  it('puts the pieces together before it reads them as text', async () => {
    const body = request();
    const text = readBody(body, 100, 1000);
    const bytes = Buffer.from('größe');
    body.write(bytes.subarray(0, 3));
    body.end(bytes.subarray(3));
    expect(await text).toBe('größe');
  });

  it('takes as many bytes as allowed and not one more', async () => {
    const exact = request();
    exact.end('12345');
    expect(await readBody(exact, 5, 1000)).toBe('12345');
    const long = request();
    long.end('123456');
    await expect(readBody(long, 5, 1000)).rejects.toThrow(BodyTooLarge);
  });

  it('does not wait for a body that says that it is too long', async () => {
    await expect(readBody(request({ 'content-length': '6' }), 5, 1000)).rejects.toThrow(BodyTooLarge);
  });

  it('gives up when the body does not come, or breaks off', async () => {
    await expect(readBody(request(), 5, 10)).rejects.toThrow(BodyIncomplete);
    const broken = request();
    const text = readBody(broken, 5, 1000);
    broken.destroy();
    await expect(text).rejects.toThrow(BodyIncomplete);
  });

  it('leaves no listener and no timer behind', async () => {
    const body = request();
    const before = body.listenerCount('data') + body.listenerCount('end') + body.listenerCount('error');
    const text = readBody(body, 5, 60_000);
    body.end('1');
    await text;
    expect(body.listenerCount('data') + body.listenerCount('end') + body.listenerCount('error')).toBe(before);
  });
});

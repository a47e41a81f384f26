import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OriginApp } from '../harness/origin-app.js';

const PART = 1 / 3;

let app: OriginApp;
let session: ClientHttp2Session;
let base: string;

beforeEach(async () => {
  app = await OriginApp.open({ http2: true });
  base = new URL(await app.play('live', 4 + PART)).pathname;
  session = connect(`http://127.0.0.1:${app.port}`);
});

afterEach(async () => {
  session.close();
  await app.close();
});

function ask(path: string, headers: Record<string, string> = {}): ClientHttp2Stream {
  return session.request({ ':path': path, ...headers });
}

async function answerTo(stream: ClientHttp2Stream): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  return { headers, body: Buffer.concat((await stream.toArray()) as Buffer[]) };
}

describe('HLS over HTTP/2', () => {
  it('answers all that are held on one connection with the same compressed playlist', async () => {
    const path = `${base}/720p/index.m3u8?_HLS_msn=2&_HLS_part=1`;
    const answers = Array.from({ length: 90 }, () => answerTo(ask(path, { 'accept-encoding': 'gzip' })));
    await expect.poll(() => app.origin.held.count).toBe(90);
    app.media.advanceTo(4 + 2 * PART);
    const all = await Promise.all(answers);
    expect(new Set(all.map(({ body }) => body.toString('hex'))).size).toBe(1);
    expect(gunzipSync(all[0]!.body).toString()).toContain('URI="2.1.m4s"');
    for (const { headers } of all) expect([headers[':status'], headers['content-encoding']]).toEqual([200, 'gzip']);
  });

  it('forgets a request that its client has reset', async () => {
    const stream = ask(`${base}/720p/index.m3u8?_HLS_msn=2&_HLS_part=1`);
    await expect.poll(() => app.origin.held.count).toBe(1);
    stream.close();
    await expect.poll(() => app.origin.held.count).toBe(0);
  });

  it('has media out of memory and off the disk, and headers alone for HEAD', async () => {
    const first = await answerTo(ask(`${base}/720p/0.m4s`));
    for (let seconds = 6; seconds <= 60; seconds += 2) {
      app.media.advanceTo(seconds);
      await app.stored('live', '720p', seconds / 2 - 1);
    }
    expect((await answerTo(ask(`${base}/720p/0.0.m4s`))).headers[':status']).toBe(404);
    expect((await answerTo(ask(`${base}/720p/0.m4s`))).body.equals(first.body)).toBe(true);
    const head = await answerTo(ask(`${base}/720p/0.m4s`, { ':method': 'HEAD' }));
    expect([head.headers[':status'], head.headers['content-length'], head.body.length]).toEqual([
      200,
      String(first.body.length),
      0,
    ]);
    const missing = await answerTo(ask(`${base}/720p/99.m4s`));
    expect(missing.headers[':status']).toBe(404);
  });
});

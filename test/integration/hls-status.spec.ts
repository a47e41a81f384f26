import { once } from 'node:events';
import { get as httpGet } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OriginApp } from '../harness/origin-app.js';
import { rawRequest, type RawResponse } from './raw-request.js';

let app: OriginApp;

beforeEach(async () => {
  app = await OriginApp.open();
});

afterEach(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) => rawRequest(url, { method: 'GET', headers });
const maxAge = (response: RawResponse) => Number(/^max-age=(\d+)$/.exec(response.header('cache-control') ?? '')?.[1]);
const lines = (response: RawResponse) => response.body.split('\n');

describe('what there is', () => {
  it('is named by a multivariant playlist that begins in the middle and has measured rates', async () => {
    await app.play('live', 4.5);
    const response = await get(`${app.url('live')}/index.m3u8`);
    expect(response.status).toBe(200);
    expect(response.header('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(maxAge(response)).toBe(5);
    const { epoch } = app.programs.get('live')!;
    expect(lines(response).filter((line) => line.endsWith('index.m3u8'))).toEqual([
      `${epoch}/480p/index.m3u8`,
      `${epoch}/720p/index.m3u8`,
      `${epoch}/360p/index.m3u8`,
    ]);
    expect(response.body).toContain(`URI="${epoch}/audio/index.m3u8"`);
    const [, peak, average] = /BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+)/.exec(response.body)!.map(Number);
    expect(peak).toBeGreaterThan(480 * 2000 + 120_000);
    expect(peak).toBeLessThan((480 * 2000 + 128_000) * 1.25);
    expect(average).toBeLessThanOrEqual(peak!);
  });

  it('is listed with blocking reload, parts, a hint and reports of the other renditions', async () => {
    const base = await app.play('live', 4.5);
    const response = await get(`${base}/720p/index.m3u8`);
    expect(response.status).toBe(200);
    expect(maxAge(response)).toBe(1);
    expect(response.body).toContain('CAN-BLOCK-RELOAD=YES');
    expect(response.body).toContain('#EXT-X-PRELOAD-HINT:TYPE=PART,URI="2.1.m4s"');
    for (const other of ['480p', '360p', 'audio']) {
      expect(response.body).toContain(`URI="../${other}/index.m3u8",LAST-MSN=2,LAST-PART=0`);
    }
  });

  it('is served as immutable media of its own type', async () => {
    const base = await app.play('live', 4.5);
    for (const [path, type] of [
      ['720p/init-0.mp4', 'video/mp4'],
      ['720p/0.m4s', 'video/mp4'],
      ['720p/2.0.m4s', 'video/mp4'],
      ['audio/init-0.mp4', 'audio/mp4'],
      ['audio/1.m4s', 'audio/mp4'],
      ['audio/1.3.m4s', 'audio/mp4'],
    ]) {
      const response = await get(`${base}/${path}`);
      expect([response.status, response.header('content-type'), maxAge(response)], path).toEqual([200, type, 3600]);
      expect(Number(response.header('content-length'))).toBeGreaterThan(0);
    }
  });

  it('has segments that are their parts, byte by byte', async () => {
    const base = await app.play('live', 4.5);
    const bytes = async (path: string) => Buffer.from(await (await fetch(`${base}/${path}`)).arrayBuffer());
    const parts = await Promise.all([0, 1, 2, 3, 4, 5].map((part) => bytes(`720p/1.${part}.m4s`)));
    expect(Buffer.concat(parts).equals(await bytes('720p/1.m4s'))).toBe(true);
  });

  it('may be read by pages from anywhere, which see Date and Age; no Age comes from here', async () => {
    const base = await app.play('live', 4.5);
    for (const url of [
      `${app.url('live')}/index.m3u8`,
      `${base}/720p/index.m3u8`,
      `${base}/720p/0.m4s`,
      `${base}/x/0.m4s`,
    ]) {
      const response = await get(url, { origin: 'https://player.example' });
      expect(response.header('access-control-allow-origin')).toBe('*');
      expect(response.header('access-control-expose-headers')).toBe('Date, Age');
      expect(response.header('date')).toBeDefined();
      expect(response.header('age')).toBeUndefined();
    }
    const preflight = await rawRequest(`${base}/720p/index.m3u8`, {
      method: 'OPTIONS',
      headers: { origin: 'https://player.example', 'access-control-request-method': 'GET' },
    });
    expect([preflight.status, preflight.header('access-control-allow-origin')]).toEqual([204, '*']);
    expect(preflight.header('access-control-allow-methods')).toContain('GET');
  });

  it('is compressed for those who take it, and told to caches', async () => {
    const base = await app.play('live', 4.5);
    for (const url of [`${app.url('live')}/index.m3u8`, `${base}/720p/index.m3u8`]) {
      const plain = await get(url);
      expect([plain.header('content-encoding'), plain.header('vary')]).toEqual([undefined, 'Accept-Encoding']);
      const packed = await rawBytes(url, { 'accept-encoding': 'gzip, br' });
      expect(gunzipSync(packed).toString()).toBe(plain.body);
      expect(packed.length).toBeLessThan(plain.body.length);
    }
  });

  it('has headers alone for HEAD', async () => {
    const base = await app.play('live', 4.5);
    for (const url of [`${app.url('live')}/index.m3u8`, `${base}/720p/index.m3u8`, `${base}/720p/0.m4s`]) {
      const [head, whole] = [await rawRequest(url, { method: 'HEAD' }), await get(url)];
      expect([head.status, head.body]).toEqual([200, '']);
      expect(head.header('content-length')).toBe(whole.header('content-length'));
      expect(head.header('content-type')).toBe(whole.header('content-type'));
    }
  });

  it('has a poster from its first picture on', async () => {
    await app.play('live', 1);
    expect((await get(`${app.url('live')}/poster.jpg`)).status).toBe(404);
    app.processes[0]!.listener.report({ type: 'poster', jpeg: Uint8Array.of(0xff, 0xd8) });
    const response = await get(`${app.url('live')}/poster.jpg`);
    expect([response.status, response.header('content-type'), maxAge(response)]).toEqual([200, 'image/jpeg', 5]);
  });
});

describe('what is refused', () => {
  it('are streams that do not exist: unknown, offline, switched off', async () => {
    await app.channels.create('offline', 'offline');
    await app.channels.create('off', 'off');
    await app.channels.update('off', { hls: 'off' });
    await app.goLive('off');
    for (const channel of ['nobody', 'offline', 'off']) {
      const response = await get(`${app.url(channel)}/index.m3u8`);
      expect([response.status, maxAge(response)], channel).toEqual([404, 2]);
      expect(response.header('content-type')).toBe('application/problem+json');
      expect((await get(`${app.url(channel)}/poster.jpg`)).status).toBe(404);
    }
    expect(app.processes).toEqual([]);
  });

  it('are other epochs, tracks and files', async () => {
    const base = await app.play('live', 4.5);
    for (const path of [
      '999p/index.m3u8',
      '720p/99.m4s',
      '720p/2.m4s',
      '720p/0.99.m4s',
      '720p/init-1.mp4',
      '720p/x.m4s',
    ]) {
      const response = await get(`${base}/${path}`);
      expect([response.status, maxAge(response)], path).toEqual([404, 2]);
    }
    expect((await get(`${app.url('live')}/zzz/720p/index.m3u8`)).status).toBe(404);
  });

  it('are directives that cannot be read, or that ask too far ahead', async () => {
    const base = await app.play('live', 4.5);
    for (const query of [
      '_HLS_part=1',
      '_HLS_msn=x',
      '_HLS_msn=-1',
      '_HLS_msn=1.5',
      '_HLS_msn=2&_HLS_msn=2',
      '_HLS_msn=2&_HLS_part=',
      '_HLS_msn=99999999999999999999',
      '_HLS_msn=4',
      '_HLS_msn=2&_HLS_part=10',
    ]) {
      const response = await get(`${base}/720p/index.m3u8?${query}`);
      expect([response.status, maxAge(response)], query).toEqual([400, 8]);
    }
  });

  it('are tricks with the path', async () => {
    const base = await app.play('live', 4.5);
    for (const path of [
      '/hls/live/%2e%2e/720p/index.m3u8',
      '/hls/%2e%2e/%2e%2e/720p/0.m4s',
      '/hls/..%2f..%2fetc/passwd/720p/0.m4s',
      `${new URL(base).pathname}/%2e%2e%2f720p/0.m4s`,
      `${new URL(base).pathname}/720p/..%2f..%2f0.m4s`,
      `${new URL(base).pathname}/720p/0.m4s%00`,
      `${new URL(base).pathname}/720p/00.m4s`,
      `${new URL(base).pathname}/720p/0x0.m4s`,
      `${new URL(base).pathname}/__proto__/index.m3u8`,
      '/hls/__proto__/constructor/toString/valueOf',
      '/hls/live',
      '/hls/',
    ]) {
      const status = await rawStatus(path);
      expect([400, 404], `${path}: ${status}`).toContain(status);
    }
    expect(await rawStatus(`${new URL(base).pathname}/${'a'.repeat(5000)}/index.m3u8`)).toBe(414);
    expect(await rawStatus('/hls/%zz/index.m3u8')).toBe(400);
    expect(await rawStatus(`/hls/${'a'.repeat(100_000)}/index.m3u8`)).toBe(431);
  });
});

/** Status of a request whose path goes out as it is written here. */
async function rawStatus(path: string): Promise<number> {
  const socket = connect(app.port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(chunk.toString('latin1').split(' ')[1]);
}

function rawBytes(url: string, headers: Record<string, string>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    httpGet(url, { headers, agent: false }, (response) => {
      void response.toArray().then((chunks: Buffer[]) => resolve(Buffer.concat(chunks)));
    }).once('error', reject);
  });
}

import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OriginApp, type OriginAppOptions } from '../harness/origin-app.js';
import { until } from '../harness/until.js';
import { rawRequest, type RawResponse } from './raw-request.js';

const PART = 1 / 3;

let app: OriginApp;

beforeEach(() => open());

afterEach(() => app.close());

async function open(options: OriginAppOptions = {}): Promise<void> {
  app = await OriginApp.open(options);
}

const get = (url: string) => rawRequest(url, { method: 'GET' });
const heldCount = (count: number) =>
  until(() => app.origin.held.count === count, { what: `${count} held`, everyMs: 2 });
const maxAge = (response: RawResponse) => Number(/^max-age=(\d+)$/.exec(response.header('cache-control') ?? '')?.[1]);

/** Sends a request that is going to be held, and waits until it is. */
async function hold(url: string): Promise<{ readonly response: Promise<RawResponse>; isAnswered: boolean }> {
  const before = app.origin.held.count;
  const held = { response: get(url), isAnswered: false };
  void held.response.then(() => (held.isAnswered = true));
  await heldCount(before + 1);
  return held;
}

describe('a playlist that is asked for ahead', () => {
  it('comes with the part that was asked for, and not before it', async () => {
    const base = await app.play('live', 4 + PART);
    const held = await hold(`${base}/720p/index.m3u8?_HLS_msn=2&_HLS_part=2`);
    app.media.advanceTo(4 + 2 * PART);
    await get(`${base}/720p/2.1.m4s`);
    expect(held.isAnswered).toBe(false);
    app.media.advanceTo(4 + 3 * PART);
    const response = await held.response;
    expect([response.status, maxAge(response)]).toEqual([200, 12]);
    expect(response.body).toContain('URI="2.2.m4s"');
    expect(response.body).not.toContain('#EXT-X-PART:DURATION=0.33333,URI="2.3.m4s"');
    expect(app.origin.held.count).toBe(0);
  });

  it('comes at once when the part is there already, or is older than the playlist', async () => {
    const base = await app.play('live', 4 + PART);
    for (const query of ['_HLS_msn=2&_HLS_part=0', '_HLS_msn=1', '_HLS_msn=0&_HLS_part=3']) {
      expect((await get(`${base}/720p/index.m3u8?${query}`)).status).toBe(200);
    }
  });

  it('comes with the whole segment when no part is named, and with the next one when a segment has fewer parts', async () => {
    const base = await app.play('live', 4 + 4 * PART);
    const whole = await hold(`${base}/720p/index.m3u8?_HLS_msn=2`);
    const beyond = await hold(`${base}/720p/index.m3u8?_HLS_msn=2&_HLS_part=9`);
    app.media.advanceTo(6);
    expect((await whole.response).body).toContain('\n2.m4s\n');
    await heldCount(1);
    app.media.advanceTo(6 + PART);
    expect((await beyond.response).body).toContain('URI="3.0.m4s"');
  });

  it('comes to all who wait in the order in which they asked', async () => {
    const base = await app.play('live', 4 + PART);
    const order: number[] = [];
    const all = [];
    for (let client = 0; client < 20; client++) {
      const { response } = await hold(`${base}/480p/index.m3u8?_HLS_msn=2&_HLS_part=1`);
      all.push(response.then(() => order.push(client)));
    }
    app.media.advanceTo(4 + 2 * PART);
    await Promise.all(all);
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order).toHaveLength(20);
  });

  it('comes as a delta update to those who ask for one, and whole to others', async () => {
    const base = await app.play('live', 40);
    const query = '_HLS_msn=20&_HLS_part=0';
    const delta = await hold(`${base}/720p/index.m3u8?${query}&_HLS_skip=YES`);
    const whole = await hold(`${base}/720p/index.m3u8?${query}`);
    app.media.advanceTo(40 + PART);
    const [short, long] = [(await delta.response).body, (await whole.response).body];
    expect(short).toContain('#EXT-X-SKIP:SKIPPED-SEGMENTS=');
    expect(long).not.toContain('#EXT-X-SKIP');
    const skipped = Number(/SKIPPED-SEGMENTS=(\d+)/.exec(short)![1]);
    const segments = (text: string) => text.match(/^\d+\.m4s$/gm) ?? [];
    expect(segments(long).slice(skipped)).toEqual(segments(short));
    expect(long.endsWith(short.slice(short.indexOf('#EXTINF')))).toBe(true);
  });

  it('is given up after three target durations', async () => {
    await app.close();
    await open({ profile: { partSeconds: 0.1, segmentSeconds: 0.5, holdBackSeconds: 0.3 } });
    const base = await app.play('live', 1.2);
    const { response } = await hold(`${base}/720p/index.m3u8?_HLS_msn=2&_HLS_part=3`);
    const late = await response;
    expect([late.status, late.header('cache-control')]).toEqual([503, 'no-store']);
    expect(Number(late.header('retry-after'))).toBeGreaterThan(0);
    expect(app.origin.held.count).toBe(0);
  });

  it('is forgotten when its client leaves', async () => {
    const base = await app.play('live', 4 + PART);
    const request = httpGet(`${base}/720p/index.m3u8?_HLS_msn=2&_HLS_part=1`, { agent: false });
    const failed = once(request, 'error').catch((error: unknown) => error);
    await heldCount(1);
    request.destroy();
    await heldCount(0);
    await failed;
  });

  it('is refused when too many wait', async () => {
    await app.close();
    await open({ heldMax: 3, heldPerAddress: 2 });
    const base = await app.play('live', 4 + PART);
    const url = `${base}/720p/index.m3u8?_HLS_msn=2&_HLS_part=1`;
    const held = [await hold(url), await hold(url)];
    const refused = await get(url);
    expect([refused.status, refused.header('cache-control'), refused.header('retry-after')]).toEqual([
      429,
      'no-store',
      '2',
    ]);
    app.media.advanceTo(4 + 2 * PART);
    for (const { response } of held) expect((await response).status).toBe(200);
  });
});

describe('a part that was hinted', () => {
  it('is held until all of it is there', async () => {
    const base = await app.play('live', 4 + PART);
    const sent = httpGet(`${base}/720p/2.1.m4s`, { agent: false });
    let hasBegun = false;
    sent.once('socket', (socket) => socket.once('data', () => (hasBegun = true)));
    await heldCount(1);
    app.media.advanceTo(4 + 2 * PART - 0.05);
    await get(`${base}/720p/2.0.m4s`);
    expect(hasBegun).toBe(false);
    app.media.advanceTo(4 + 2 * PART);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const bytes = Buffer.concat((await response.toArray()) as Buffer[]);
    expect([response.statusCode, response.headers['content-length']]).toEqual([200, String(bytes.length)]);
    expect(bytes.toString('latin1', 4, 8)).toBe('moof');
  });

  it('is not found when it never comes, nor is one that was not hinted', async () => {
    const base = await app.play('live', 4 + PART);
    expect((await get(`${base}/720p/2.2.m4s`)).status).toBe(404);
    const { response } = await hold(`${base}/720p/2.1.m4s`);
    app.end('live');
    expect((await response).status).toBe(404);
  });
});

describe('the first viewer', () => {
  it('starts the program and gets the playlists as soon as every track has a segment', async () => {
    await app.goLive('live');
    const { response } = await hold(`${app.url('live')}/index.m3u8`);
    expect(app.processes).toHaveLength(1);
    const { epoch } = app.programs.get('live')!;
    const media = await hold(`${app.url('live')}/${epoch}/720p/index.m3u8`);
    app.media.advanceTo(1.9);
    expect(app.origin.held.count).toBe(2);
    app.media.advanceTo(2.1);
    expect((await response).body).toContain('720p/index.m3u8');
    expect((await media.response).body).toContain('\n0.m4s\n');
  });

  it('is told to come again when the stream ends before that', async () => {
    await app.goLive('live');
    const { response } = await hold(`${app.url('live')}/index.m3u8`);
    app.end('live');
    expect((await response).status).toBe(404);
  });

  it('counts as one, however much it fetches', async () => {
    const base = await app.play('live', 4);
    expect(app.origin.viewers('live')).toBe(0);
    for (const track of ['720p', 'audio', 'audio']) {
      await rawRequest(`${base}/${track}/index.m3u8`, { method: 'GET', headers: { 'user-agent': 'one' } });
    }
    await rawRequest(`${base}/480p/index.m3u8`, { method: 'GET', headers: { 'user-agent': 'other' } });
    expect(app.origin.viewers('live')).toBe(2);
    expect(app.programs.figures()).toMatchObject([{ needs: ['test', 'viewers'] }]);
  });
});

describe('a rung that is dropped', () => {
  it('is named no more, is not found, and leaves its last media for a while', async () => {
    const base = await app.play('live', 4 + PART);
    const { response } = await hold(`${base}/480p/index.m3u8?_HLS_msn=2&_HLS_part=1`);
    app.media.closeTrack('480p');
    app.processes[0]!.listener.report({ type: 'track-ended', name: '480p' });
    expect((await response).status).toBe(404);
    for (const query of ['', '?_HLS_msn=2&_HLS_part=1']) {
      expect((await get(`${base}/480p/index.m3u8${query}`)).status).toBe(404);
    }
    expect((await get(`${base}/480p/1.m4s`)).status).toBe(200);
    expect((await get(`${app.url('live')}/index.m3u8`)).body).not.toContain('480p');
    app.media.advanceTo(6);
    expect((await get(`${base}/720p/index.m3u8`)).body).not.toContain('480p');
  });
});

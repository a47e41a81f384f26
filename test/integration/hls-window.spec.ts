import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OriginApp, type OriginAppOptions } from '../harness/origin-app.js';
import { until } from '../harness/until.js';
import { rawRequest } from './raw-request.js';

let app: OriginApp;

beforeEach(() => open());

afterEach(() => app.close());

async function open(options: OriginAppOptions = {}): Promise<void> {
  app = await OriginApp.open({ heights: [360], ...options });
}

const get = (url: string) => rawRequest(url, { method: 'GET' });
const segments = async (base: string, track = '360p') =>
  (await get(`${base}/${track}/index.m3u8`)).body.match(/^\d+\.m4s$/gm) ?? [];
const bytes = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
};
const files = async (epoch: string, track = '360p') =>
  (await readdir(join(app.dataDir, 'hls', 'live', epoch, track)).catch(() => [])).length;

/** Makes media at the pace of the disk. */
async function advance(fromSegment: number, toSegment: number): Promise<void> {
  for (let segment = fromSegment; segment <= toSegment; segment++) {
    app.media.advanceTo(2 * (segment + 1));
    await app.stored('live', '360p', segment);
  }
}

async function endOf(channel: string, base: string): Promise<void> {
  app.end(channel);
  await until(async () => (await get(`${base}/360p/index.m3u8`)).body.includes('#EXT-X-ENDLIST'), { what: 'the end' });
}

describe('the window of a live stream', () => {
  it('lets players seek back to segments that are on disk only, of the same bytes', async () => {
    const base = await app.play('live', 2);
    const [first] = [await bytes(`${base}/360p/0.m4s`)];
    await advance(1, 30);
    expect(await segments(base)).toHaveLength(31);
    expect((await get(`${base}/360p/0.0.m4s`)).status).toBe(404);
    const again = await bytes(`${base}/360p/0.m4s`);
    expect(again.status).toBe(200);
    expect(again.body.equals(first!.body)).toBe(true);
    const head = await rawRequest(`${base}/360p/0.m4s`, { method: 'HEAD' });
    expect([head.status, head.header('content-length')]).toEqual([200, String(first!.body.length)]);
  });

  it('gives up what leaves it, on disk too', async () => {
    await app.close();
    await open({ dvrSeconds: 20 });
    const base = await app.play('live', 2);
    await advance(1, 40);
    const listed = await segments(base);
    expect([10, 11]).toContain(listed.length);
    expect(listed.at(-1)).toBe('40.m4s');
    expect((await get(`${base}/360p/5.m4s`)).status).toBe(404);
    const { epoch } = app.programs.get('live')!;
    // A segment stays for as long as the playlist was long when it left it.
    await until(async () => (await files(epoch)) <= 25, { what: 'old files to be deleted' });
  });

  it('is short but alive when the disk takes nothing, and the log says so once', async () => {
    await app.close();
    const log = new PassThrough();
    let written = '';
    log.on('data', (chunk) => (written += String(chunk)));
    await open({ log });
    await writeFile(join(app.dataDir, 'hls'), 'no directory can be made here');
    const base = await app.play('live', 2);
    await until(() => written.includes('cannot be kept on disk'), { what: 'the line of log' });
    for (let segment = 1; segment <= 30; segment++) {
      app.media.advanceTo(2 * (segment + 1));
      await get(`${base}/360p/${segment}.m4s`);
    }
    await until(async () => (await segments(base)).length < 10, { what: 'a short window' });
    const listed = await segments(base);
    expect(listed.at(-1)).toBe('30.m4s');
    for (const name of listed) expect((await get(`${base}/360p/${name}`)).status, name).toBe(200);
    expect(written.match(/cannot be kept on disk/g)).toHaveLength(1);
  });

  it('goes on after a discontinuity when the program process died', async () => {
    const base = await app.play('live', 5);
    app.processes[0]!.listener.lost('signal SIGKILL');
    await until(() => app.processes.length === 2, { what: 'another process' });
    const { resume } = app.processes[1]!.options;
    expect(resume).toMatchObject({ run: 1, segment: 3 });
    app.media.advanceTo(resume!.seconds + 2.1);
    for (const track of ['360p', 'audio']) {
      const { body } = await get(`${base}/${track}/index.m3u8`);
      expect(body).toMatch(/\n2\.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-1\.mp4"\n#EXT-X-PROGRAM-DATE-TIME/);
      expect(body).toContain('\n3.m4s\n');
      expect((await get(`${base}/${track}/init-1.mp4`)).status).toBe(200);
    }
    expect((await get(`${base}/360p/init-1.mp4`)).body).toContain('in run 1');
    expect((await get(`${base}/360p/init-0.mp4`)).body).toContain('in run 0');
  });
});

describe('a stream that is over', () => {
  it('is a recording to be played from its beginning, and directives mean nothing any more', async () => {
    const base = await app.play('live', 2);
    await advance(1, 20);
    app.media.advanceTo(42.5);
    await endOf('live', base);
    for (const query of ['', '?_HLS_msn=99&_HLS_part=9', '?_HLS_skip=YES']) {
      const { status, body } = await get(`${base}/360p/index.m3u8${query}`);
      expect([status, body.includes('#EXT-X-ENDLIST'), body.includes('#EXT-X-SKIP')], query).toEqual([
        200,
        true,
        false,
      ]);
      expect(body).not.toContain('#EXT-X-PRELOAD-HINT');
    }
    const listed = await segments(base);
    expect(listed).toHaveLength(22);
    for (const name of listed) expect((await get(`${base}/360p/${name}`)).status, name).toBe(200);
    expect((await get(`${app.url('live')}/index.m3u8`)).body).toContain('360p/index.m3u8');
  });

  it('tells those who wait that it is over', async () => {
    const base = await app.play('live', 4.1);
    const held = get(`${base}/360p/index.m3u8?_HLS_msn=2&_HLS_part=3`);
    await expect.poll(() => app.origin.held.count).toBe(1);
    app.end('live');
    const response = await held;
    expect([response.status, response.body.includes('#EXT-X-ENDLIST')]).toEqual([200, true]);
  });

  it('can still be fetched when the next one begins, under names of its own', async () => {
    const before = await app.play('live', 6);
    await endOf('live', before);
    const after = await app.play('live', 4);
    expect(after).not.toBe(before);
    expect((await get(`${app.url('live')}/index.m3u8`)).body).toContain(`${app.programs.get('live')!.epoch}/360p`);
    expect((await get(`${before}/360p/index.m3u8`)).body).toContain('#EXT-X-ENDLIST');
    expect((await get(`${before}/360p/0.m4s`)).status).toBe(200);
    expect((await get(`${after}/360p/index.m3u8`)).body).not.toContain('#EXT-X-ENDLIST');
  });
});

describe('a start', () => {
  it('deletes what an earlier process left', async () => {
    await app.close();
    const left = join(app.dataDir, 'hls', 'live', 'abc', '360p');
    await mkdir(left, { recursive: true });
    await writeFile(join(left, '0.m4s'), 'old');
    await writeFile(join(app.dataDir, 'weir.db'), 'not mine');
    await open({ dataDir: app.dataDir });
    expect(await readdir(app.dataDir)).toEqual(['weir.db']);
    expect((await get(`${app.url('live')}/abc/360p/0.m4s`)).status).toBe(404);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording, RecordingLink, RecordingPage } from '@weir/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flashAndBeep, type FedMedia } from './recording-media.js';
import { RecordingScene } from './recording-scene.js';

let scene: RecordingScene;
let media: FedMedia;
const made: Recording[] = [];

beforeAll(async () => {
  media = await flashAndBeep(4);
  scene = await RecordingScene.open();
  for (const channel of ['one', 'two', 'one']) made.push(await scene.recorded(channel, media));
});

afterAll(() => scene.close());

const ids = (page: unknown): string[] => (page as RecordingPage).recordings.map(({ id }) => id);

describe('the list of recordings', () => {
  it('begins with the newest, and can be that of one channel', async () => {
    const all = await scene.ask('GET', '/api/recordings', undefined, '');
    expect(all).toMatchObject({ status: 200, body: { next: null } });
    expect(ids(all.body)).toEqual(made.map(({ id }) => id).reverse());
    expect(ids((await scene.ask('GET', '/api/recordings?channel=two')).body)).toEqual([made[1]?.id]);
    expect(ids((await scene.ask('GET', '/api/recordings?channel=three')).body)).toEqual([]);
  });

  it('comes in pages', async () => {
    const first = (await scene.ask('GET', '/api/recordings?limit=2')).body as RecordingPage;
    expect(ids(first)).toEqual([made[2]?.id, made[1]?.id]);
    const second = (await scene.ask('GET', `/api/recordings?limit=2&after=${first.next}`)).body as RecordingPage;
    expect([ids(second), second.next]).toEqual([[made[0]?.id], null]);
  });

  it('says what is wrong with a question', async () => {
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=x', 'channel=a%20b']) {
      expect([query, (await scene.ask('GET', `/api/recordings?${query}`)).status]).toEqual([query, 400]);
    }
  });
});

describe('a recording', () => {
  it('is renamed and protected by the administrator', async () => {
    const path = `/api/recordings/${made[0]?.id}`;
    expect((await scene.ask('PATCH', path, { title: 'x' }, '')).status).toBe(401);
    const changed = await scene.ask('PATCH', path, { title: '  Grüße / 1 ', protected: true });
    expect(changed).toMatchObject({ status: 200, body: { title: 'Grüße / 1', protected: true } });
    expect((await scene.ask('GET', path, undefined, '')).body).toEqual(changed.body);
    const file = await fetch(`${scene.url}/recordings/${made[0]?.id}/program.mp4`, { method: 'HEAD' });
    expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''Gr%C3%BC%C3%9Fe%201%20");
    for (const body of [{ title: '' }, { title: 5 }, { state: 'failed' }, { title: 'x'.repeat(201) }]) {
      expect((await scene.ask('PATCH', path, body)).status).toBe(400);
    }
    expect((await scene.ask('PATCH', `/api/recordings/${'0'.repeat(24)}`, {})).status).toBe(404);
  });

  it('cannot be deleted while it runs, nor downloaded', async () => {
    const program = await scene.goLive('live', media);
    program.feed(10);
    const { id } = await scene.recording('live', ({ state }) => state === 'recording');
    expect((await scene.ask('DELETE', `/api/recordings/${id}`)).status).toBe(409);
    expect((await fetch(`${scene.url}/recordings/${id}/program.mp4`)).status).toBe(409);
    program.feed();
    scene.endStream('live');
    await scene.recording('live', ({ state }) => state === 'ready');
    expect((await scene.ask('DELETE', `/api/recordings/${id}`, undefined, '')).status).toBe(401);
    expect((await scene.ask('DELETE', `/api/recordings/${id}`)).status).toBe(204);
    expect((await scene.ask('DELETE', `/api/recordings/${id}`)).status).toBe(404);
  });

  it('is not made when its channel is not recorded', async () => {
    await scene.channels.ensure('quiet', 'Quiet');
    await scene.channels.update('quiet', { record: false });
    (await scene.goLive('quiet', media)).feed();
    expect(scene.isNeeded('quiet')).toBe(false);
    scene.endStream('quiet');
    expect(ids((await scene.ask('GET', '/api/recordings?channel=quiet')).body)).toEqual([]);
  });

  it("keeps the publishers' own tracks for the administrator when its channel is set to", async () => {
    await scene.channels.ensure('own', 'Own');
    await scene.channels.update('own', { isolatedTracks: true });
    const program = await scene.goLive('own', media);
    await expect.poll(() => program.isolatedTo).toMatch(/tracks$/);
    writeFileSync(join(program.isolatedTo ?? '', 'publisher-0.mkv'), 'matroska');
    program.feed();
    scene.endStream('own');
    const ready = await scene.recording('own', ({ state }) => state === 'ready');
    expect(ready.tracks).toMatchObject([{ url: `/recordings/${ready.id}/tracks/publisher-0.mkv`, bytes: 8 }]);
    const url = scene.url + (ready.tracks[0]?.url ?? '');
    expect((await fetch(url)).status).toBe(401);
    const response = await fetch(url, { headers: { authorization: `Bearer ${scene.adminToken}` } });
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['video/x-matroska', 'matroska']);
  });

  it('of a stream that showed nothing has failed, and says so', async () => {
    await scene.goLive('nothing', media);
    scene.endStream('nothing');
    const failed = await scene.recording('nothing', ({ state }) => state === 'failed');
    expect(failed).toMatchObject({ reason: 'Nothing was recorded.', playlistUrl: null, downloads: [] });
  });
});

describe('a link for sharing', () => {
  async function shared(id: string | undefined, expiresInSeconds = 60): Promise<RecordingLink> {
    return (await scene.ask('POST', `/api/recordings/${id}/links`, { expiresInSeconds })).body as RecordingLink;
  }

  it('plays and downloads its recording', async () => {
    const link = await shared(made[1]?.id);
    const whole = await fetch(`${scene.url}/recordings/${made[1]?.id}/program.mp4`);
    const byLink = await fetch(scene.url + link.url);
    expect(byLink.headers.get('cache-control')).toContain('private');
    expect(Buffer.from(await byLink.arrayBuffer()).equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
    const playlist = await (await fetch(scene.url + link.playlistUrl)).text();
    expect(playlist).toContain('\nvideo.m3u8');
    const media = await fetch(new URL('video.m3u8', scene.url + link.playlistUrl));
    expect(await media.text()).toContain('video.0.mp4');
  });

  it('is made by the administrator alone, for a time that is told', async () => {
    const path = `/api/recordings/${made[1]?.id}/links`;
    expect((await scene.ask('POST', path, { expiresInSeconds: 60 }, '')).status).toBe(401);
    for (const expiresInSeconds of [0, -1, 1.5, 1e9, '60', undefined]) {
      expect((await scene.ask('POST', path, { expiresInSeconds })).status).toBe(400);
    }
    expect((await scene.ask('POST', `/api/recordings/${'0'.repeat(24)}/links`, { expiresInSeconds: 60 })).status).toBe(
      404,
    );
  });

  it('is of no use for anything else, changed, or late', async () => {
    const { url, expiresAt } = await shared(made[1]?.id, 1);
    const [, , id = '', token = '', file = ''] = url?.split('/') ?? [];
    const [expiry = '', signature = ''] = token.split('.');
    const later = (Number.parseInt(expiry, 36) + 1000).toString(36);
    for (const [otherId, otherToken] of [
      [made[0]?.id, token],
      [id, `${later}.${signature}`],
      [id, `${expiry}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`],
      [id, `${expiry}.`],
      [id, 'x'],
      ['..', token],
    ]) {
      expect((await fetch(`${scene.url}/shared/${otherId}/${otherToken}/${file}`)).status).not.toBe(200);
    }
    expect((await fetch(`${scene.url}/shared/${id}/${later}.${signature}/${file}`)).status).toBe(403);
    await expect.poll(() => Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    expect((await fetch(scene.url + url)).status).toBe(403);
  });

  it('ends with its recording', async () => {
    const mine = await scene.recorded('brief', media);
    const { url } = await shared(mine.id);
    expect((await fetch(scene.url + url, { method: 'HEAD' })).status).toBe(200);
    await scene.ask('DELETE', `/api/recordings/${mine.id}`);
    expect((await fetch(scene.url + url, { method: 'HEAD' })).status).toBe(404);
  });
});

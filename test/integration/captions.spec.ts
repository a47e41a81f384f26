import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptionTrack, RecordingLink } from '@weir/contract';
import { Database } from '@weir/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const OPEN = 'a'.repeat(24);
const CLOSED = 'b'.repeat(24);
const VTT = 'WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.500 align:start\nHello <b>there</b>\n';

let dataDir: string;
let server: WeirServer;
let owner: Person;
let stranger: Person;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weir-captions-'));
  server = await startServer({ WEIR_DATA_DIR: dataDir, WEIR_SIGN_UP: 'open' });
  owner = await Person.first(server);
  stranger = await Person.walkIn(server, 'Bob');
  await owner.createChannel('open');
  await owner.createChannel('closed', { visibility: 'private' });
  const database = await Database.open({ dataDir }, () => undefined);
  for (const [id, channel] of [
    [OPEN, 'open'],
    [CLOSED, 'closed'],
  ] as const) {
    await database.recordings.insert({
      id,
      channel,
      title: channel,
      state: 'ready',
      reason: undefined,
      startedAtMs: 1,
      endedAtMs: 2,
      durationMs: 1000,
      bytes: 0,
      width: 0,
      height: 0,
      isProtected: false,
      files: [],
    });
  }
  await database.close();
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Put {
  readonly type?: string;
  readonly by?: Person | 'operator';
}

async function put(path: string, text: string, { type = 'text/vtt', by = 'operator' }: Put = {}): Promise<Response> {
  const identity: Record<string, string> =
    by === 'operator'
      ? { authorization: `Bearer ${server.adminToken}` }
      : { cookie: by.cookie, 'x-weir-csrf': by.csrf };
  return fetch(`${server.url}/api/recordings/${path}`, {
    method: 'PUT',
    headers: { 'content-type': type, ...identity },
    body: text,
  });
}

const get = (path: string, person?: Person): Promise<Response> =>
  fetch(server.url + path, { headers: person === undefined ? {} : { cookie: person.cookie } });

describe('captions', () => {
  it('are set by an owner, and shown to everybody with their cues and nothing else', async () => {
    const response = await put(`${OPEN}/captions/en-us?label=English`, VTT, { by: owner });
    expect(response.status).toBe(200);
    const track = (await response.json()) as CaptionTrack;
    expect(track).toMatchObject({ language: 'en-US', label: 'English', url: `/recordings/${OPEN}/captions.en-US.vtt` });
    const file = await get(track.url);
    expect(file.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(await file.text()).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.500 align:start\nHello <b>there</b>\n');
    expect(await (await get(`/api/recordings/${OPEN}/captions`)).json()).toEqual([track]);
    expect(await (await get(`/recordings/${OPEN}/captions.json`)).json()).toEqual([track]);
  });

  it("are called by the language's own name when nobody gave them one", async () => {
    expect(await (await put(`${OPEN}/captions/ko`, VTT)).json()).toMatchObject({ language: 'ko', label: '한국어' });
  });

  it('are told apart by their versions', async () => {
    const before = await get(`/recordings/${OPEN}/captions.ko.vtt`);
    const tag = before.headers.get('etag') ?? '';
    const same = await fetch(`${server.url}/recordings/${OPEN}/captions.ko.vtt`, { headers: { 'if-none-match': tag } });
    expect(same.status).toBe(304);
    await put(`${OPEN}/captions/ko`, VTT.replace('Hello', 'Goodbye'));
    expect((await get(`/recordings/${OPEN}/captions.ko.vtt`)).headers.get('etag')).not.toBe(tag);
  });

  it('are refused with the line and the reason when they are no WebVTT', async () => {
    const response = await put(`${OPEN}/captions/de`, '1\n00:00:01,000 --> 00:00:02,000\nSubRip\n');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining('line 1: it must begin with WEBVTT') as string,
    });
    expect((await put(`${OPEN}/captions/not_a_tag`, VTT)).status).toBe(400);
    expect((await put(`${OPEN}/captions/de?label=`, VTT)).status).toBe(400);
    expect((await put(`${OPEN}/captions/de`, VTT, { type: 'image/png' })).status).toBe(415);
    expect((await put(`${OPEN}/captions/de`, `WEBVTT\n${'\n'.repeat(1_100_000)}`)).status).toBe(413);
    expect((await get(`/recordings/${OPEN}/captions.de.vtt`)).status).toBe(404);
    expect((await get(`/recordings/${OPEN}/captions...%2Fx.vtt`)).status).toBe(404);
  });

  it('are changed by nobody else', async () => {
    expect((await put(`${OPEN}/captions/fr`, VTT, { by: stranger })).status).toBe(403);
    const anonymous = await fetch(`${server.url}/api/recordings/${OPEN}/captions/fr`, {
      method: 'PUT',
      headers: { 'content-type': 'text/vtt' },
      body: VTT,
    });
    expect(anonymous.status).toBe(401);
    expect((await stranger.request('DELETE', `/api/recordings/${OPEN}/captions/ko`)).status).toBe(403);
  });

  it('of a private channel are there for nobody else, except by a shared link', async () => {
    await put(`${CLOSED}/captions/en`, VTT);
    for (const path of [
      `/api/recordings/${CLOSED}/captions`,
      `/recordings/${CLOSED}/captions.json`,
      `/recordings/${CLOSED}/captions.en.vtt`,
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
      expect([path, (await get(path, stranger)).status]).toEqual([path, 404]);
      expect([path, (await get(path, owner)).status]).toEqual([path, 200]);
    }
    const link = await owner.ask<RecordingLink>('POST', `/api/recordings/${CLOSED}/links`, { expiresInSeconds: 60 });
    const shared = link.playlistUrl?.replace('index.m3u8', '') ?? '';
    expect(await (await get(`${shared}captions.json`)).json()).toHaveLength(1);
    expect(await (await get(`${shared}captions.en.vtt`)).text()).toContain('Hello');
    expect((await get(`${shared.replace(/.$/, 'x')}/captions.en.vtt`)).status).not.toBe(200);
    expect((await put(`${CLOSED}/captions/en`, VTT, { by: stranger })).status).toBe(404);
  });

  it('are removed, one language at a time', async () => {
    await owner.ask('DELETE', `/api/recordings/${OPEN}/captions/ko`);
    expect((await owner.request('DELETE', `/api/recordings/${OPEN}/captions/ko`)).status).toBe(404);
    expect(await (await get(`/api/recordings/${OPEN}/captions`)).json()).toHaveLength(1);
  });

  it('have an end: thirty languages', async () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const tags = letters.flatMap((letter) => [`q${letter}a`, `q${letter}b`]).slice(0, 29);
    for (const tag of tags) expect((await put(`${OPEN}/captions/${tag}`, VTT)).status).toBe(200);
    expect((await put(`${OPEN}/captions/zu`, VTT)).status).toBe(409);
    expect((await put(`${OPEN}/captions/en-US`, VTT)).status).toBe(200);
  });
});

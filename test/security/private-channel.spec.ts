import { Clip, ClipPublisher } from '@weir/demo';
import type {
  ChatReply,
  CreatedInvitation,
  CreatedStreamKey,
  JoinedStage,
  RecordingPage,
  SessionView,
  WatchToken,
} from '@weir/contract';
import { play } from '@weir/peer';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { routeBodies } from './route-bodies.js';
import { nameOf, parametersOf, type RouteDocument, type ServerRoute, serverRoutes } from './server-routes.js';

// Names of one length, so that answers about them have one length too.
const HIDDEN = 'hidden-channel';
const ABSENT = 'absent-channel';
const TITLE = 'A title that nobody may read';
const ABSENT_ID = '0'.repeat(24);
const token = 'not-a-token';
const bodies = routeBodies(token);

/** What the parameters of a route are for what is there, and for what never was. */
interface Values {
  readonly there: Readonly<Record<string, string>>;
  readonly absent: Readonly<Record<string, string>>;
}

/** Somebody who may not watch, by the headers of their requests. */
interface Stranger {
  readonly who: string;
  readonly headers: Readonly<Record<string, string>>;
}

let server: WeirServer;
let owner: Person;
let publisher: ClipPublisher;
let routes: ServerRoute[];
let document: RouteDocument;
let strangers: Stranger[];
let epochUrl: string;
let mediaFiles: readonly string[];
let recording: string;
let ids: Readonly<Record<string, string>>;
let watchToken: string;
/** What gives the channel away where it stands in an answer. */
let secrets: string[];

beforeAll(async () => {
  server = await startServer();
  owner = await Person.first(server, 'Olivia');
  await owner.ask('POST', '/api/channels', { name: HIDDEN, title: TITLE, description: TITLE, visibility: 'private' });
  await owner.ask('PATCH', `/api/channels/${HIDDEN}`, { hls: 'passthrough' });
  const key = await owner.ask<CreatedStreamKey>('POST', `/api/channels/${HIDDEN}/keys`, {});
  const invitation = await owner.ask<CreatedInvitation>('POST', `/api/channels/${HIDDEN}/invitations`, {});
  watchToken = (await owner.ask<WatchToken>('POST', `/api/channels/${HIDDEN}/watch-token`)).token;
  await setAvatar();
  publisher = await ClipPublisher.start({
    url: `${server.url}/whip/${HIDDEN}`,
    key: key.key,
    clip: await Clip.demo(),
  });
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as RouteDocument;
  routes = await serverRoutes(document);
  strangers = await findStrangers();
  await waitForMedia();
  const { account } = await owner.ask<SessionView>('GET', '/api/session');
  ids = { key: key.id, invitation: invitation.id, account: account?.id ?? '' };
  secrets = [HIDDEN, TITLE, recording, key.id, invitation.id];
}, 120_000);

afterAll(async () => {
  await publisher?.stop();
  await server?.stop();
});

async function setAvatar(): Promise<void> {
  const { csrf } = await owner.ask<SessionView>('GET', '/api/session');
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg',
    'base64',
  );
  const headers = { cookie: owner.cookie, 'x-weir-csrf': csrf ?? '', 'content-type': 'image/png' };
  const answer = await fetch(`${server.url}/api/channels/${HIDDEN}/avatar`, { method: 'PUT', headers, body: picture });
  expect(answer.status).toBe(200);
}

async function findStrangers(): Promise<Stranger[]> {
  const session = await fetch(`${server.url}/api/session`);
  const guest = session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const { code } = await owner.ask<CreatedInvitation>('POST', '/api/invitations', {});
  const maker = await signedIn(await Person.invited(server, 'Stan', code));
  const former = await owner.ask<CreatedInvitation>('POST', `/api/channels/${HIDDEN}/invitations`, {});
  const gone = await Person.invited(server, 'Fred', former.code);
  const { account } = await gone.ask<SessionView>('GET', '/api/session');
  await owner.ask('DELETE', `/api/channels/${HIDDEN}/members/${account?.id}`);
  const scopes = [
    'channels:read',
    'channels:write',
    'keys:write',
    'members:write',
    'recordings:read',
    'recordings:write',
  ];
  const made = await fetch(`${server.url}/api/account/tokens`, {
    method: 'POST',
    headers: { ...maker, 'content-type': 'application/json' },
    body: JSON.stringify({ label: 'all', scopes }),
  });
  const { token: apiToken } = (await made.json()) as { token: string };
  expect(made.status).toBe(201);
  return [
    { who: 'nobody', headers: {} },
    { who: 'a guest', headers: { cookie: guest } },
    { who: 'another account', headers: maker },
    { who: 'an API token of another account', headers: { authorization: `Bearer ${apiToken}` } },
    { who: 'a former member', headers: await signedIn(gone) },
    { who: 'a guest of another stage', headers: { authorization: `Bearer ${await guestToken(maker)}` } },
    { who: 'a wrong token', headers: { authorization: `Bearer ${token}` } },
    {
      who: 'a forged cookie',
      headers: {
        cookie: `weir_watch_${HIDDEN}=9999999999.${'A'.repeat(43)}; weir_watch_${ABSENT}=9999999999.${'A'.repeat(43)}`,
      },
    },
  ];
}

async function guestToken(headers: Record<string, string>): Promise<string> {
  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    return (await (await fetch(server.url + path, { ...init, body: JSON.stringify(body) })).json()) as Answer;
  };
  await post('/api/channels', { name: 'open-stage' });
  return (await post<JoinedStage>('/api/channels/open-stage/stage/join', {})).token;
}

async function signedIn(person: Person): Promise<Record<string, string>> {
  const { csrf } = await person.ask<SessionView>('GET', '/api/session');
  return { cookie: person.cookie, 'x-weir-csrf': csrf ?? '' };
}

async function waitForMedia(): Promise<void> {
  const playlist = async (url: string): Promise<string | undefined> => {
    const answer = await owner.request('GET', url);
    const text = await answer.text();
    return answer.ok ? text : undefined;
  };
  const index = await until(() => playlist(`/hls/${HIDDEN}/index.m3u8`), { what: 'HLS', timeoutMs: 60_000 });
  const [variant = ''] = /^[^#\s].*index\.m3u8$/m.exec(index) ?? [];
  epochUrl = new URL(variant, `http://x/hls/${HIDDEN}/`).pathname;
  const whole = async (): Promise<string | undefined> => {
    const text = await playlist(epochUrl);
    return text?.includes('#EXTINF') === true ? text : undefined;
  };
  const media = await until(whole, { what: 'a whole segment', timeoutMs: 60_000 });
  // What is only hinted at may never be there.
  const told = media.replaceAll(/^#EXT-X-(PRELOAD-HINT|RENDITION-REPORT):.*$/gm, '');
  const named = [...told.matchAll(/URI="([^"]+)"|^([^#\s].*)$/gm)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  mediaFiles = [named.find((name) => /init/.test(name)) ?? named[0] ?? '', named.at(-1) ?? '', named[1] ?? ''];
  recording = await until(
    async () => (await owner.ask<RecordingPage>('GET', `/api/recordings?channel=${HIDDEN}`)).recordings[0]?.id,
    { what: 'a recording' },
  );
  await until(async () => (await owner.request('GET', `/recordings/${recording}/index.m3u8`)).ok, {
    what: 'a playable recording',
  });
}

/** Every way to fill the parameters of a route; throws for one that this test does not know yet. */
function valuesOf(route: ServerRoute): Values[] {
  const [, epoch = '', track = ''] = /^\/hls\/[^/]+\/([^/]+)\/([^/]+)\//.exec(epochUrl) ?? [];
  const there: Record<string, string> = {};
  const absent: Record<string, string> = {};
  const set = (name: string, real: string, other = real): void => {
    there[name] = real;
    absent[name] = other;
  };
  for (const name of parametersOf(route)) {
    if (name === 'name' || name === 'channel') set(name, HIDDEN, ABSENT);
    else if (name === 'epoch') set(name, epoch);
    else if (name === 'track') set(name, track);
    else if (name === 'account') set(name, ids['account'] ?? '');
    else if (name === 'author') set(name, `a:${ids['account']}`);
    else if (name === 'secret' || name === 'token') set(name, 'made-up');
    else if (name === 'file' || name === 'language') set(name, 'index.m3u8');
    else if (name === 'guest' || name === 'image') set(name, 'nobody');
    else if (name === 'id') setId(route, set);
    else throw new Error(`Tell this test what {${name}} of "${nameOf(route)}" is for a private channel.`);
  }
  const files = filesOf(route);
  return files.length === 0
    ? [{ there, absent }]
    : files.map((file) => ({ there: { ...there, file }, absent: { ...absent, file } }));
}

function setId({ path }: ServerRoute, set: (name: string, real: string, other?: string) => void): void {
  if (/^\/(api\/)?(recordings|shared)\//.test(path)) set('id', recording, ABSENT_ID);
  else if (path.includes('/keys/')) set('id', ids['key'] ?? '');
  else set('id', ids['invitation'] ?? '');
}

function filesOf({ path }: ServerRoute): readonly string[] {
  if (!path.endsWith('{file}')) return [];
  if (path.startsWith('/hls/')) return mediaFiles;
  if (path.includes('/tracks/')) return ['track.mkv'];
  return ['index.m3u8', 'video.m3u8', 'audio.m3u8', 'video.0.mp4', 'poster.jpg', 'storyboard.vtt', 'program.mp4'];
}

function requestOf(route: ServerRoute, values: Readonly<Record<string, string>>): { url: string; init: RequestInit } {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
  const channel = Object.values(values).includes(ABSENT) || Object.values(values).includes(ABSENT_ID) ? ABSENT : HIDDEN;
  // whatever a route may take as a query: a list of one channel, a page that is to be embedded
  const query = new URLSearchParams({ channel, url: `${server.url}/watch/${channel}` });
  if (route.path.endsWith('/chat')) for (const end of ['from', 'to']) query.set(end, '1');
  const url = `${server.url}${path}${route.method === 'GET' ? `?${query}` : ''}`;
  const [type] = Object.keys(document.paths[route.path]?.[route.method.toLowerCase()]?.requestBody?.content ?? {});
  if (type === undefined) return { url, init: { method: route.method } };
  const body = type === 'application/json' ? JSON.stringify(bodies[nameOf(route)]) : 'v=0\r\n';
  return { url, init: { method: route.method, headers: { 'content-type': type }, body: body ?? null } };
}

async function answerTo(
  route: ServerRoute,
  values: Readonly<Record<string, string>>,
  { headers }: Stranger,
): Promise<{ status: number; body: string; headers: Record<string, string> }> {
  const { url, init } = requestOf(route, values);
  const answer = await fetch(url, { ...init, headers: { ...(init.headers as object), ...headers } });
  const told = Object.fromEntries([...answer.headers].filter(([name]) => !['date', 'keep-alive'].includes(name)));
  // Every new browser is another guest.
  if (told['set-cookie'] !== undefined)
    told['set-cookie'] = told['set-cookie'].replace(/weir_guest=[^;]+/, 'weir_guest');
  return { status: answer.status, body: await answer.text(), headers: told };
}

function concernsChannel(route: ServerRoute): boolean {
  return /\{(name|channel)\}/.test(route.path) || /^\/(api\/)?(recordings|shared)\/\{id\}/.test(route.path);
}

describe('a private channel', () => {
  it('answers who may not watch on every route as if it did not exist', async () => {
    const asked = routes.filter(concernsChannel);
    expect(asked.length).toBeGreaterThan(40);
    for (const route of asked) {
      if (requestNeedsJson(route))
        expect(bodies, `tell this test a body for ${nameOf(route)}`).toHaveProperty([nameOf(route)]);
      for (const { there, absent } of valuesOf(route)) {
        for (const stranger of strangers) {
          const [real, other] = [await answerTo(route, there, stranger), await answerTo(route, absent, stranger)];
          const body = real.body.replaceAll(HIDDEN, ABSENT).replaceAll(recording, ABSENT_ID);
          const what = `${nameOf(route)} (${JSON.stringify(there)}) for ${stranger.who}`;
          expect({ ...real, body }, what).toEqual(other);
          expect(real.body, what).not.toContain(TITLE);
          const isPage = real.headers['content-type']?.startsWith('text/html') === true;
          const isProbe = route.path.startsWith('/whip/') || route.method === 'OPTIONS' || isPage;
          if (!isProbe) expect([401, 403, 404], what).toContain(real.status);
        }
      }
    }
  });

  it('stands in no list and no figure that others see', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      if (concernsChannel(route)) continue;
      const path = route.path.replaceAll(/\{\w+\}/g, 'made-up');
      for (const query of ['', '?all=true', '?mine=true', '?following=true']) {
        for (const { who, headers } of strangers) {
          const text = await (await fetch(server.url + path + query, { headers })).text();
          for (const secret of secrets) expect(text.includes(secret), `${path}${query} for ${who}`).toBe(false);
        }
      }
    }
  });

  it('is not there for the sockets of others', async () => {
    const ways = [
      { path: '/api/chat', request: 'join' },
      { path: '/api/stage/socket', request: 'enter' },
    ];
    for (const { who, headers, path, request } of strangers.flatMap((one) => ways.map((way) => ({ ...one, ...way })))) {
      const socket = io(server.url, { path, transports: ['websocket'], extraHeaders: headers, forceNew: true });
      try {
        const join = (channel: string): Promise<ChatReply<unknown>> =>
          socket.timeout(30_000).emitWithAck(request, { channel }) as Promise<ChatReply<unknown>>;
        const ended = new Promise<string>((resolve) => socket.once('connect_error', () => resolve('refused')));
        const answers = Promise.all([join(HIDDEN), join(ABSENT)]);
        const both = await Promise.race([answers, ended]);
        if (both === 'refused') continue;
        const [real, other] = both as [ChatReply<unknown>, ChatReply<unknown>];
        expect(real.ok, who).toBe(false);
        expect(JSON.stringify(real).replaceAll(HIDDEN, ABSENT), who).toBe(JSON.stringify(other));
      } finally {
        socket.close();
      }
    }
  });

  it('is played by its members and by who has its token, by every way', async () => {
    const shown = await fetch(`${server.url}/api/channels/${HIDDEN}/watch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: watchToken }),
    });
    expect(shown.status).toBe(204);
    const [cookie = ''] = shown.headers.getSetCookie().map((line) => line.split(';')[0]);
    const { code } = await owner.ask<CreatedInvitation>('POST', `/api/channels/${HIDDEN}/invitations`, {});
    const viewers: Record<string, string>[] = [
      { cookie },
      { authorization: `Bearer ${watchToken}` },
      { cookie: (await Person.invited(server, 'Vera', code)).cookie },
      { authorization: `Bearer ${server.adminToken}` },
    ];
    const paths = [
      `/api/channels/${HIDDEN}`,
      `/api/channels/${HIDDEN}/avatar`,
      `/api/programs/${HIDDEN}`,
      `/hls/${HIDDEN}/index.m3u8`,
      epochUrl,
      `/api/recordings/${recording}`,
      `/recordings/${recording}/index.m3u8`,
      `/recordings/${recording}/video.0.mp4`,
      `/whep/${HIDDEN}`,
    ];
    const told = async (path: string, headers: Record<string, string>): Promise<string> => {
      const answer = await fetch(server.url + path, { headers });
      await answer.arrayBuffer();
      return `${path} ${answer.status} ${answer.headers.get('cache-control') ?? 'private'}`;
    };
    const isGiven = / 200 .*(private|no-store|no-cache)/;
    for (const headers of viewers) {
      for (const path of paths) expect(await told(path, headers)).toMatch(isGiven);
      const isMediaGiven = async (): Promise<boolean> => {
        await waitForMedia();
        const files = await Promise.all(mediaFiles.map((file) => told(epochUrl.replace('index.m3u8', file), headers)));
        return files.every((file) => isGiven.test(file));
      };
      // parts are there for a while only, and may be gone when they are asked for
      await until(isMediaGiven, { what: 'media' });
    }
    const subscription = await play(`${server.url}/whep/${HIDDEN}`, { token: watchToken });
    await subscription.stop();
    await expect(play(`${server.url}/whep/${HIDDEN}`)).rejects.toThrow(/^404/);
  });

  it('lets out who watches when it turns private, when the token ends and when a member goes', async () => {
    await owner.ask('PATCH', `/api/channels/${HIDDEN}`, { visibility: 'unlisted' });
    const [, , maker] = strangers;
    for (const [headers, status] of [
      [{}, 401],
      [maker?.headers ?? {}, 403],
    ] as const) {
      const answer = await fetch(`${server.url}/api/recordings/${recording}`, { method: 'DELETE', headers });
      expect(answer.status).toBe(status);
    }
    const listed = (await (await fetch(`${server.url}/api/recordings`)).json()) as RecordingPage;
    expect(listed.recordings).toEqual([]);
    const passing = await play(`${server.url}/whep/${HIDDEN}`);
    await owner.ask('PATCH', `/api/channels/${HIDDEN}`, { visibility: 'private' });
    expect(await passing.peer.closed).toBe('remote');

    const holder = await play(`${server.url}/whep/${HIDDEN}`, { token: watchToken });
    await owner.ask('DELETE', `/api/channels/${HIDDEN}/watch-token`);
    expect(await holder.peer.closed).toBe('remote');
    const hls = await fetch(`${server.url}/hls/${HIDDEN}/index.m3u8`, {
      headers: { authorization: `Bearer ${watchToken}` },
    });
    expect(hls.status).toBe(404);
  });

  it('is deleted only when nothing is lost by it, and says what to do first', async () => {
    const refusal = async (): Promise<string> => {
      const answer = await owner.request('DELETE', `/api/channels/${HIDDEN}`);
      expect(answer.status).toBe(409);
      return answer.text();
    };
    expect(await refusal()).toContain('it is live: end the stream first');
    await publisher.stop();
    await until(async () => (await refusal()).includes('it has recordings: delete them first'), { what: 'the end' });
    const isDeleted = async (): Promise<boolean> =>
      (await owner.request('DELETE', `/api/recordings/${recording}`)).status === 204;
    await until(isDeleted, { what: 'a recording that is finished' });
    await owner.ask('DELETE', `/api/channels/${HIDDEN}`);
    expect((await owner.request('GET', `/api/channels/${HIDDEN}`)).status).toBe(404);
    expect((await owner.request('GET', epochUrl)).status).toBe(404);
  });
});

function requestNeedsJson({ method, path }: ServerRoute): boolean {
  const content = document.paths[path]?.[method.toLowerCase()]?.requestBody?.content ?? {};
  return Object.hasOwn(content, 'application/json');
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const HOSTILE = `</title><script>alert("1")</script>`;

let server: WeirServer;
let owner: Person;

beforeAll(async () => {
  server = await startServer({ WEIR_TRUSTED_PROXIES: '127.0.0.1' });
  owner = await Person.first(server);
  await owner.createChannel('open', { title: HOSTILE, description: HOSTILE });
  await owner.createChannel('hidden', { title: 'Hidden', visibility: 'unlisted' });
  await owner.createChannel('closed', { title: 'Secret title', description: 'Secret text', visibility: 'private' });
});

afterAll(() => server.stop());

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, { headers });
}

async function oembed(url: string, more = '', headers: Record<string, string> = {}): Promise<Response> {
  return get(`/oembed?url=${encodeURIComponent(url)}${more}`, headers);
}

describe('the watch page', () => {
  it('has what programs read that show links, as text', async () => {
    const response = await get('/watch/open');
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('&lt;/title&gt;&lt;script&gt;');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain(`<meta property="og:url" content="${server.url}/watch/open" />`);
  });

  it('names itself as it is reached through a proxy, and believes no host that is none', async () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'live.example' };
    const page = await (await get('/watch/open', headers)).text();
    expect(page).toContain('<meta name="twitter:player" content="https://live.example/embed/open" />');
    const odd = await (await get('/watch/open', { 'x-forwarded-host': 'a"b c' })).text();
    expect(odd).not.toContain('og:title');
  });

  it('says the same of a private channel as of one that never was, also to its owner', async () => {
    const missing = await (await get('/watch/never-was')).text();
    expect(await (await get('/watch/closed')).text()).toBe(missing);
    expect(await (await get('/watch/closed', { cookie: owner.cookie })).text()).toBe(missing);
    expect(missing).not.toMatch(/og:|oembed|Secret/);
  });

  it('keeps an unlisted channel out of search engines', async () => {
    expect(await (await get('/watch/hidden')).text()).toContain('<meta name="robots" content="noindex" />');
  });

  it('may stand in no frame, while the embedded player may stand in any', async () => {
    for (const page of ['/watch/open', '/watch/never-was', '/', '/recordings', '/channels', '/account', '/admin']) {
      expect((await get(page)).headers.get('content-security-policy'), page).toContain("frame-ancestors 'none'");
    }
    expect((await get('/embed/open')).headers.get('content-security-policy')).toContain('frame-ancestors *');
  });
});

describe('oEmbed', () => {
  it('answers with the player', async () => {
    const response = await oembed(`${server.url}/watch/hidden`, '&format=json&maxwidth=640');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({
      version: '1.0',
      type: 'video',
      title: 'Hidden',
      width: 640,
      height: 360,
      html: expect.stringContaining(`src="${server.url}/embed/hidden"`) as string,
    });
  });

  it('keeps a title from being anything but text in its HTML', async () => {
    const { html } = (await (await oembed(`${server.url}/watch/open`)).json()) as { html: string };
    expect(html).not.toContain('<script>');
  });

  it('says the same of a private channel as of one that never was', async () => {
    const [closed, missing] = await Promise.all(
      ['closed', 'never-was'].map(async (name) => {
        const response = await oembed(`${server.url}/watch/${name}`, '', { cookie: owner.cookie });
        return [response.status, await response.text()];
      }),
    );
    expect(closed).toEqual(missing);
    expect(closed?.[0]).toBe(404);
  });

  it('refuses other addresses, formats and sizes', async () => {
    expect((await oembed('https://elsewhere.example/watch/open')).status).toBe(404);
    expect((await oembed(`${server.url}/watch/open`, '&format=xml')).status).toBe(501);
    expect((await oembed(`${server.url}/watch/open`, '&maxwidth=none')).status).toBe(400);
    expect((await get('/oembed')).status).toBe(400);
  });
});

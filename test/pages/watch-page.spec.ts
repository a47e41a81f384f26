import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepScreenshot, openPage, probedContext, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { gzipBytesOf } from '../harness/page-weight.js';
import { Person } from '../harness/person.js';
import { pictureChanges } from '../harness/playback-probe.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const WEB = fileURLToPath(new URL('../../dist/apps/web', import.meta.url));
const BUDGET_BYTES = 61_440;

let server: WeirServer;
let browser: Browser;
let owner: Person;
let blog: Server;
const keys = new Map<string, string>();
const publishers: ObsTwin[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ WEIR_LADDER: '360p:600k', WEIR_RECONNECT_GRACE_MS: '500' }),
    startChromium(),
  ]);
  owner = await Person.first(server);
  for (const [name, settings] of [
    ['show', { title: 'The show', description: 'Every night at nine.' }],
    ['late', { title: 'Late show' }],
    ['closed', { title: 'Closed show', visibility: 'private' }],
  ] as const) {
    keys.set(name, await owner.createChannel(name, settings));
  }
  blog = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const source = searchParams.get('src')?.replace(/["<>]/g, '') ?? 'about:blank';
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Blog</title><iframe id="player" src="${source}" allow="autoplay; fullscreen" width="640" height="360"></iframe>
<script>window.told = []; addEventListener('message', ({ data, origin }) => told.push({ data, origin }));
window.ask = (weir) => document.getElementById('player').contentWindow.postMessage({ weir }, '*');</script>`);
  }).listen(0, 'localhost');
  await once(blog, 'listening');
  await publish('show');
});

afterAll(async () => {
  for (const publisher of publishers) await publisher.stop();
  await browser?.close();
  blog?.close();
  await server?.stop();
});

async function publish(channel: string): Promise<ObsTwin> {
  const key = keys.get(channel) ?? '';
  const publisher = await ObsTwin.publish({ url: `${server.url}/whip/${channel}`, key, clip: await highClip() });
  publishers.push(publisher);
  return publisher;
}

async function untilPlaying(page: Page): Promise<void> {
  const plays = `(() => { const video = document.querySelector('video'); return window.weir?.state === 'connected' && video?.videoWidth > 0; })()`;
  await until(() => page.evaluate(plays), { what: 'a picture', timeoutMs: 60_000 });
  await pictureChanges(page);
}

it('loads less than 60 kB at first, chat included, and nothing of hls.js', async () => {
  // In real time, also while the machine is too slow for it.
  const page = await openPage(browser, `${server.url}/watch/show?via=real-time`);
  await untilPlaying(page);
  await page.getByTestId('guest-name').waitFor();
  const names = (await page.evaluate(
    `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.slice(1)).filter((name) => /\\.(js|css)$/.test(name))`,
  )) as string[];
  const isHls = (name: string) => name.startsWith('assets/hls-');
  expect(names.filter((name) => name.startsWith('assets/')).length).toBeGreaterThan(3);
  expect(gzipBytesOf(WEB, ['watch.html', ...names.filter((name) => !isHls(name))])).toBeLessThan(BUDGET_BYTES);
  await page.context().close();
});

it('shows what the channel is, who watches, and how to share it', async () => {
  const page = await openPage(browser, `${server.url}/watch/show`);
  await untilPlaying(page);
  await page.getByRole('heading', { name: 'The show' }).waitFor();
  await page.getByText('Every night at nine.').waitFor();
  // Who closed his browser is counted until it is noticed.
  await page.getByTestId('viewers').getByText('1 viewer').waitFor({ timeout: 120_000 });
  await page.getByTestId('share-channel').click();
  expect(await page.getByTestId('share-link').inputValue()).toBe(`${server.url}/watch/show`);
  expect(await page.getByTestId('embed-code').inputValue()).toContain(`src="${server.url}/embed/show"`);
  await page.keyboard.press('Escape');
  expect(await page.getByTestId('follow').getAttribute('href')).toBe('/sign-in?next=%2Fwatch%2Fshow');
  await page.context().close();
});

it('is followed by who is signed in', async () => {
  const context = await probedContext(browser);
  await owner.enter(context);
  const page = await context.newPage();
  await page.goto(`${server.url}/watch/show`);
  await page.getByTestId('follow').getByText('Follow', { exact: true }).click();
  await page.getByTestId('follow').getByText('Following').waitFor();
  await page.getByText('1 follower').waitFor();
  await context.close();
});

it('waits with a channel that is not live, and starts by itself', async () => {
  const page = await openPage(browser, `${server.url}/watch/late`);
  await page.getByTestId('offline').waitFor();
  await page.evaluate('window.markOfTest = 1');
  await keepScreenshot(page, 'offline');
  const publisher = await publish('late');
  await untilPlaying(page);
  const hasSegment = async () => (await fetch(`${server.url}/hls/late/index.m3u8`)).ok;
  await until(hasSegment, { what: 'something recorded', timeoutMs: 60_000 });
  await publisher.stop();
  await page.getByTestId('ended').waitFor({ timeout: 30_000 });
  await page.getByTestId('last-recordings').getByRole('link').first().waitFor({ timeout: 60_000 });
  await keepScreenshot(page, 'ended');
  await publish('late');
  await untilPlaying(page);
  expect(await page.evaluate('window.markOfTest')).toBe(1);
  await page.context().close();
});

it('plays a private channel by its watch link, by either transport, and takes the token out of the address', async () => {
  await publish('closed');
  const { token } = await owner.ask<{ token: string }>('POST', '/api/channels/closed/watch-token');
  const without = await openPage(browser, `${server.url}/watch/closed`);
  await without.getByRole('heading', { name: 'There is no such channel' }).waitFor();
  for (const via of ['real-time', 'hls']) {
    const page = await openPage(browser, `${server.url}/watch/closed?via=${via}#token=${token}`);
    await untilPlaying(page);
    expect(page.url()).toBe(`${server.url}/watch/closed?via=${via}`);
    await page.reload();
    await untilPlaying(page);
    await page.context().close();
  }
  await without.context().close();
});

async function embedded(path: string): Promise<Page> {
  const { port } = blog.address() as AddressInfo;
  const page = await openPage(browser, 'about:blank');
  await page.goto(`http://localhost:${port}/?src=${encodeURIComponent(server.url + path)}`);
  return page;
}

async function untilTold(page: Page, wanted: object): Promise<void> {
  const found = `told.some(({ data }) => Object.entries(${JSON.stringify(wanted)}).every(([name, value]) => data[name] === value))`;
  await page.evaluate('ask("state")');
  await until(() => page.evaluate(found), {
    what: `to be told ${JSON.stringify(wanted)}`,
    timeoutMs: 60_000,
    everyMs: 100,
  });
}

it('plays in the page of another site, which may ask and is told, and nobody else', async () => {
  const page = await embedded('/embed/show?muted=1');
  await untilTold(page, { state: 'connected', channel: 'show', muted: true, paused: false });
  await page.evaluate('ask("pause")');
  await untilTold(page, { paused: true });
  await page.evaluate('ask("play"), ask("unmute")');
  await untilTold(page, { paused: false, muted: false });
  expect(await page.evaluate('new Set(told.map(({ origin }) => origin)).size')).toBe(1);
  expect(await page.evaluate('told[0].origin')).toBe(server.url);
  await page.context().close();
});

it('waits in an embed for the viewer when it is told not to play by itself', async () => {
  const page = await embedded('/embed/show?autoplay=0&controls=0');
  const frame = page.frameLocator('#player');
  await frame.getByTestId('start').waitFor();
  expect(await frame.locator('video').count()).toBe(0);
  await frame.getByTestId('start').click();
  await untilTold(page, { state: 'connected', paused: false });
  expect(await frame.getByTestId('settings').count()).toBe(0);
  await page.context().close();
});

it('plays a private channel in an embed, where cookies are blocked, by the token alone', async () => {
  const { token } = await owner.ask<{ token: string }>('POST', '/api/channels/closed/watch-token');
  for (const via of ['real-time', 'hls']) {
    const page = await embedded(`/embed/closed?via=${via}#token=${token}`);
    await untilTold(page, { state: 'connected', via });
    await page.context().close();
  }
});

it('keeps every other page out of frames', async () => {
  const page = await embedded('/watch/show');
  await until(async () => page.frames()[1]?.url().startsWith('chrome-error:') === true, { what: 'a refused frame' });
  await page.context().close();
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { keepScreenshot, openPage, probedContext, startChromium } from '../harness/chromium.js';
import { highClip, seldomKeyClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { pictureChanges } from '../harness/playback-probe.js';
import { rerouteMedia } from '../harness/reroute.js';
import { UdpProxy } from '../harness/udp-proxy.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { askAsAdmin } from './hls-viewer.js';

/** Real time that did not come about at once is tried again by the page: after 15 s, 30 s and 60 s. */
const ANOTHER_TRY_MS = 150_000;
// RFC 5737: nobody is there, and what is sent there is lost.
const NOWHERE = '192.0.2.1';
const SETTINGS = { WEIR_LADDER: '360p:600k', WEIR_PROGRAMS: 'always' };

interface Watched {
  readonly via: string;
  readonly state: string;
  readonly seconds: number;
  readonly width: number;
  readonly muted: boolean;
  readonly volume: number;
  readonly full: boolean;
  readonly cause: string | null;
  /** Left in the page and on its video by the test: gone after a reload, or with another element. */
  readonly marks: readonly unknown[];
}

const READ = `(() => {
  const video = document.querySelector('video');
  return {
    via: window.weir?.via,
    state: window.weir?.state,
    seconds: video?.currentTime ?? 0,
    width: video?.videoWidth ?? 0,
    muted: video?.muted,
    volume: video?.volume,
    full: document.fullscreenElement !== null,
    cause: document.querySelector('[data-testid=via-chip]')?.dataset.cause ?? null,
    marks: [window.markOfTest, video?.markOfTest],
  };
})()`;

let browser: Browser;
let server: WeirServer;
let proxy: UdpProxy;
let obs: ObsTwin;
let viewer: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(SETTINGS), startChromium()]);
  proxy = await UdpProxy.open({ serverPort: server.rtcPort, toServer: { seed: 1 }, toPeer: { seed: 2 } });
  const key = await server.createChannel('both');
  obs = await ObsTwin.publish({ url: `${server.url}/whip/both`, key, clip: await highClip() });
});

afterAll(async () => {
  await browser?.close();
  await obs?.stop();
  await proxy?.close();
  await server?.stop();
});

async function read(page: Page): Promise<Watched> {
  return (await page.evaluate(READ)) as Watched;
}

async function untilShown(page: Page, via: string, timeoutMs: number): Promise<Watched> {
  const ask = async () => {
    const watched = await read(page);
    return watched.via === via && watched.state === 'connected' && watched.width > 0 ? watched : undefined;
  };
  const watched = await until(ask, { what: `a picture by ${via}`, timeoutMs, everyMs: 50 });
  await pictureChanges(page);
  return watched;
}

/** Why it is not real time, once the page says so. */
function causeOf(page: Page): Promise<string> {
  const told = async () => (await read(page)).cause ?? undefined;
  return until(told, { what: 'a cause' });
}

/** Opens a page in a browser that knows nothing yet, and says how long its first picture took. */
async function pictureAfterMs(url: string): Promise<[number, Page]> {
  const page = await openPage(browser, 'about:blank');
  const beganMs = performance.now();
  await page.goto(url);
  const hasPicture = async () => {
    const { width, seconds } = await read(page);
    return width > 0 && seconds > 0;
  };
  await until(hasPicture, { what: 'a picture', timeoutMs: 60_000, everyMs: 20 });
  return [Math.round(performance.now() - beganMs), page];
}

it('shows the picture where UDP does not get through, whether the program runs or begins only then', async () => {
  const blocked = await startServer({ WEIR_LADDER: SETTINGS.WEIR_LADDER, WEIR_PUBLIC_ADDRESSES: NOWHERE });
  const key = await blocked.createChannel('blocked');
  await blocked.changeChannel('blocked', { record: false });
  const shapeAnswer = (sdp: string) => sdp.replaceAll(NOWHERE, '127.0.0.1');
  const url = `${blocked.url}/whip/blocked`;
  const publisher = await ObsTwin.publish({ url, key, clip: await seldomKeyClip(), shapeAnswer });
  try {
    const isKnown = async () => (await (await fetch(`${blocked.url}/api/channels/blocked`)).text()).includes('"width"');
    await until(isKnown, { what: 'a described stream' });
    expect(await askAsAdmin(blocked, 'GET', '/api/programs')).toEqual([]);
    const [coldMs, first] = await pictureAfterMs(`${blocked.url}/watch/blocked`);
    // It is the publisher's picture, not a card that stands for it until his next key frame.
    const program = async () => (await askAsAdmin(blocked, 'GET', '/api/programs/blocked')) as Record<string, boolean>;
    await until(async () => (await program())['onSlate'] === false, { what: 'his picture', timeoutMs: 15_000 });
    expect(await program()).toMatchObject({ running: true });
    await untilShown(first, 'hls', 30_000);
    await first.context().close();
    const [warmMs, page] = await pictureAfterMs(`${blocked.url}/watch/blocked`);
    await untilShown(page, 'hls', 30_000);
    keepFigures('udp-blocked', { coldMs, warmMs });
    await keepScreenshot(page, 'udp-blocked');
    expect(await causeOf(page)).toBe('blocked');
    // What was learned is used by the next visit, which begins with HLS.
    await page.reload();
    await untilShown(page, 'hls', 30_000);
    expect(await causeOf(page)).toBe('remembered');
    await page.context().close();
  } finally {
    await publisher.stop();
    await blocked.stop();
  }
});

it('plays in real time where UDP gets through', async () => {
  viewer = await openPage(browser, 'about:blank');
  await rerouteMedia(viewer, proxy);
  await viewer.goto(`${server.url}/watch/both`);
  await untilShown(viewer, 'real-time', ANOTHER_TRY_MS);
  await viewer.evaluate(`window.markOfTest = 1, document.querySelector('video').markOfTest = 2`);
  await viewer.getByTestId('unmute').click();
  await viewer.getByTestId('volume').fill('40');
}, 240_000);

it('goes to HLS when too much is lost, and the viewer keeps the sound, the volume and the page', async () => {
  proxy.toPeer.change({ lossRate: 0.3 });
  await untilShown(viewer, 'hls', 60_000);
  const watched = await read(viewer);
  expect(watched).toMatchObject({ marks: [1, 2], muted: false, volume: 0.4 });
  expect(['lossy', 'frozen']).toContain(await causeOf(viewer));
});

it('comes back to real time by itself once nothing is lost any more', async () => {
  proxy.toPeer.change({});
  const watched = await untilShown(viewer, 'real-time', ANOTHER_TRY_MS);
  expect(watched).toMatchObject({ marks: [1, 2], muted: false, volume: 0.4, cause: null });
}, 240_000);

it('goes to HLS in seconds when UDP stops getting through, also in full screen', async () => {
  await viewer.keyboard.press('f');
  await until(async () => (await read(viewer)).full, { what: 'full screen' });
  proxy.toPeer.change({ lossRate: 1 });
  proxy.toServer.change({ lossRate: 1 });
  const watched = await untilShown(viewer, 'hls', 60_000);
  expect(watched).toMatchObject({ marks: [1, 2], muted: false, full: true });
});

it('comes back at once when the viewer asks and UDP gets through again', async () => {
  proxy.toPeer.change({});
  proxy.toServer.change({});
  // The button rests while real time is tried: what is asked for is tried now.
  await viewer.evaluate(`document.addEventListener('click', ({ target }) =>
    setTimeout(() => (window.restsAfterClick = target.closest('[data-testid=return]').disabled)), { once: true })`);
  await viewer.getByTestId('return').click();
  const isTold = async () => (await viewer.evaluate('typeof window.restsAfterClick')) === 'boolean';
  await until(isTold, { what: 'what the click did' });
  expect(await viewer.evaluate('window.restsAfterClick')).toBe(true);
  const watched = await untilShown(viewer, 'real-time', ANOTHER_TRY_MS);
  expect(watched).toMatchObject({ marks: [1, 2], muted: false, full: true });
  await viewer.keyboard.press('f');
}, 240_000);

it('goes back in time over HLS, and to real time again by the live badge', async () => {
  await viewer.keyboard.press('j');
  await untilShown(viewer, 'hls', 60_000);
  expect(await causeOf(viewer)).toBe('rewound');
  await viewer.getByTestId('live-edge').click();
  const watched = await untilShown(viewer, 'real-time', ANOTHER_TRY_MS);
  expect(watched.marks).toEqual([1, 2]);
}, 240_000);

it('stays with what the viewer pins, which is kept in the address', async () => {
  await viewer.getByTestId('settings').click();
  await viewer.getByTestId('via-hls').click();
  await untilShown(viewer, 'hls', 60_000);
  await viewer.waitForURL(`${server.url}/watch/both?via=hls`);
  await viewer.getByTestId('via-real-time').click();
  await untilShown(viewer, 'real-time', 60_000);
  await viewer.waitForURL(`${server.url}/watch/both?via=real-time`);
  await viewer.getByTestId('via-auto').click();
  await viewer.waitForURL(`${server.url}/watch/both`);
  expect((await read(viewer)).marks).toEqual([1, 2]);
});

it('tells the figures of both transports, and gives them away as JSON', async () => {
  await viewer.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await viewer.getByTestId('stats-toggle').click();
  await viewer.keyboard.press('Escape');
  await viewer
    .getByTestId('figure-picture')
    .getByText(/^\d+×\d+$/)
    .waitFor();
  await viewer.locator('[data-testid=delay][data-measured=true]').waitFor();
  await viewer.getByTestId('copy-stats').click();
  const copied = async () => (await viewer.evaluate('navigator.clipboard.readText()')) as string;
  const text = await until(copied, { what: 'the copy' });
  const report = JSON.parse(text) as { showing: string; changes: unknown[]; realTime: object };
  expect(report.showing).toBe('real-time');
  expect(report.changes.length).toBeGreaterThanOrEqual(6);
  expect(report.realTime).toMatchObject({ picture: expect.stringMatching(/^\d+×\d+$/) as string });
});

it('uses HLS when the browser has no WebRTC', async () => {
  const context = await probedContext(browser);
  await context.addInitScript('delete window.RTCPeerConnection');
  const page = await context.newPage();
  await page.goto(`${server.url}/watch/both`);
  await untilShown(page, 'hls', 60_000);
  expect(await causeOf(page)).toBe('no-webrtc');
  expect(await page.getByTestId('return').count()).toBe(0);
  await context.close();
});

it('uses HLS when the server has no more room in real time', async () => {
  const page = await openPage(browser, 'about:blank');
  await page.route(/\/whep\//, (route) =>
    route.fulfill({
      status: 503,
      headers: { 'retry-after': '9' },
      contentType: 'application/problem+json',
      body: '{}',
    }),
  );
  await page.goto(`${server.url}/watch/both`);
  await untilShown(page, 'hls', 60_000);
  expect(await causeOf(page)).toBe('no-room');
  await page.context().close();
});

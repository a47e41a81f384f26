import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { keepScreenshot, openPage, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { moreFrames, pictureChanges } from '../harness/playback-probe.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { until } from '../harness/until.js';
import { askAsAdmin, playsFor, playsWell, readHls, untilHls } from './hls-viewer.js';

const REWIND_SECONDS = 20;

let server: WeirServer;
let browser: Browser;
let obs: ObsTwin;
let key: string;
let viewer: Page;

// A small ladder: this machine encodes it and shows it as well.
beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ WEIR_LADDER: '480p:500k,240p:200k', WEIR_RECONNECT_GRACE_MS: '1000' }),
    startChromium(),
  ]);
  key = await server.createChannel('hls');
  obs = await publish();
  viewer = await openPage(browser, `${server.url}/watch/hls?via=hls`);
});

afterAll(async () => {
  await obs?.stop();
  await browser?.close();
  await server?.stop();
});

async function publish(channel = 'hls', streamKey = key): Promise<ObsTwin> {
  return ObsTwin.publish({ url: `${server.url}/whip/${channel}`, key: streamKey, clip: await highClip() });
}

it('plays a live channel without running dry, and tells how late it is', async () => {
  await untilHls(viewer, 'a picture', ({ state, width }) => state === 'connected' && width > 0, 60_000);
  await playsFor(viewer, 2);
  const { stalls: before } = await readHls(viewer);
  const { stalls } = await playsWell(viewer, 10);
  await pictureChanges(viewer);
  const { delayMs } = await untilHls(
    viewer,
    'to be live, with a delay',
    ({ state, edge, delayMs = 0 }) => state === 'connected' && edge === 'at-edge' && delayMs > 0,
  );
  keepFigures('hls-watch', { delayMs, stalls, stallsAtStart: before });
  await viewer
    .getByTestId('delay')
    .filter({ hasText: /^\d+\.\d s$/ })
    .waitFor();
  await keepScreenshot(viewer, 'hls-watch');
});

it('shows which quality plays, and plays the one that is chosen', async () => {
  await viewer.getByTestId('settings').click();
  await viewer.getByTestId('quality-240p').click();
  await untilHls(viewer, 'the chosen rung', ({ height }) => height === 240);
  await viewer.locator('[data-testid=quality-240p][aria-checked=true]').waitFor();
  await viewer.getByTestId('quality-auto').click();
  await untilHls(viewer, 'the better rung again', ({ height }) => height === 480, 120_000);
  await viewer.getByRole('menuitemradio', { name: 'Auto (480p)' }).waitFor();
  await viewer.keyboard.press('Escape');
});

it('goes back in time by the keyboard, and to what is live by its badge', async () => {
  await untilHls(
    viewer,
    'something to go back to',
    ({ startSeconds, seconds }) => seconds - startSeconds > REWIND_SECONDS + 8,
    60_000,
  );
  await viewer.keyboard.press('j');
  await viewer.keyboard.press('j');
  const behind = await untilHls(viewer, 'to be behind', ({ edge }) => edge === 'behind');
  // Of the live edge, which moves on as the picture does.
  expect(behind.endSeconds - behind.seconds).toBeGreaterThan(REWIND_SECONDS / 2);
  await playsFor(viewer, 2);
  expect(await viewer.getByTestId('seek').getAttribute('aria-valuetext')).toMatch(/^\d:\d\d behind live$/);
  expect(await viewer.getByTestId('time').textContent()).toMatch(/^−\d:\d\d$/);
  await viewer.getByRole('button', { name: 'Go live' }).click();
  await untilHls(viewer, 'to be live again', ({ edge }) => edge === 'at-edge');
  await playsFor(viewer, 2);
});

it('comes back to what is live after a sleep, which nobody chose', async () => {
  const slept = (await viewer.evaluate(
    `(() => { const video = document.querySelector('video'); video.currentTime -= 15; return video.currentTime; })()`,
  )) as number;
  await untilHls(viewer, 'to be live again', ({ seconds, edge }) => seconds > slept + 10 && edge === 'at-edge');
  await playsFor(viewer, 1);
});

it('changes to real time and back on the same page, and keeps the choice in the address', async () => {
  await viewer.getByTestId('settings').click();
  await viewer.getByRole('menuitemradio', { name: 'Real time (WebRTC)' }).click();
  await moreFrames(viewer, 30);
  await viewer.waitForURL(`${server.url}/watch/hls?via=real-time`);
  await viewer.getByRole('menuitemradio', { name: 'Any network (HLS)' }).click();
  await untilHls(viewer, 'a picture over HLS', ({ state, width }) => state === 'connected' && width > 0);
  await playsFor(viewer, 2);
  await viewer.waitForURL(`${server.url}/watch/hls?via=hls`);
});

it('loads hls.js only for who watches over HLS', async () => {
  const scripts = `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))`;
  // Left to itself, the page makes HLS ready where real time takes more than a moment.
  const realTime = await openPage(browser, `${server.url}/watch/hls?via=real-time`);
  await moreFrames(realTime, 30);
  const [without, withHls] = [await realTime.evaluate(scripts), await viewer.evaluate(scripts)] as [string[], string[]];
  await realTime.context().close();
  const isHlsJs = (name: string) => /\/hls-(?!player)[\w-]+\.js$/.test(name);
  expect(without.filter(isHlsJs)).toEqual([]);
  expect(withHls.filter(isHlsJs)).toHaveLength(1);
});

it('tells that the broadcast ended, plays it again from its start, and then the next one', async () => {
  await obs.stop();
  await viewer.getByTestId('ended').waitFor({ timeout: 60_000 });
  await viewer.getByRole('button', { name: 'Watch again from the start' }).click();
  const replay = await untilHls(
    viewer,
    'the first seconds',
    ({ state, seconds }) => state === 'connected' && seconds < 20,
  );
  const isWhole = () => viewer.evaluate(`Number.isFinite(document.querySelector('video').duration)`);
  await until(isWhole, { what: 'all of it' });
  expect(replay.edge).toBeUndefined();
  await playsFor(viewer, 2);

  obs = await publish();
  await viewer.getByRole('button', { name: 'Go live' }).click({ timeout: 60_000 });
  await untilHls(viewer, 'the next stream', ({ edge }) => edge === 'at-edge', 60_000);
  await playsFor(viewer, 2);
});

it('starts by itself when a channel goes live', async () => {
  const lateKey = await server.createChannel('late');
  const early = await openPage(browser, `${server.url}/watch/late?via=hls`);
  await early.getByTestId('offline').waitFor();
  await obs.stop();
  obs = await publish('late', lateKey);
  await untilHls(early, 'a picture', ({ state, width }) => state === 'connected' && width > 0, 60_000);
  await playsFor(early, 2);
  await early.context().close();
});

it('says that a channel has no HLS, and offers real time', async () => {
  await server.createChannel('direct');
  await askAsAdmin(server, 'PATCH', '/api/channels/direct', { hls: 'off' });
  const { key: directKey } = (await askAsAdmin(server, 'POST', '/api/channels/direct/keys', {})) as { key: string };
  await obs.stop();
  obs = await publish('direct', directKey);
  const page = await openPage(browser, `${server.url}/watch/direct?via=hls`);
  await page.getByTestId('unavailable').getByText('HLS is switched off for this channel.').waitFor();
  await page.getByRole('button', { name: 'Watch in real time' }).click();
  await moreFrames(page, 30);
  await page.waitForURL(`${server.url}/watch/direct`);
  await page.context().close();
});

it('says that there is no such channel', async () => {
  const page = await openPage(browser, `${server.url}/watch/nobody?via=hls`);
  await page.getByRole('heading', { name: 'There is no such channel' }).waitFor();
  await page.context().close();
});

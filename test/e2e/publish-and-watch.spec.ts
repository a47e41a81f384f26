import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepScreenshot, openPage, startChromium } from '../harness/chromium.js';
import { moreFrames, pictureChanges, soundIsHeard } from '../harness/playback-probe.js';
import { goLive, reload } from '../harness/studio.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let key: string;
let studio: Page;
let viewers: readonly Page[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  key = await server.createChannel('stage');
  studio = await openPage(browser, `${server.url}/studio/stage`);
  viewers = await Promise.all([1, 2].map(() => openPage(browser, `${server.url}/watch/stage?via=real-time`)));
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('carries a broadcast from the studio to two viewers who came before it', async () => {
  await goLive(studio, key);
  for (const viewer of viewers) {
    await moreFrames(viewer, 60);
    await pictureChanges(viewer);
    await soundIsHeard(viewer);
  }
  await keepScreenshot(studio, 'studio');
  await keepScreenshot(viewers[0] as Page, 'watch');
});

it('goes on for the viewers, without a reload, when the publisher reloads the studio', async () => {
  const loadedBefore = await Promise.all(viewers.map(loadTime));
  await reload(studio);
  await goLive(studio, key);
  for (const viewer of viewers) {
    await moreFrames(viewer, 60);
    await pictureChanges(viewer);
    await soundIsHeard(viewer);
  }
  expect(await Promise.all(viewers.map(loadTime))).toEqual(loadedBefore);
});

it('tells the home page what is live and how many watch', async () => {
  const home = await openPage(browser, server.url);
  await home.getByText('stage').first().waitFor();
  await keepScreenshot(home, 'home');
  const told = async () => (await (await fetch(`${server.url}/api/channels/stage`)).json()) as Record<string, unknown>;
  // Whoever lost the connection and came back counts twice until the server has given up the first.
  await until(async () => (await told())['viewers'] === 2, { what: 'two viewers', timeoutMs: 60_000 });
  expect(await told()).toMatchObject({ name: 'stage', live: true });
});

async function loadTime(page: Page): Promise<number> {
  return (await page.evaluate('performance.timeOrigin')) as number;
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepScreenshot, openPage, startChromium } from '../harness/chromium.js';
import { moreFrames, pictureChanges, soundIsHeard } from '../harness/playback-probe.js';
import { goLive, reload } from '../harness/studio.js';
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
  viewers = await Promise.all([1, 2].map(() => openPage(browser, `${server.url}/watch/stage`)));
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
    await moreFrames(viewer, 60, 30_000);
    await pictureChanges(viewer);
    await soundIsHeard(viewer);
  }
  expect(await Promise.all(viewers.map(loadTime))).toEqual(loadedBefore);
});

it('tells the home page what is live and how many watch', async () => {
  const home = await openPage(browser, server.url);
  await home.getByText('stage').first().waitFor();
  await keepScreenshot(home, 'home');
  const response = await fetch(`${server.url}/api/channels/stage`);
  expect(await response.json()).toMatchObject({ name: 'stage', live: true, viewers: 2 });
});

async function loadTime(page: Page): Promise<number> {
  return (await page.evaluate('performance.timeOrigin')) as number;
}

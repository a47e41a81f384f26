import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { setupCode } from '../harness/person.js';
import { moreFrames, pictureChanges, soundIsHeard } from '../harness/playback-probe.js';
import { goLive } from '../harness/studio.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

// Six times what it takes.
const GOAL_MS = 60_000;

let server: WeirServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('leads from the link in the terminal to a broadcast that somebody watches, within a minute and without typing a key', async () => {
  const beganMs = performance.now();
  const page = await openPage(browser, `${server.url}/setup#code=${setupCode(server)}`);
  await page.getByTestId('name').fill('Ada');
  await page.getByLabel('Password', { exact: true }).fill('a long enough password');
  await page.getByTestId('sign-up').click();
  await page.getByTestId('channel-name').fill('ada');
  await page.getByTestId('channel-title').fill('Ada builds an engine');
  await page.getByTestId('create-channel').click();
  await page.getByRole('link', { name: 'Studio' }).first().click();
  await goLive(page, '');
  // In real time, also while the machine is too slow for it.
  const viewer = await openPage(browser, `${server.url}/watch/ada?via=real-time`);
  await moreFrames(viewer, 1);
  const tookMs = performance.now() - beganMs;
  await pictureChanges(viewer);
  await soundIsHeard(viewer);
  await viewer.getByRole('heading', { name: 'Ada builds an engine' }).waitFor();
  keepFigures('first-broadcast', { seconds: Number((tookMs / 1000).toFixed(1)) });
  expect(tookMs).toBeLessThan(GOAL_MS);
});

it('does not take the link a second time', async () => {
  const page = await openPage(browser, `${server.url}/setup#code=${setupCode(server)}`);
  await page.getByTestId('name').fill('Eve');
  await page.getByLabel('Password', { exact: true }).fill('a long enough password');
  await page.getByTestId('sign-up').click();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  const response = await fetch(`${server.url}/api/session`);
  expect(await response.json()).toMatchObject({ account: null });
});

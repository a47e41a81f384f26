import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepScreenshot, startChromium } from '../harness/chromium.js';
import { carelessClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { Person } from '../harness/person.js';
import { visitStudio } from '../harness/studio-visit.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let owner: Person;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  owner = await Person.first(server);
  await owner.ask('POST', '/api/channels', { name: 'stage' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('gives OBS its address and key, waits for it, and tells what it sends and what to change in it', async () => {
  const page = await visitStudio(browser, server.url, { as: owner, fragment: '#encoder' });
  await page.getByTestId('encoder-state').filter({ hasText: 'Waiting for your encoder' }).waitFor();
  const address = await page.getByTestId('encoder-server').inputValue();
  expect(address).toBe(`${server.url}/whip/stage`);

  await page.getByTestId('make-key').click();
  const token = page.getByTestId('encoder-token');
  await token.waitFor();
  expect(await token.getAttribute('type')).toBe('password');
  await page.getByTestId('reveal').click();
  expect(await token.getAttribute('type')).toBe('text');
  const key = await token.inputValue();

  const obs = await ObsTwin.publish({ url: address, key, clip: await carelessClip(), isSilent: true });
  // Frames are counted as they come, which a busy machine lets them do now slower and now faster.
  const connected = /Connected: 360p(2[5-9]|3[0-5]) H\.264/;
  await page.getByTestId('encoder-state').filter({ hasText: connected }).waitFor({ timeout: 60_000 });
  for (const problem of ['b-frames', 'no-audio', 'long-key-frame-interval', 'profile']) {
    await page.getByTestId(`problem-${problem}`).waitFor();
  }
  await page.getByTestId('problem-long-key-frame-interval').getByText('Keyframe Interval').waitFor();
  const facts = page.getByTestId('encoder-state').filter({ hasText: 'key frame every 10 s, no sound' });
  await facts.waitFor({ timeout: 60_000 });
  await keepScreenshot(page, 'studio-encoder');

  expect(await obs.stop()).toBe(200);
  await page.getByTestId('encoder-state').filter({ hasText: 'Waiting for your encoder' }).waitFor();
  await page.reload();
  await page.getByTestId('encoder-key').filter({ hasText: 'Newest key: “OBS”, last used' }).waitFor();
  expect(await page.getByTestId('encoder-token').count()).toBe(0);
});

it('shows a guest the address and nothing else', async () => {
  const page = await visitStudio(browser, server.url, { fragment: '#encoder' });
  await page.getByTestId('encoder-server').waitFor();
  expect(await page.getByTestId('make-key').count()).toBe(0);
  expect(await page.getByTestId('encoder-status').count()).toBe(0);
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Channel } from '@weir/contract';
import { keepScreenshot, openPage, startChromium } from '../harness/chromium.js';
import { PassingWords } from '../harness/passing-words.js';
import { Person } from '../harness/person.js';
import { moreFrames, sent } from '../harness/playback-probe.js';
import { goLive } from '../harness/studio.js';
import { visitStudio } from '../harness/studio-visit.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let owner: Person;
let studio: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  owner = await Person.first(server);
  await owner.ask('POST', '/api/channels', { name: 'stage', title: 'Evening stage' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  studio = await visitStudio(browser, server.url, { as: owner });
});
afterEach(() => studio.context().close());

const channel = () => owner.ask<Channel>('GET', '/api/channels/stage');
const live = () => studio.getByTestId('live-state').filter({ hasText: 'You are live' }).waitFor();

const titled = (title: string) =>
  until(async () => (await studio.title()) === title, { what: `"${title}" on the tab` });

/** A viewer in real time, also while the machine is too slow for it. */
const watcher = () => openPage(browser, `${server.url}/watch/stage?via=real-time`);

async function prepare(): Promise<void> {
  await studio.getByTestId('use-camera').click();
  await studio.getByTestId('go-live').waitFor();
}

async function stop(): Promise<void> {
  await studio.getByTestId('stop').click();
  await studio.getByTestId('stop-yes').click();
}

it('counts down, lets an owner go live without a key, tells how it goes, and stops after a question', async () => {
  const viewer = await watcher();
  await prepare();
  await studio.getByTestId('meter').waitFor();
  const announced = await PassingWords.of(studio, '[data-testid=announcement]');
  await studio.getByTestId('go-live').click();
  await announced.said('You are live');
  const counted = (await announced.all()).filter((words) => words.startsWith('Going live'));
  expect(counted).toEqual(['Going live in 3', 'Going live in 2', 'Going live in 1']);
  await moreFrames(viewer, 30);
  await titled('● Evening stage · Weir');
  await studio.getByTestId('stats').filter({ hasText: '1 in real time · 0 over HLS' }).waitFor();
  for (const fact of ['b/s', 'fps', 'H264', ' ms', ' %']) {
    await studio.getByTestId('stats').filter({ hasText: fact }).waitFor();
  }
  await studio.getByTestId('health-sentence').waitFor();
  await studio.getByTestId('elapsed').waitFor();
  await keepScreenshot(studio, 'studio-live');

  await studio.getByTestId('stop').click();
  await studio.getByRole('button', { name: 'Stay live' }).click();
  expect((await channel()).live).toBe(true);
  await stop();
  await until(async () => !(await channel()).live, { what: 'the end' });
  await titled('Evening stage · Weir');
  await viewer.context().close();
});

it('sends nothing when the countdown is called off', async () => {
  await prepare();
  // At the second at which it connects, while the connection is only being prepared.
  await studio.evaluate(`new MutationObserver(() => {
    const counting = document.querySelector('[data-testid="counting"]')?.textContent ?? '';
    if (!counting.includes('2')) return;
    document.querySelector('[data-testid="cancel"]').click();
    window.isCalledOff = true;
  }).observe(document.body, { subtree: true, childList: true, characterData: true })`);
  await studio.getByTestId('go-live').click();
  await until(() => studio.evaluate('window.isCalledOff'), { what: 'a countdown that is called off' });
  await studio.getByTestId('go-live').waitFor();
  expect(await sent(studio)).toEqual({});
  await until(async () => !(await channel()).live, { what: 'a channel that is offline' });
});

it('makes itself one key and keeps it, and another one when that was revoked', async () => {
  const keys = async () =>
    (
      await owner.ask<{ id: string; label: string; revokedAt: string | null }[]>('GET', '/api/channels/stage/keys')
    ).filter(({ revokedAt }) => revokedAt === null);
  for (const { id } of await keys()) await owner.ask('DELETE', `/api/channels/stage/keys/${id}`);
  await prepare();
  await studio.getByTestId('countdown').uncheck();
  for (const visit of [1, 2]) {
    await studio.getByTestId('go-live').click();
    await live();
    expect(
      (await keys()).map(({ label }) => label),
      `visit ${visit}`,
    ).toEqual(['Studio, Chrome on Linux']);
    await stop();
  }
  const [first] = await keys();
  await owner.ask('DELETE', `/api/channels/stage/keys/${first?.id}`);
  await studio.getByTestId('go-live').click();
  await live();
  const [second] = await keys();
  expect(second?.id).not.toBe(first?.id);

  await owner.ask('DELETE', `/api/channels/stage/keys/${second?.id}`);
  await studio.getByTestId('refusal').filter({ hasText: 'was revoked' }).waitFor();
  expect((await channel()).live).toBe(false);
});

it('lets the viewers stay when another studio takes over, and takes over again', async () => {
  const viewer = await watcher();
  await goLive(studio, '');
  await moreFrames(viewer, 10);
  const other = await visitStudio(browser, server.url, { as: owner });
  await other.getByTestId('use-camera').click();
  await other.getByTestId('live-elsewhere').filter({ hasText: 'Chrome' }).waitFor();
  await other.getByTestId('go-live').click();
  await studio.getByTestId('take-over').waitFor();
  await moreFrames(viewer, 30);
  await studio.getByTestId('take-over').click();
  await other.getByTestId('take-over').waitFor();
  await moreFrames(viewer, 30);
  await Promise.all([viewer.context().close(), other.context().close()]);
});

it('switches recording on and off and changes the title', async () => {
  await prepare();
  const record = studio.getByTestId('record');
  const before = (await channel()).settings?.record;
  await record.click();
  await until(async () => (await channel()).settings?.record !== before, { what: 'the other setting' });
  await studio.getByLabel('Title').fill('Late stage');
  await studio.getByRole('button', { name: 'Save title' }).click();
  await studio.getByRole('heading', { level: 1, name: 'Late stage' }).waitFor();
  await owner.ask('PATCH', '/api/channels/stage', { title: 'Evening stage' });
});

it('obeys keys, but not while somebody types', async () => {
  await prepare();
  const microphone = studio.getByTestId('microphone');
  await studio.locator('body').press('m');
  await microphone.and(studio.getByRole('button', { name: 'Unmute microphone' })).waitFor();
  await studio.locator('h1').press('Control+d');
  await microphone.and(studio.getByRole('button', { name: 'Mute microphone' })).waitFor();
  await studio.getByLabel('Title').press('m');
  await microphone.and(studio.getByRole('button', { name: 'Mute microphone' })).waitFor();
  await microphone.press('v');
  await studio.getByText('Camera is off').waitFor();
  await microphone.press('?');
  await studio.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
});

it('fits a phone', async () => {
  await studio.setViewportSize({ width: 390, height: 844 });
  await prepare();
  await studio.getByTestId('go-live').waitFor();
  expect(await studio.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  await studio.getByTestId('way-encoder').click();
  await studio.getByTestId('encoder-status').waitFor();
  expect(await studio.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
});

import type { Recording } from '@weir/contract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { probedContext, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { faultsOf } from '../harness/page-states.js';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const CHANNEL = 'show';

let server: WeirServer;
let browser: Browser;
let owner: Person;
let id: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ WEIR_LADDER: '360p:600k', WEIR_RECONNECT_GRACE_MS: '500' }),
    startChromium(),
  ]);
  owner = await Person.first(server);
  const key = await owner.createChannel(CHANNEL);
  await owner.ask('PATCH', `/api/channels/${CHANNEL}`, { isolatedTracks: true });
  const obs = await ObsTwin.publish({ url: `${server.url}/whip/${CHANNEL}`, key, clip: await highClip() });
  const hasSegment = async () => (await fetch(`${server.url}/hls/${CHANNEL}/index.m3u8`)).ok;
  await until(hasSegment, { what: 'something recorded', timeoutMs: 40_000 });
  await obs.stop();
  const ready = async () => {
    const { recordings } = await owner.ask<{ recordings: Recording[] }>('GET', '/api/recordings');
    return recordings.find(({ state }) => state === 'ready')?.id;
  };
  id = await until(ready, { what: 'a recording', timeoutMs: 60_000 });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('a recorded show is composed again on its page, by its owner, and becomes a recording of its own', async () => {
  const context = await probedContext(browser);
  await owner.enter(context);
  const page = await context.newPage();
  await page.goto(`${server.url}/recordings/${id}`);
  const form = page.getByTestId('compose');
  await form.getByTestId('compose-name').fill('Once more');
  await form.getByTestId('compose-line').fill('A line across the picture');
  await form.getByTestId('compose-layout').selectOption('solo');
  expect(await faultsOf(page, 'compose')).toEqual([]);
  await form.getByTestId('compose-line').press('Enter');
  await form.getByTestId('compose-result').click({ timeout: 120_000 });
  await page.getByRole('heading', { name: 'Once more' }).waitFor();
  expect(await page.getByTestId('compose').count()).toBe(0);
  await context.close();
});

it('strangers see nothing of it', async () => {
  const context = await probedContext(browser);
  const page = await context.newPage();
  await page.goto(`${server.url}/recordings/${id}`);
  await page.getByTestId('clip').waitFor();
  expect(await page.getByTestId('compose').count()).toBe(0);
  await context.close();
});

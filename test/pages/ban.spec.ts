import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatVisit } from '../harness/chat-visit.js';
import { keepScreenshot, probedContext, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let owner: Person;
let obs: ObsTwin;
let moderator: ChatVisit;
let noisy: Page;
let noisyByHls: Page;
let bystander: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ WEIR_LADDER: '360p:600k' }), startChromium()]);
  owner = await Person.first(server);
  const key = await owner.createChannel('river');
  const { code } = await owner.ask<{ code: string }>('POST', '/api/channels/river/invitations', { role: 'moderator' });
  const mo = await Person.invited(server, 'Mo', code);
  obs = await ObsTwin.publish({ url: `${server.url}/whip/river`, key, clip: await highClip() });
  const contexts = await Promise.all([1, 2, 3].map(() => probedContext(browser)));
  await mo.enter(contexts[0] as BrowserContext);
  const [first, second, third] = contexts as [BrowserContext, BrowserContext, BrowserContext];
  moderator = await ChatVisit.open(first, server, 'river');
  noisy = await watch(second, '');
  noisyByHls = await watch(second, '?via=hls');
  bystander = await watch(third, '');
});

afterAll(async () => {
  await obs?.stop();
  await browser?.close();
  await server?.stop();
});

it('puts who is banned out of chat and picture on every tab and by every transport, and nobody else', async () => {
  for (const page of [noisy, noisyByHls, bystander]) await plays(page);
  await noisy.getByTestId('guest-name').fill('Noisy');
  await noisy.getByTestId('choose-name').click();
  await noisy.getByTestId('chat-field').fill('buy my things');
  await noisy.getByTestId('chat-field').press('Enter');
  const line = bystander.getByTestId('message').filter({ hasText: 'buy my things' });
  await line.waitFor();
  await moderator.line('buy my things').waitFor();
  await moderator.say('/ban Noisy spam');
  await line.waitFor({ state: 'detached' });
  for (const page of [noisy, noisyByHls]) {
    await page.getByText('You are banned from this channel.').first().waitFor();
    await until(async () => !(await isPlaying(page)), { what: 'the end of the picture', timeoutMs: 60_000 });
  }
  await plays(bystander);
  await noisy.reload();
  await noisy.getByText('You are banned from this channel.').first().waitFor();
  expect(await isPlaying(noisy)).toBe(false);
  await keepScreenshot(noisy, 'banned');
});

it('lets the owner read who did that', async () => {
  const { entries } = await owner.ask<{ entries: { action: string; actorName: string }[] }>(
    'GET',
    '/api/channels/river/audit',
  );
  expect(entries).toContainEqual(expect.objectContaining({ action: 'chat.ban', actorName: 'Mo' }));
});

async function watch(context: BrowserContext, search: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.url}/watch/river${search}`);
  return page;
}

async function frames(page: Page): Promise<number> {
  return Number(
    await page.evaluate('document.querySelector("video")?.getVideoPlaybackQuality().totalVideoFrames ?? 0'),
  );
}

async function plays(page: Page): Promise<void> {
  const before = await frames(page);
  await until(async () => (await frames(page)) > before + 10, { what: 'a playing picture', timeoutMs: 60_000 });
}

async function isPlaying(page: Page): Promise<boolean> {
  const before = await frames(page);
  await page.evaluate('new Promise((done) => setTimeout(done, 1500))');
  return (await frames(page)) !== before;
}

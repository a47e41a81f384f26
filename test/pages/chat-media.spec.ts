import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChatMessage, RecordingPage } from '@weir/contract';
import { keepScreenshot, probedContext, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const NEAR_ENOUGH_MS = 300;

let server: WeirServer;
let browser: Browser;
let owner: Person;
let obs: ObsTwin;
let live: Page;
let delayed: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ WEIR_LADDER: '360p:600k', WEIR_RECONNECT_GRACE_MS: '1000' }),
    startChromium(),
  ]);
  owner = await Person.first(server);
  const key = await owner.createChannel('river', { title: 'Evening river' });
  await owner.ask('PATCH', '/api/channels/river', { record: true });
  obs = await ObsTwin.publish({ url: `${server.url}/whip/river`, key, clip: await highClip() });
  const [first, second] = (await Promise.all([1, 2].map(() => probedContext(browser)))) as [
    BrowserContext,
    BrowserContext,
  ];
  await owner.enter(first);
  [live, delayed] = await Promise.all([watching(first, 'real-time'), watching(second, 'hls')]);
});

afterAll(async () => {
  await obs?.stop();
  await browser?.close();
  await server?.stop();
});

it('shows a message to a viewer over HLS with the picture that it is about, and own ones at once', async () => {
  await until(() => delayed.evaluate('Boolean(window.weir.hls?.playingDate)'), {
    what: 'a time of the picture',
    timeoutMs: 60_000,
  });
  await until(() => live.evaluate('window.weir.delayMs !== undefined'), {
    what: 'a measured delay',
    timeoutMs: 60_000,
  });
  await delayed.evaluate(`
    window.shown = new Map();
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('[data-testid=message]')) {
        const { key } = row.dataset;
        if (!shown.has(key)) shown.set(key, { text: row.innerText, atMs: weir.hls.playingDate.getTime() });
      }
    }).observe(document.querySelector('[data-testid=messages]'), { childList: true, subtree: true });
  `);
  await say(live, 'What a jump!');
  await message(delayed, 'What a jump!').waitFor();
  const { mediaAtMs } = await stored('What a jump!');
  expect(mediaAtMs).not.toBeNull();
  const shown = (await delayed.evaluate('[...shown.values()]')) as { text: string; atMs: number }[];
  const atMs = shown.find(({ text }) => text.includes('What a jump!'))?.atMs ?? 0;
  expect(atMs).toBeGreaterThanOrEqual((mediaAtMs ?? 0) - NEAR_ENOUGH_MS);

  await delayed.getByTestId('guest-name').fill('Bob');
  await delayed.getByTestId('choose-name').click();
  await say(delayed, 'I saw it too');
  await message(live, 'I saw it too').waitFor();
  const { mediaAtMs: seenAtMs } = await stored('I saw it too');
  const playing = Number(await delayed.evaluate('weir.hls.playingDate.getTime()'));
  expect(seenAtMs).not.toBeNull();
  expect(seenAtMs).toBeLessThanOrEqual(playing);
  await keepScreenshot(live, 'chat-beside-picture');
});

it('shows the chat of a recording at the pictures that it was about', async () => {
  const { mediaAtMs } = await stored('What a jump!');
  await until(async () => (await recording()).durationSeconds > 12, { what: 'a recording', timeoutMs: 60_000 });
  await obs.stop();
  await until(async () => (await recording()).state === 'ready', { what: 'a finished recording', timeoutMs: 60_000 });
  const { id } = await recording();
  await live.goto(`${server.url}/recordings/${id}`);
  await live.getByTestId('chat-replay').waitFor();
  await until(() => live.evaluate('document.querySelector("video")?.currentTime > 1'), {
    what: 'a recording that plays',
    timeoutMs: 60_000,
  });
  const seek = (ms: number) =>
    live.evaluate(`(() => {
      const video = document.querySelector('video');
      video.currentTime += (${ms} - weir.hls.playingDate.getTime()) / 1000;
    })()`);
  await seek((mediaAtMs ?? 0) + 500);
  await message(live, 'What a jump!').waitFor();
  await live.evaluate('document.querySelector("video").pause()');
  await keepScreenshot(live, 'chat-replay');
  expect(await live.evaluate('weir.hls.playingDate.getTime()')).toBeGreaterThan(mediaAtMs ?? Infinity);
  await seek((mediaAtMs ?? 0) - 2000);
  await message(live, 'What a jump!').waitFor({ state: 'detached' });
});

async function watching(context: BrowserContext, via: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.url}/watch/river?via=${via}`);
  await page.locator('[data-testid=chat][data-phase=joined]').waitFor();
  await until(() => page.evaluate('document.querySelector("video")?.videoWidth > 0'), {
    what: 'a picture',
    timeoutMs: 60_000,
  });
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('chat-field').fill(text);
  await page.getByTestId('chat-field').press('Enter');
}

function message(page: Page, text: string) {
  return page.getByTestId('message').filter({ hasText: text });
}

async function stored(body: string): Promise<ChatMessage> {
  const all = await owner.ask<ChatMessage[]>('GET', `/api/channels/river/chat?from=0&to=${Date.now() + 60_000}`);
  return all.find((one) => one.body === body) as ChatMessage;
}

async function recording() {
  const { recordings } = await owner.ask<RecordingPage>('GET', '/api/recordings?channel=river');
  return recordings[0] as RecordingPage['recordings'][number];
}

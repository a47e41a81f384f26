import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { moreFrames, pictureChanges, received, soundIsHeard, watchStretch } from '../harness/playback-probe.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

/** Longer than the clip. */
const FRAMES = 13 * 30;

let server: WeirServer;
let browser: Browser;
let beganMs: number;

// As on a user's machine: the demo is on and the local addresses are announced.
beforeAll(async () => {
  browser = await startChromium();
  beganMs = performance.now();
  server = await startServer({ WEIR_DEMO: 'on', WEIR_PUBLIC_ADDRESSES: '' });
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('has something to watch from the start, without anybody doing anything', async () => {
  const isLive = async (): Promise<boolean> => {
    const response = await fetch(`${server.url}/api/channels`);
    const channels = (await response.json()) as { name: string; live: boolean }[];
    return channels.some(({ name, live }) => name === 'demo' && live);
  };
  await until(isLive, { what: 'the demo channel' });
  keepFigures('demo', { liveAfterMs: Math.round(performance.now() - beganMs) });
});

it('plays moving picture and sound in a browser', async () => {
  const page = await openPage(browser, `${server.url}/watch/demo?via=real-time`);
  await moreFrames(page, 60);
  await pictureChanges(page);
  await soundIsHeard(page);
  const { video } = await received(page);
  expect(video).toMatchObject({ frameWidth: 1280, frameHeight: 720 });
});

it('goes on over the end of the clip', async () => {
  const page = await openPage(browser, `${server.url}/watch/demo?via=real-time`);
  // A decoder that cannot go on asks for a key frame; a datagram that a busy browser drops is sent again.
  await watchStretch(page, FRAMES, ({ keyFrameRequests }) => keyFrameRequests === 0);
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { openPage, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { moreFrames, received } from '../harness/playback-probe.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let browser: Browser;
let server: WeirServer;
let obs: ObsTwin;
let viewer: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ WEIR_LADDER: '240p:400k' }), startChromium()]);
  const key = await server.createChannel('live');
  obs = await ObsTwin.publish({ url: `${server.url}/whip/live`, key, clip: await highClip() });
  viewer = await openPage(browser, `${server.url}/watch/live?via=real-time`);
});

afterAll(async () => {
  await browser?.close();
  await obs?.stop();
  await server?.stop();
});

/** Waits for a picture of this height that goes on, and for packets of sound. */
async function plays(height: number): Promise<void> {
  await until(async () => (await received(viewer)).video?.frameHeight === height, {
    what: `${height} lines`,
    timeoutMs: 90_000,
  });
  await moreFrames(viewer, 30);
  await until(async () => ((await received(viewer)).audio?.packetsReceived ?? 0) > 50, { what: 'sound' });
}

it('follows a browser from the publisher to the program and back, in real time and without being asked', async () => {
  await plays(720);
  await server.changeChannel('live', { whep: 'program' });
  await plays(240);
  await server.changeChannel('live', { whep: 'source' });
  await plays(720);
}, 400_000);

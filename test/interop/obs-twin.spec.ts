import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { moreFrames, pictureChanges, received, soundIsHeard } from '../harness/playback-probe.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const MINUTE_OF_FRAMES = 60 * 30;
/** A machine that does other work besides drops a frame now and then. */
const MOST_SECONDS_FROZEN = 2;

let server: WeirServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('shows a minute of an OBS broadcast in High profile without asking for a key frame', async () => {
  const key = await server.createChannel('obs');
  const obs = await ObsTwin.publish({ url: `${server.url}/whip/obs`, key, clip: await highClip() });
  const page = await openPage(browser, `${server.url}/watch/obs`);
  await moreFrames(page, MINUTE_OF_FRAMES, 120_000);
  await pictureChanges(page);
  await soundIsHeard(page);
  const { video } = await received(page);
  keepFigures('obs-twin', {
    framesDecoded: video?.framesDecoded,
    keyFramesDecoded: video?.keyFramesDecoded,
    freezes: video?.freezeCount,
    packetsLost: video?.packetsLost,
  });
  expect(obs.state).toBe('connected');
  expect(video).toMatchObject({ frameWidth: 1280, frameHeight: 720, pliCount: 0, packetsLost: 0 });
  expect(video?.totalFreezesDuration).toBeLessThan(MOST_SECONDS_FROZEN);
  expect(await obs.stop()).toBe(200);
});

it('takes the key in place of the channel name in the URL', async () => {
  const key = await server.createChannel('obs-by-key');
  const obs = await ObsTwin.publish({ url: `${server.url}/whip`, key, clip: await highClip() });
  const page = await openPage(browser, `${server.url}/watch/obs-by-key`);
  await moreFrames(page, 30);
  expect(await obs.stop()).toBe(200);
});

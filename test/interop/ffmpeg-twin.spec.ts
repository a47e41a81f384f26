import { Clip } from '@weir/demo';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, startChromium } from '../harness/chromium.js';
import { FfmpegTwin } from '../harness/ffmpeg-twin.js';
import { pictureChanges, soundIsHeard, watchStretch } from '../harness/playback-probe.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const STRETCHES = 3;
const FRAMES_OF_15_S = 15 * 30;

let server: WeirServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('keeps a publisher for 45 seconds that is deaf and dumb to STUN after its handshake', async () => {
  const key = await server.createChannel('ffmpeg');
  const ffmpeg = await FfmpegTwin.publish({ url: `${server.url}/whip/ffmpeg`, key, clip: await Clip.demo() });
  const page = await openPage(browser, `${server.url}/watch/ffmpeg?via=real-time`);
  // What a busy machine drops is sent again; what cannot be made good makes the decoder ask for a key frame.
  for (let stretch = 0; stretch < STRETCHES; stretch += 1)
    await watchStretch(page, FRAMES_OF_15_S, ({ keyFrameRequests }) => keyFrameRequests === 0);
  await pictureChanges(page);
  await soundIsHeard(page);
  expect(await ffmpeg.stop()).toBe(200);
}, 400_000);

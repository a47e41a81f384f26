import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import {
  moreFrames,
  pictureChanges,
  received,
  soundIsHeard,
  type Stretch,
  watchStretch,
} from '../harness/playback-probe.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const STRETCHES = 3;
const FRAMES_OF_20_S = 20 * 30;
/** A machine that does other work besides drops frames now and then; who waits for a key frame sees half of the pictures. */
const MOST_SHARE_FROZEN = 1 / 10;

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
  const page = await openPage(browser, `${server.url}/watch/obs?via=real-time`);
  const isRight = ({ keyFrameRequests, packetsLost, frozenSeconds, seconds }: Stretch): boolean =>
    keyFrameRequests === 0 && packetsLost <= 0 && frozenSeconds < MOST_SHARE_FROZEN * seconds;
  const stretches = [];
  for (let stretch = 0; stretch < STRETCHES; stretch += 1)
    stretches.push(await watchStretch(page, FRAMES_OF_20_S, isRight));
  await pictureChanges(page);
  await soundIsHeard(page);
  const { video } = await received(page);
  keepFigures('obs-twin', {
    framesDecoded: video?.framesDecoded,
    keyFramesDecoded: video?.keyFramesDecoded,
    freezes: video?.freezeCount,
    packetsLost: video?.packetsLost,
    stretches,
  });
  expect(obs.state).toBe('connected');
  expect(video).toMatchObject({ frameWidth: 1280, frameHeight: 720 });
  expect(await obs.stop()).toBe(200);
}, 400_000);

it('takes the key in place of the channel name in the URL', async () => {
  const key = await server.createChannel('obs-by-key');
  const obs = await ObsTwin.publish({ url: `${server.url}/whip`, key, clip: await highClip() });
  const page = await openPage(browser, `${server.url}/watch/obs-by-key?via=real-time`);
  await moreFrames(page, 30);
  expect(await obs.stop()).toBe(200);
});

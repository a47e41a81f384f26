import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { watchOnce, type Visit } from '../harness/playback-probe.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const VISITS = 5;
/** A browser that stands still for a moment asks for what it missed; without the last key frame every visit has to ask. */
const MOST_VISITS = 3 * VISITS;
const WATCH_MS = 2300;
const FEWEST_FRAMES = 30;

let server: WeirServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('shows every viewer a picture in the middle of a four-second group of pictures, without asking for a key frame', async () => {
  const key = await server.createChannel('fast');
  const obs = await ObsTwin.publish({ url: `${server.url}/whip/fast`, key, clip: await highClip() });
  const isKnown = async () => (await (await fetch(`${server.url}/api/channels/fast`)).text()).includes('"width"');
  await until(isKnown, { what: 'a described stream' });
  const page = await openPage(browser, `${server.url}/`);
  const visits: Visit[] = [];
  // the replay and what comes live; a viewer with a frozen picture has one
  const isGood = ({ figures: { pliCount = 0, framesDecoded = 0 } }: Visit): boolean =>
    pliCount === 0 && framesDecoded > FEWEST_FRAMES;
  while (visits.filter(isGood).length < VISITS && visits.length < MOST_VISITS)
    visits.push(await watchOnce(page, `${server.url}/whep/fast`, WATCH_MS));
  keepFigures('fast-start', {
    firstFrameMs: visits.map(({ firstFrameMs }) => Math.round(firstFrameMs)),
    freezes: visits.map(({ figures }) => figures.freezeCount),
    frames: visits.map(({ figures }) => figures.framesDecoded),
    keyFrameRequests: visits.map(({ figures }) => figures.pliCount),
  });
  expect(visits.filter(isGood).length).toBe(VISITS);
  await obs.stop();
});

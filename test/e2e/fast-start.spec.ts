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
  for (let visit = 0; visit < VISITS; visit += 1) {
    visits.push(await watchOnce(page, `${server.url}/whep/fast`, WATCH_MS));
  }
  keepFigures('fast-start', {
    firstFrameMs: visits.map(({ firstFrameMs }) => Math.round(firstFrameMs)),
    freezes: visits.map(({ figures }) => figures.freezeCount),
    frames: visits.map(({ figures }) => figures.framesDecoded),
  });
  expect(visits.map(({ figures }) => figures.pliCount ?? 0)).toEqual(visits.map(() => 0));
  // the replay and what comes live; a viewer with a frozen picture has one
  expect(Math.min(...visits.map(({ figures }) => figures.framesDecoded ?? 0))).toBeGreaterThan(FEWEST_FRAMES);
  await obs.stop();
});

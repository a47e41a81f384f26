import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepFigures } from '../harness/artifact.js';
import { openPage, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { watchOnce, type Visit } from '../harness/playback-probe.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const VISITS = 11;
const KEY_FRAME_INTERVAL_MS = 4000;
const WATCH_MS = 3300;

let server: WeirServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('starts a viewer at once in the middle of a four-second group of pictures, and does not freeze after it', async () => {
  const key = await server.createChannel('fast');
  const obs = await ObsTwin.publish({ url: `${server.url}/whip/fast`, key, clip: await highClip() });
  const isKnown = async () => (await (await fetch(`${server.url}/api/channels/fast`)).text()).includes('"width"');
  await until(isKnown, { what: 'a described stream' });
  const page = await openPage(browser, `${server.url}/`);
  const visits: Visit[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    visits.push(await watchOnce(page, `${server.url}/whep/fast`, WATCH_MS));
  }
  const times = visits.map(({ firstFrameMs }) => Math.round(firstFrameMs)).toSorted((one, other) => one - other);
  const medianMs = times[Math.floor(VISITS / 2)] ?? Infinity;
  const freezes = visits.map(({ figures }) => figures.freezeCount ?? 0);
  keepFigures('fast-start', { medianMs, times, freezes, frames: visits.map(({ figures }) => figures.framesDecoded) });
  expect(freezes.reduce((total, count) => total + count, 0)).toBe(0);
  expect(medianMs).toBeLessThan(KEY_FRAME_INTERVAL_MS / 4);
  await obs.stop();
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChromium } from '../harness/chromium.js';
import { inviteGuest, joinAs, seen, stageOf, visitStage } from '../harness/guest-visit.js';
import { Person } from '../harness/person.js';
import { visitStudio } from '../harness/studio-visit.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const FRAMES = `document.querySelector('[data-guest] video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0`;

let dataDir: string;
let server: WeirServer;
let browser: Browser;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weir-stage-restart-'));
  [server, browser] = await Promise.all([startServer({ WEIR_DATA_DIR: dataDir }), startChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it('the pages of a director and a guest go on with the show by themselves after the server was started again', async () => {
  const owner = await Person.first(server);
  await owner.createChannel('show', { title: 'Rivers at night' });
  const desk = await visitStudio(browser, server.url, { as: owner, channel: 'show', fragment: '#stage' });
  await desk.getByTestId('direct-only').click();
  const page = await visitStage(browser, server.url, `#code=${await inviteGuest(owner, 'show')}`);
  const guest = await joinAs(page, 'Bo');
  await seen(desk, guest);
  await desk.getByTestId('bring-on').click();
  await desk.getByTestId('go-live').click();
  const onAir = page.locator('[data-testid="standing"][data-standing="on-air"]');
  await onAir.waitFor();
  const { since } = await stageOf(owner, 'show');

  await server.stop();
  await page.getByTestId('line-lost').waitFor();
  server = await startServer({ WEIR_DATA_DIR: dataDir, WEIR_HTTP_PORT: new URL(server.url).port });
  const stage = await stageOf(owner, 'show');
  expect([stage.held, stage.since === since]).toEqual([true, false]);
  let [before, fresh] = [Infinity, 0];
  const isSeen = async (): Promise<boolean> => {
    const frames = Number(await desk.evaluate(FRAMES));
    fresh += Math.max(0, frames - before);
    before = frames;
    return fresh > 10;
  };
  await until(isSeen, { what: 'new pictures of the guest', timeoutMs: 90_000 });
  await onAir.waitFor();
  // Pictures may be back before the line on which the page asks for changes is.
  await desk.getByTestId('line-lost').waitFor({ state: 'detached', timeout: 60_000 });
  await desk.getByTestId('end-show').click();
  await desk.getByTestId('end-show-yes').click();
  await desk.getByTestId('go-live').waitFor();
});

import { readFile, stat } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Recording, RecordingPage } from '@weir/contract';
import { keepScreenshot, openPage, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { Person } from '../harness/person.js';
import { pictureChanges } from '../harness/playback-probe.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';
import { askAsAdmin, playsFor, playsWell, readHls, untilHls } from './hls-viewer.js';

const RECORDED_SECONDS = 14;

let server: WeirServer;
let browser: Browser;
let obs: ObsTwin;
let viewer: Page;
let owner: Person;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ WEIR_LADDER: '360p:500k', WEIR_RECONNECT_GRACE_MS: '1000' }),
    startChromium(),
  ]);
  const key = await server.createChannel('show');
  await askAsAdmin(server, 'PATCH', '/api/channels/show', { record: true });
  obs = await ObsTwin.publish({ url: `${server.url}/whip/show`, key, clip: await highClip() });
  owner = await Person.first(server);
  viewer = await openPage(browser, `${server.url}/watch/show`);
});

afterAll(async () => {
  await obs?.stop();
  await browser?.close();
  await server?.stop();
});

async function recordingOfShow(): Promise<Recording | undefined> {
  const response = await fetch(`${server.url}/api/recordings?channel=show`);
  return ((await response.json()) as RecordingPage).recordings[0];
}

it('lists a recording that still runs, behind a link on the watch page', async () => {
  const enough = async () => ((await recordingOfShow())?.durationSeconds ?? 0) > RECORDED_SECONDS;
  await until(enough, { what: 'a recording', timeoutMs: 90_000 });
  await viewer.getByTestId('recordings-link').click();
  await viewer.getByRole('heading', { name: 'Recordings of show' }).waitFor();
  await viewer.getByTestId('recording-state').getByText('Recording now').waitFor();
});

it('plays it from its start while it runs', async () => {
  await viewer.getByTestId('recordings').getByRole('link').first().click();
  const reading = await untilHls(viewer, 'a picture', ({ width }) => width > 0);
  expect(reading.seconds).toBeLessThan(RECORDED_SECONDS);
  await playsFor(viewer, 2);
  await viewer.getByText('This recording is still running.').waitFor();
});

it('is ready without a reload when the broadcast is over, with pictures on the seek bar', async () => {
  await obs.stop();
  await viewer.getByTestId('download').waitFor({ timeout: 120_000 });
  await keepScreenshot(viewer, 'recording');
  const { storyboardUrl } = (await recordingOfShow()) ?? {};
  if (typeof storyboardUrl === 'string') {
    await viewer.getByTestId('seek').hover({ force: true });
    await viewer.getByTestId('storyboard').waitFor();
  }
});

it('plays to the end without running dry, and from wherever it is asked to', async () => {
  await viewer.reload();
  await untilHls(viewer, 'a picture', ({ state, width }) => state === 'connected' && width > 0);
  await playsWell(viewer, 3, 3);
  await pictureChanges(viewer);
  expect((await readHls(viewer)).edge).toBeUndefined();
  await viewer.keyboard.press('9');
  const { seconds, endSeconds } = await untilHls(
    viewer,
    'the last tenth',
    ({ seconds, endSeconds }) => seconds > 0.88 * endSeconds,
  );
  expect(seconds).toBeLessThanOrEqual(endSeconds);
  const ended = async () => (await viewer.evaluate(`document.querySelector('video').ended`)) as boolean;
  await until(ended, { what: 'the end' });
});

it('is downloaded as a whole', async () => {
  const recording = await recordingOfShow();
  const [download] = await Promise.all([viewer.waitForEvent('download'), viewer.getByTestId('download').click()]);
  const path = await download.path();
  const [head, { size }] = [(await readFile(path)).subarray(4, 8).toString('latin1'), await stat(path)];
  expect(head).toBe('ftyp');
  expect(size).toBe(recording?.downloads[0]?.bytes);
  expect(download.suggestedFilename()).toMatch(/\.mp4$/);
});

it('is downloaded in part, and says what is wrong with a clip', async () => {
  await viewer.getByTestId('clip-start').fill('0:05');
  await viewer.getByTestId('clip-end').fill('0:02');
  await viewer.getByTestId('clip-error').getByText('The end must come after the start.').waitFor();
  await viewer.getByTestId('clip-end').fill('0:09');
  const [download] = await Promise.all([viewer.waitForEvent('download'), viewer.getByTestId('download-clip').click()]);
  const clip = await readFile(await download.path());
  const whole = (await recordingOfShow())?.downloads[0]?.bytes ?? 0;
  expect(clip.subarray(4, 8).toString('latin1')).toBe('ftyp');
  expect(clip.length).toBeLessThan(whole);
});

async function openDashboard(): Promise<Page> {
  const page = await openPage(browser, server.url);
  await owner.enter(page.context());
  await page.goto(`${server.url}/channels/show#recording`);
  return page;
}

it('is renamed, protected, shared and deleted by the owner', async () => {
  const id = (await recordingOfShow())?.id ?? '';
  const dashboard = await openDashboard();
  const row = dashboard.getByTestId(`recording-${id}`);

  await row.getByTestId('rename').click();
  await row.getByTestId('new-title').fill('First night');
  await row.getByTestId('save-title').click();
  await row.getByRole('link', { name: 'First night' }).waitFor();

  await row.getByTestId('protect').click();
  await until(async () => (await recordingOfShow())?.protected, { what: 'a protected recording' });

  await row.getByTestId('share').click();
  await row.getByTestId('create-link').click();
  const link = await row.getByTestId('share-watch').inputValue();
  const guest = await openPage(browser, link);
  await guest.getByRole('heading', { name: 'First night' }).waitFor();
  await untilHls(guest, 'a picture', ({ width }) => width > 0);
  await guest.context().close();

  await row.getByTestId('delete').click();
  await row.getByTestId('delete-yes').click();
  await row.waitFor({ state: 'detached' });
  await viewer.goto(`${server.url}/recordings/${id}`);
  await viewer.getByRole('heading', { name: 'There is no such recording' }).waitFor();
  await dashboard.context().close();
});

it('keeps what the owner sets for a channel', async () => {
  const dashboard = await openDashboard();
  const settings = dashboard.getByTestId('settings-show');
  await settings.getByTestId('setting-hls').selectOption('passthrough');
  await settings.getByText('Saved').waitFor();
  await settings.getByTestId('setting-record').click();
  const kept = async () => {
    const channels = (await askAsAdmin(server, 'GET', '/api/channels?all=true')) as { settings: object }[];
    return JSON.stringify(channels[0]?.settings).includes('"record":false');
  };
  await until(kept, { what: 'the setting' });
  await dashboard.context().close();
});

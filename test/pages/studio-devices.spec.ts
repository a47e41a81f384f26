import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openPage, startChromium } from '../harness/chromium.js';
import { Person } from '../harness/person.js';
import { difference, moreFrames, picture, sent } from '../harness/playback-probe.js';
import { goLive } from '../harness/studio.js';
import { rack, visitStudio } from '../harness/studio-visit.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let owner: Person;
let studio: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  owner = await Person.first(server);
  await owner.ask('POST', '/api/channels', { name: 'stage' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  studio = await visitStudio(browser, server.url, { as: owner, rack: true });
});
afterEach(() => studio.context().close());

const prepare = () => studio.getByTestId('use-camera').click();
const shown = async () => {
  const values = await picture(studio);
  return values.length > 0 ? values : undefined;
};
const news = (text: string) => studio.getByTestId('device-news').getByText(text).waitFor();
const used = (testId: string) =>
  studio.evaluate(`document.querySelector('[data-testid=${testId}]').selectedOptions[0].label`);

it('explains before it asks, and asks once for both', async () => {
  await studio.getByText('Nothing is sent until').waitFor();
  expect(await rack(studio, 'asked')).toBe(0);
  await prepare();
  await studio.getByTestId('go-live').waitFor();
  expect(await rack(studio, 'asked')).toBe(1);
});

it.each([
  ['NotAllowedError', 'Permission denied', 'denied', 'sliders left of the address'],
  ['NotAllowedError', 'Permission denied by system', 'denied-by-system', 'Snap or Flatpak'],
  ['NotAllowedError', 'Permission dismissed', 'dismissed', ''],
  ['NotFoundError', '', 'not-found', ''],
  ['NotReadableError', '', 'in-use', ''],
  ['OverconstrainedError', '', 'not-matching', ''],
])('answers %s (%s), and tries again', async (name, message, error, where) => {
  await rack(studio, `refuse('${name}', '${message}')`);
  await prepare();
  await studio.getByTestId(`device-error-${error}`).first().waitFor();
  if (where !== '') await studio.getByTestId('where-to-click').filter({ hasText: where }).waitFor();
  await rack(studio, 'refuse()');
  await studio.getByTestId('device-retry').first().click();
  await studio.getByTestId('go-live').waitFor();
});

it('broadcasts with the microphone alone where there is no camera, and takes one as soon as it is there', async () => {
  await rack(studio, "unplug('Desk camera')");
  await prepare();
  await studio.getByTestId('device-error-not-found').waitFor();
  await studio.getByTestId('go-live').waitFor();
  await rack(studio, "plug('videoinput', 'New camera')");
  await news('Now using: New camera');
  expect(await used('camera-choice')).toBe('New camera');
});

it('offers a new device and takes it only when asked to', async () => {
  await prepare();
  await studio.getByTestId('go-live').waitFor();
  await rack(studio, "plug('videoinput', 'Hand camera', 'hand')");
  await news('New device: Hand camera');
  expect(await used('camera-choice')).toBe('Desk camera');
  await studio.getByTestId('use-device').click();
  await until(async () => (await used('camera-choice')) === 'Hand camera', { what: 'the other camera' });
  await rack(studio, "plug('audioinput', 'Hand microphone')");
  await news('New device: Hand microphone');
});

it('goes on live when a device is pulled out and plugged in again, in one session', async () => {
  await rack(studio, "plug('videoinput', 'Built-in camera', 'built-in')");
  // In real time, also while the machine is too slow for it.
  const viewer = await openPage(browser, `${server.url}/watch/stage?via=real-time`);
  await goLive(studio, '');
  await moreFrames(viewer, 20);
  await studio.evaluate('void (window.firstPeer = weir.peer)');
  await studio.getByTestId('camera-choice').selectOption({ label: 'Desk camera' });
  await rack(studio, "unplug('Desk camera')");
  await news('The device in use went away. Now using: Built-in camera');
  await moreFrames(viewer, 20);
  await rack(studio, "plug('videoinput', 'Desk camera', 'desk-again')");
  await news('Now using: Desk camera');
  await rack(studio, "unplug('Desk microphone')");
  await news('without sound until one is plugged in');
  await rack(studio, "plug('audioinput', 'Desk microphone', 'sound-again')");
  await news('Now using: Desk microphone');
  await moreFrames(viewer, 20);
  expect(await studio.evaluate('window.firstPeer === weir.peer')).toBe(true);
  await viewer.context().close();
});

it('shares a screen and comes back to the camera by the bar of the browser, without a new session', async () => {
  await goLive(studio, '');
  await studio.evaluate('void (window.firstPeer = weir.peer)');
  const camera = await until(shown, { what: 'the camera' });
  await studio.getByTestId('source-screen').click();
  await studio.getByTestId('screen-sound').waitFor();
  await until(async () => difference(await picture(studio), camera) > 20, { what: 'the screen' });
  await rack(studio, 'endScreen()');
  await news('The screen is no longer shared.');
  await studio.locator('[data-testid=source-camera][aria-pressed=true]').waitFor();
  const frames = (await sent(studio)).video?.framesEncoded ?? 0;
  await until(async () => ((await sent(studio)).video?.framesEncoded ?? 0) > frames + 20, { what: 'more frames' });
  expect(await studio.evaluate('window.firstPeer === weir.peer')).toBe(true);
  await rack(studio, "refuse('NotAllowedError', 'Permission denied')");
  await studio.getByTestId('source-screen').click();
  await studio.locator('[data-testid=source-camera][aria-pressed=true]').waitFor();
  expect(await studio.getByTestId('notice-error').count()).toBe(0);
});

it('asks whether the camera is covered when the picture is black', async () => {
  await rack(studio, 'cover(true)');
  await prepare();
  await studio.getByTestId('black-picture').waitFor();
  await rack(studio, 'cover(false)');
  await studio.getByTestId('black-picture').waitFor({ state: 'detached' });
});

it('mirrors the preview for oneself only, unless told not to', async () => {
  await prepare();
  await studio.locator('video.mirrored').waitFor();
  await studio.getByTestId('mirror').uncheck();
  await studio.locator('video:not(.mirrored)').waitFor();
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepScreenshot, openPage, probedContext, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const ENGLISH = 'WEBVTT\n\n00:00.000 --> 59:00.000\nGood evening\n';
const KOREAN = 'WEBVTT\n\n00:00.000 --> 59:00.000\n안녕하세요\n';

let server: WeirServer;
let browser: Browser;
let folder: string;
let owner: Person;
let path: string;
let viewer: Page;

beforeAll(async () => {
  [server, browser, folder] = await Promise.all([
    startServer({ WEIR_LADDER: '360p:600k', WEIR_RECONNECT_GRACE_MS: '500' }),
    startChromium(),
    mkdtemp(join(tmpdir(), 'weir-captions-')),
  ]);
  await writeFile(join(folder, 'english.vtt'), ENGLISH);
  await writeFile(join(folder, 'korean.vtt'), KOREAN);
  await writeFile(join(folder, 'wrong.vtt'), '1\n00:00:01,000 --> 00:00:02,000\nSubRip\n');
  owner = await Person.first(server);
  const key = await owner.createChannel('show');
  const obs = await ObsTwin.publish({ url: `${server.url}/whip/show`, key, clip: await highClip() });
  const hasSegment = async () => (await fetch(`${server.url}/hls/show/index.m3u8`)).ok;
  await until(hasSegment, { what: 'something recorded', timeoutMs: 40_000 });
  await obs.stop();
  const ready = async () => {
    const { recordings } = await owner.ask<{ recordings: { id: string; state: string }[] }>('GET', '/api/recordings');
    return recordings.find(({ state }) => state === 'ready')?.id;
  };
  path = `/recordings/${await until(ready, { what: 'a recording', timeoutMs: 60_000 })}`;
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What is shown of the captions at this moment. */
async function shownCue(page: Page): Promise<string | undefined> {
  return (await page.evaluate(`(() => {
    const shown = [...(document.querySelector('video')?.textTracks ?? [])].filter(({ mode }) => mode === 'showing');
    return shown.length === 1 ? shown[0].activeCues?.[0]?.text : undefined;
  })()`)) as string | undefined;
}

it('are set by the owner on the page of the recording, and refused with a reason', async () => {
  const context = await probedContext(browser);
  await owner.enter(context);
  const page = await context.newPage();
  await page.goto(server.url + path);
  const editor = page.getByTestId('caption-editor');
  await editor.getByTestId('caption-language').fill('de');
  await editor.getByTestId('caption-file').setInputFiles(join(folder, 'wrong.vtt'));
  await editor.getByTestId('upload-captions').click();
  await editor.getByText('line 1').waitFor();
  for (const [language, file] of [
    ['en', 'english.vtt'],
    ['ko', 'korean.vtt'],
  ] as const) {
    await editor.getByTestId('caption-language').fill(language);
    await editor.getByTestId('caption-file').setInputFiles(join(folder, file));
    await editor.getByTestId('upload-captions').click();
    await editor.getByTestId(`caption-${language}`).waitFor();
  }
  await keepScreenshot(page, 'caption-editor');
  await context.close();
});

it('are off until the viewer switches them on, by the key and by the menu, in the language of his choice', async () => {
  viewer = await openPage(browser, server.url + path);
  await viewer.getByTestId('captions').waitFor();
  expect(await viewer.getByTestId('captions').getAttribute('aria-pressed')).toBe('false');
  expect(await shownCue(viewer)).toBeUndefined();
  expect(await viewer.getByTestId('caption-editor').count()).toBe(0);
  await viewer.keyboard.press('c');
  await until(async () => (await shownCue(viewer)) === 'Good evening', { what: 'English captions' });
  await viewer.getByTestId('settings').click();
  await viewer.getByTestId('captions-ko').click();
  await until(async () => (await shownCue(viewer)) === '안녕하세요', { what: 'Korean captions' });
});

it('look as the viewer wants them, also after a reload', async () => {
  await viewer.getByTestId('caption-size-large').click();
  await viewer.getByTestId('caption-ground-half').click();
  await viewer.keyboard.press('Escape');
  await viewer.reload();
  await until(async () => (await shownCue(viewer)) === '안녕하세요', { what: 'Korean captions again' });
  const look = await viewer.evaluate(`({ ...document.querySelector('[data-testid=player]').dataset })`);
  expect(look).toMatchObject({ captionSize: 'large', captionGround: 'half' });
  await keepScreenshot(viewer, 'captions');
  await viewer.getByTestId('captions').click();
  await until(async () => (await shownCue(viewer)) === undefined, { what: 'no captions' });
});

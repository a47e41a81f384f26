import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { probedContext, startChromium } from '../harness/chromium.js';
import { Person } from '../harness/person.js';
import { moreFrames } from '../harness/playback-probe.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const MOST_STEPS = 60;

let server: WeirServer;
let browser: Browser;
let studio: Page;
let viewer: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  const owner = await Person.first(server);
  await owner.createChannel('river', { title: 'Evening river' });
  const [first, second] = (await Promise.all([1, 2].map(() => probedContext(browser)))) as [
    BrowserContext,
    BrowserContext,
  ];
  await owner.enter(first);
  studio = await first.newPage();
  viewer = await second.newPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('goes live from the studio and stops, by the keyboard alone', async () => {
  await studio.goto(`${server.url}/studio/river`);
  await studio.getByRole('button', { name: 'Use camera and microphone' }).waitFor();
  await tabTo(studio, 'Use camera and microphone');
  await studio.keyboard.press('Enter');
  await studio.getByRole('button', { name: 'Go live' }).waitFor();
  await tabTo(studio, 'Go live');
  await studio.keyboard.press('Enter');
  await until(() => isLive(), { what: 'the channel to be live' });
});

it('watches, changes the sound, finds the options and writes in the chat, by the keyboard alone', async () => {
  // In real time, also while the machine is too slow for it.
  await viewer.goto(`${server.url}/watch/river?via=real-time`);
  await moreFrames(viewer, 30);
  await tabTo(viewer, 'Skip to content');
  await viewer.keyboard.press('Enter');
  const muted = () => viewer.evaluate('document.querySelector("video").muted');
  const before = await muted();
  await viewer.keyboard.press('m');
  await until(async () => (await muted()) !== before, { what: 'the sound to change' });
  await viewer.keyboard.press('k');
  await until(() => viewer.evaluate('document.querySelector("video").paused'), { what: 'a pause' });
  await viewer.keyboard.press('k');
  await until(async () => !(await viewer.evaluate('document.querySelector("video").paused')), { what: 'going on' });
  await tabTo(viewer, 'Settings');
  await viewer.keyboard.press('Enter');
  await until(async () => (await focused(viewer)).inMenu, { what: 'the focus in the menu' });
  await viewer.keyboard.press('Escape');
  await until(async () => (await focused(viewer)).name.includes('Settings'), { what: 'the focus back' });
  await tabTo(viewer, 'Choose a name');
  await viewer.keyboard.type('Keys');
  await viewer.keyboard.press('Enter');
  await viewer.getByTestId('chat-field').waitFor();
  await tabTo(viewer, 'Your message');
  await viewer.keyboard.type('no mouse here');
  await viewer.keyboard.press('Enter');
  await studio.getByTestId('message').filter({ hasText: 'no mouse here' }).waitFor();
});

it('stops the broadcast after a question, by the keyboard alone', async () => {
  await tabTo(studio, 'End broadcast');
  await studio.keyboard.press('Enter');
  await studio.getByRole('dialog').waitFor();
  await tabTo(studio, 'End now');
  await studio.keyboard.press('Enter');
  await until(async () => !(await isLive()), { what: 'the end of the broadcast' });
  await until(async () => (await focused(studio)).name !== '', { what: 'the focus on what takes its place' });
});

async function isLive(): Promise<boolean> {
  const response = await fetch(`${server.url}/api/channels/river`);
  return ((await response.json()) as { live: boolean }).live;
}

/** Presses Tab until the focus is on what has such a name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { name: here, isVisible } = await focused(page);
    if (step > 0 && here.includes(name)) {
      expect(isVisible, `the focus on "${here}" can be seen`).toBe(true);
      return;
    }
    seen.push(here);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to "${name}", but to: ${[...new Set(seen)].join(' | ')}`);
}

interface Focused {
  readonly name: string;
  readonly isVisible: boolean;
  readonly inMenu: boolean;
}

async function focused(page: Page): Promise<Focused> {
  return page.evaluate(`(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { name: '', isVisible: false, inMenu: false };
    const labels = [...(element.labels ?? [])].map((label) => label.textContent);
    const name = [element.getAttribute('aria-label'), ...labels, element.textContent, element.getAttribute('placeholder')];
    const box = element.getBoundingClientRect();
    const isMarked = [element, element.parentElement].some((part) => getComputedStyle(part).outlineStyle !== 'none');
    return {
      name: name.filter(Boolean).join(' ').trim(),
      isVisible: box.width > 0 && box.height > 0 && isMarked,
      inMenu: element.closest('[role=menu], dialog, [popover]') !== null,
    };
  })()`);
}

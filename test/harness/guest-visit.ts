import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Stage } from '@weir/contract';
import { probedContext } from './chromium.js';
import type { Person } from './person.js';
import { until } from './until.js';

/** A screen to share, since a browser without a window has none: a canvas in blue. */
const SCREEN = `navigator.mediaDevices.getDisplayMedia = async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  const context = canvas.getContext('2d');
  let turn = 0;
  setInterval(() => {
    context.fillStyle = '#0040c0';
    context.fillRect(0, 0, 640, 360);
    context.fillStyle = '#fff';
    context.fillRect((turn += 4) % 640, 100, 40, 40);
  }, 100);
  return canvas.captureStream(10);
}`;

/** Makes an invitation to the stage of a channel; returns its code. */
export async function inviteGuest(owner: Person, channel: string): Promise<string> {
  const made = await owner.ask<{ code: string }>('POST', `/api/channels/${channel}/invitations`, { role: 'guest' });
  return made.code;
}

/** Opens the page of a guest in a browser context of its own, or in one that is given. */
export async function visitStage(browser: Browser | BrowserContext, url: string, fragment: string): Promise<Page> {
  const context = 'newContext' in browser ? await probedContext(browser) : browser;
  await context.addInitScript(SCREEN);
  const page = await context.newPage();
  await page.goto(`${url}/guest${fragment}`);
  return page;
}

/** Goes through the device check with the fake camera and microphone and joins; returns the guest's id. */
export async function joinAs(page: Page, name: string): Promise<string> {
  await page.getByTestId('use-camera').click();
  await page.getByTestId('guest-name').fill(name);
  await page.getByTestId('join').click();
  return ownId(page);
}

/** The id of the guest that a page is. */
export async function ownId(page: Page): Promise<string> {
  return (await page.getByTestId('own-tile').getAttribute('data-guest')) ?? '';
}

/** Waits until the tile of a guest, or of a screen, shows moving pictures. */
export async function seen(page: Page, guest: string): Promise<void> {
  const frames = async () =>
    Number(
      await page.evaluate(
        `document.querySelector('[data-guest="${guest}"] video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0`,
      ),
    );
  await until(async () => (await frames()) > 10, { what: `pictures of ${guest}`, timeoutMs: 60_000 });
}

/** The stage as its owner reads it. */
export async function stageOf(owner: Person, channel: string): Promise<Stage> {
  return owner.ask<Stage>('GET', `/api/channels/${channel}/stage`);
}

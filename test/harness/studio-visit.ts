import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { probedContext } from './chromium.js';
import type { Person } from './person.js';

const RACK = fileURLToPath(new URL('device-rack.js', import.meta.url));

/** How somebody comes to the studio. */
export interface StudioVisit {
  /** Who is signed in; a guest without one. */
  readonly as?: Person;
  /** Devices that the test plugs in and pulls out, `deviceRack` in the page; else the browser's fake ones. */
  readonly rack?: boolean;
  /** Default `stage`. */
  readonly channel?: string;
  /** `#encoder`, `#key=…`. */
  readonly fragment?: string;
}

/** Opens the studio of a channel in a browser context of its own. */
export async function visitStudio(browser: Browser, url: string, visit: StudioVisit = {}): Promise<Page> {
  const context = await probedContext(browser);
  if (visit.rack === true) await context.addInitScript({ path: RACK });
  await visit.as?.enter(context);
  const page = await context.newPage();
  await page.goto(`${url}/studio/${visit.channel ?? 'stage'}${visit.fragment ?? ''}`);
  return page;
}

/** Does something with the devices of a page that has a rack, such as `unplug('Desk camera')`. */
export async function rack(page: Page, action: string): Promise<unknown> {
  return page.evaluate(`deviceRack.${action}`);
}

import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { artifactPath } from './artifact.js';
import { CHROMIUM, programPath } from './requirements.js';

const PROBE = fileURLToPath(new URL('page-probe.js', import.meta.url));

/** How long a browser, a page and what is waited for in it may take on a busy machine. */
const PATIENCE_MS = 60_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--mute-audio',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  // Chromium gathers no loopback candidate otherwise, and cannot reach 127.0.0.1 from another address.
  '--allow-loopback-in-peer-connection',
  // Pages of one test lie on top of each other; a covered page must go on decoding.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

/** Starts the system's Chromium without a window, with a fake camera and a fake microphone. */
export async function startChromium(): Promise<Browser> {
  const executablePath = await programPath(CHROMIUM);
  return chromium.launch({ executablePath, headless: true, args: FLAGS, timeout: PATIENCE_MS });
}

/** One person's browser: a context of its own with one page that carries the probe. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await probedContext(browser);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** A context whose pages all carry the probe. */
export async function probedContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['camera', 'microphone'],
    locale: 'en-US',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript({ path: PROBE });
  return context;
}

/** Keeps a picture of the page under test/artifacts. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: artifactPath(`${name}.png`) });
}

import type { Page } from 'playwright-core';
import { sent } from './playback-probe.js';
import { until } from './until.js';

/** Goes live from an open studio page with the fake camera and microphone; resolves when frames are sent. */
export async function goLive(page: Page, key: string): Promise<void> {
  await page.getByRole('button', { name: 'Use camera and microphone' }).click();
  const start = page.getByRole('button', { name: 'Go live' });
  await start.waitFor();
  const field = page.getByLabel('Stream key', { exact: true });
  if (await field.isVisible()) await field.fill(key);
  await start.click();
  await until(async () => ((await sent(page)).video?.framesEncoded ?? 0) > 30, {
    what: 'a broadcast',
    timeoutMs: 60_000,
  });
}

/** Reloads the page as a person does who is sure about it. */
export async function reload(page: Page): Promise<void> {
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
}

import type { Page } from 'playwright-core';
import { until } from '../harness/until.js';
import type { WeirServer } from '../harness/weir-server.js';

/** What a page that plays over HLS shows at this moment. */
export interface HlsReading {
  /** As the player tells it, such as `connected`. */
  readonly state: string | undefined;
  /** Media time. */
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  /** Media time that can be played; both 0 without. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Times that playing ran dry since the stream was opened. */
  readonly stalls: number;
  /** From the broadcaster to the screen; undefined when not live. */
  readonly delayMs: number | undefined;
  /** `at-edge`, `behind`; undefined without a badge. */
  readonly edge: string | undefined;
}

const READ = `(() => {
  const video = document.querySelector('video');
  const seekable = video?.seekable;
  const has = seekable !== undefined && seekable.length > 0;
  return {
    state: window.weir?.state,
    seconds: video?.currentTime ?? 0,
    width: video?.videoWidth ?? 0,
    height: video?.videoHeight ?? 0,
    startSeconds: has ? seekable.start(0) : 0,
    endSeconds: has ? seekable.end(seekable.length - 1) : 0,
    stalls: window.weir?.stalls ?? 0,
    delayMs: window.weir?.delayMs,
    edge: document.querySelector('[data-testid=live-edge]')?.dataset.edge,
  };
})()`;

/** Reads the player of a page. */
export async function readHls(page: Page): Promise<HlsReading> {
  return (await page.evaluate(READ)) as HlsReading;
}

/** Waits until the player is as it should be. */
export async function untilHls(
  page: Page,
  what: string,
  is: (reading: HlsReading) => boolean,
  timeoutMs = 60_000,
): Promise<HlsReading> {
  const ask = async () => {
    const reading = await readHls(page);
    return is(reading) ? reading : undefined;
  };
  return until(ask, { what, timeoutMs, everyMs: 100 });
}

/** Waits until the page has played so many seconds from where it is now. */
export async function playsFor(page: Page, seconds: number): Promise<HlsReading> {
  const { seconds: from } = await readHls(page);
  return untilHls(page, `${seconds} more seconds`, (reading) => reading.seconds >= from + seconds);
}

/** Waits until the page has played so many seconds without running dry, as it does unless this machine stands still; returns what it showed then. */
export async function playsWell(page: Page, seconds: number, tries = 5): Promise<HlsReading> {
  for (let turn = 0; turn < tries; turn += 1) {
    const { stalls } = await readHls(page);
    const reading = await playsFor(page, seconds);
    if (reading.stalls === stalls) return reading;
  }
  throw new Error(`It ran dry ${tries} times, each within ${seconds} s.`);
}

/** Asks the API as the administrator. */
export async function askAsAdmin(server: WeirServer, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

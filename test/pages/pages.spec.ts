import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingPage } from '@weir/contract';
import { probedContext, startChromium } from '../harness/chromium.js';
import { highClip } from '../harness/clips.js';
import { ObsTwin } from '../harness/obs-twin.js';
import { faultsOf } from '../harness/page-states.js';
import { Person, setupCode } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

/** One state of one page: how to come there. */
interface PageState {
  readonly name: string;
  readonly path: () => string;
  readonly by: 'owner' | 'stranger';
  readonly reach?: (page: Page) => Promise<unknown>;
}

let server: WeirServer;
let browser: Browser;
let owner: Person;
let obs: ObsTwin;
let setup: string;
let invitation: string;
let recording: string;
const contexts = new Map<PageState['by'], BrowserContext>();

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startServer({ WEIR_LADDER: '360p:600k', WEIR_SIGN_UP: 'open' }),
    startChromium(),
  ]);
  setup = setupCode(server);
  owner = await Person.first(server);
  const key = await owner.createChannel('show', { title: 'Rivers at night', description: 'Every evening, one river.' });
  await owner.createChannel('quiet', { title: 'Quiet water' });
  await owner.createChannel('secret', { visibility: 'private' });
  const made = await owner.ask<{ code: string }>('POST', '/api/channels/show/invitations', { role: 'moderator' });
  invitation = made.code;
  obs = await ObsTwin.publish({ url: `${server.url}/whip/show`, key, clip: await highClip() });
  recording = await until(runningRecording, { what: 'a recording', timeoutMs: 60_000 });
  for (const by of ['owner', 'stranger'] as const) contexts.set(by, await probedContext(browser));
  await owner.enter(contexts.get('owner') as BrowserContext);
});

afterAll(async () => {
  await obs?.stop();
  await browser?.close();
  await server?.stop();
});

const states: readonly PageState[] = [
  {
    name: 'home-live',
    path: () => '/',
    by: 'stranger',
    reach: (page) => page.getByText('Rivers at night').first().waitFor(),
  },
  {
    name: 'home-owner',
    path: () => '/',
    by: 'owner',
    reach: (page) => page.getByText('Rivers at night').first().waitFor(),
  },
  { name: 'watch-live', path: () => '/watch/show', by: 'stranger', reach: playing },
  { name: 'watch-hls', path: () => '/watch/show?via=hls', by: 'owner', reach: playing },
  { name: 'watch-offline', path: () => '/watch/quiet', by: 'stranger', reach: heading('Quiet water') },
  { name: 'watch-private', path: () => '/watch/secret', by: 'stranger', reach: settled },
  { name: 'watch-unknown', path: () => '/watch/nobody', by: 'stranger', reach: settled },
  { name: 'embed', path: () => '/embed/show?muted=1', by: 'stranger', reach: playing },
  { name: 'chat', path: () => '/chat/show', by: 'owner', reach: settled },
  { name: 'studio-preflight', path: () => '/studio/quiet', by: 'owner', reach: settled },
  { name: 'studio-ready', path: () => '/studio/quiet', by: 'owner', reach: prepareStudio },
  { name: 'studio-choice', path: () => '/studio', by: 'owner', reach: settled },
  { name: 'setup', path: () => `/setup#code=${setup}`, by: 'stranger', reach: settled },
  { name: 'setup-without-code', path: () => '/setup', by: 'stranger', reach: settled },
  { name: 'sign-in', path: () => '/sign-in', by: 'stranger', reach: settled },
  { name: 'sign-in-refused', path: () => '/sign-in', by: 'stranger', reach: signInWrongly },
  { name: 'sign-up', path: () => '/sign-up', by: 'stranger', reach: settled },
  { name: 'invite', path: () => `/invite#code=${invitation}`, by: 'stranger', reach: settled },
  { name: 'account', path: () => '/account', by: 'owner', reach: settled },
  { name: 'account-stranger', path: () => '/account', by: 'stranger', reach: settled },
  { name: 'channels', path: () => '/channels', by: 'owner', reach: settled },
  ...['details', 'keys', 'members', 'moderation', 'chat', 'recording'].map((tab): PageState => ({
    name: `channel-${tab}`,
    path: () => `/channels/show#${tab}`,
    by: 'owner',
    reach: settled,
  })),
  ...['channels', 'accounts', 'invitations', 'log'].map((tab): PageState => ({
    name: `admin-${tab}`,
    path: () => `/admin#${tab}`,
    by: 'owner',
    reach: settled,
  })),
  { name: 'recordings', path: () => '/recordings', by: 'stranger', reach: settled },
  { name: 'recordings-empty', path: () => '/recordings?channel=quiet', by: 'stranger', reach: settled },
  { name: 'recording', path: () => `/recordings/${recording}`, by: 'owner', reach: playingRecording },
];

describe('every page, in both themes, on a phone and on a desktop', () => {
  it.each(states)('$name breaks no rule of accessibility and fits the screen', async ({ name, path, by, reach }) => {
    const page = await (contexts.get(by) as BrowserContext).newPage();
    try {
      await page.goto(server.url + path());
      await reach?.(page);
      expect(await faultsOf(page, name)).toEqual([]);
    } finally {
      await page.close();
    }
  });
});

async function runningRecording(): Promise<string | undefined> {
  const { recordings } = await owner.ask<RecordingPage>('GET', '/api/recordings?channel=show');
  const [first] = recordings;
  return first !== undefined && first.durationSeconds > 3 ? first.id : undefined;
}

async function playing(page: Page): Promise<void> {
  const width = () => page.evaluate('document.querySelector("video")?.videoWidth ?? 0');
  await until(width, { what: 'a picture', timeoutMs: 60_000 });
}

/** Its requests never rest: what it is about is still being recorded. */
async function playingRecording(page: Page): Promise<void> {
  await page.getByTestId('clip').waitFor();
  await page.getByTestId('caption-editor').waitFor();
  await playing(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator('main, [data-testid=chat]').first().waitFor();
  await page.waitForLoadState('networkidle');
}

function heading(name: string): (page: Page) => Promise<void> {
  return (page) => page.getByRole('heading', { name }).first().waitFor();
}

async function prepareStudio(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use camera and microphone' }).click();
  await page.getByRole('button', { name: 'Go live' }).waitFor();
}

async function signInWrongly(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('nobody');
  await page.getByLabel('Password', { exact: true }).fill('a wrong password');
  await page.getByRole('button', { name: 'Sign in' }).last().click();
  await page.getByRole('alert').first().waitFor();
}

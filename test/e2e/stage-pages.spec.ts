import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepScreenshot, openPage, startChromium } from '../harness/chromium.js';
import { joinAs } from '../harness/guest-visit.js';
import { Person } from '../harness/person.js';
import { SHOW_CAST, type ShowName } from '../harness/show-cast.js';
import { sent } from '../harness/playback-probe.js';
import { dressedPage } from '../harness/show-guest.js';
import { ShowHost } from '../harness/show-host.js';
import type { PlainPicture } from '../harness/show-picture.js';
import { screenFaults } from '../harness/show-screen.js';
import { reload } from '../harness/studio.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const CHANNEL = 'show';

let server: WeirServer;
let browser: Browser;
let host: ShowHost;
let studio: Page;
let viewer: Page;
let link: string;
const pages = {} as Record<ShowName, Page>;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ WEIR_LADDER: '360p:900k' }), startChromium()]);
  const person = await Person.first(server, 'Anna');
  await person.createChannel(CHANNEL, { title: 'A show' });
  host = new ShowHost(person, CHANNEL);
  studio = await dressedPage(browser, SHOW_CAST.anna);
  await person.enter(studio.context());
  await studio.goto(`${server.url}/studio/${CHANNEL}#stage`);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).first().click({ timeout: 60_000 });
}

/** Presses a button on the tile of a guest in the studio. */
function onTile(name: string, testId: string): Promise<void> {
  return studio.locator(`[data-name="${name}"]`).getByTestId(testId).click({ timeout: 60_000 });
}

/** Comes by the link of the studio, and waits backstage. */
async function arrive(name: ShowName): Promise<void> {
  const page = await dressedPage(browser, SHOW_CAST[name]);
  pages[name] = page;
  await page.goto(link);
  await joinAs(page, SHOW_CAST[name].name);
  await page.getByText('Viewers can’t see or hear you.').first().waitFor();
  await host.staged(`${name} backstage`, ({ guests }) =>
    guests.some((guest) => guest.name === SHOW_CAST[name].name && guest.connected),
  );
}

/** Waits until the viewer sees every guest of the arrangement in his rectangle. */
async function seen(what: string): Promise<void> {
  let faults: string[] = [];
  const isRight = async (): Promise<boolean> => {
    const stage = await host.stage();
    const pictures: Record<string, PlainPicture> = {};
    for (const { id, name } of stage.guests)
      for (const looks of Object.values(SHOW_CAST)) if (looks.name === name) pictures[id] = looks;
    faults = await screenFaults(viewer, stage, pictures);
    return faults.length === 0;
  };
  await until(isRight, { what, timeoutMs: 90_000, everyMs: 250 }).catch((error: Error) => {
    throw new Error(`${error.message} ${faults.join('; ')}`);
  });
}

it('lets a host take part and invite guests, who wait backstage', async () => {
  await press(studio, 'Take part with camera and microphone');
  await press(studio, 'Invite');
  await press(studio, 'Make a link');
  link = await studio.getByLabel('Link for your guests, shown only now', { exact: true }).inputValue();
  await studio.keyboard.press('Escape');
  await arrive('bert');
  await arrive('cleo');
  expect((await host.stage()).arrangement.guests).toEqual([]);
});

it('shows viewers whom the host brings on air, in the layout of a key', async () => {
  for (const name of ['Anna', 'Bert', 'Cleo']) await onTile(name, 'bring-on');
  await press(studio, 'Go live');
  await host.staged('the show', ({ live }) => live);
  viewer = await openPage(browser, `${server.url}/watch/${CHANNEL}`);
  await pages.bert.getByText('Viewers see and hear you.').first().waitFor();
  await seen('three guests');
  await studio.locator('body').press('5');
  await host.staged('the spotlight', ({ arrangement }) => arrangement.layout === 'spotlight');
  await seen('a spotlight');
  await keepScreenshot(studio, 'stage-director');
  await keepScreenshot(pages.bert, 'stage-guest');
  await keepScreenshot(viewer, 'stage-viewer');
});

it('goes on while the host reloads the studio, who is the same guest afterwards', async () => {
  const before = await host.stage();
  await reload(studio);
  await studio.getByRole('button', { name: 'End show' }).waitFor();
  await until(async () => ((await sent(studio)).video?.framesEncoded ?? 0) > 30, { what: 'pictures of the host' });
  await seen('the host again');
  const { live, since, guests } = await host.stage();
  expect({ live, since, ids: guests.map(({ id }) => id) }).toEqual({
    live: true,
    since: before.since,
    ids: before.guests.map(({ id }) => id),
  });
});

it('tells a guest who is muted, and lets only him end it', async () => {
  await onTile('Bert', 'mute');
  await pages.bert.getByText('The host muted you.').first().waitFor();
  const isMuted = (wanted: boolean) =>
    host.staged(`muted: ${wanted}`, ({ guests }) =>
      guests.some(({ name, muted }) => name === 'Bert' && muted === wanted),
    );
  await isMuted(true);
  await press(pages.bert, 'Unmute');
  await isMuted(false);
});

it('sends a guest away for good', async () => {
  await onTile('Cleo', 'settings');
  await press(studio, 'Remove Cleo');
  await press(studio, 'Remove');
  await pages.cleo.getByText('You were removed from the stage').first().waitFor();
  await seen('the two others');
  await pages.cleo.reload();
  expect((await host.stage()).guests.map(({ name }) => name)).not.toContain('Cleo');
});

it('ends the show when the host says so', async () => {
  await press(studio, 'End show');
  await press(studio, 'End now');
  await host.staged('the end', ({ live }) => !live);
  await pages.bert.getByText('Viewers can’t see or hear you.').first().waitFor();
});

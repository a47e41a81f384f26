import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { JoinedStage, Stage } from '@weir/contract';
import { startChromium } from '../harness/chromium.js';
import { faultsOf } from '../harness/page-states.js';
import { Person } from '../harness/person.js';
import { StageSocket } from '../harness/stage-party.js';
import { visitStudio } from '../harness/studio-visit.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let owner: Person;
let desk: Page;
let channel: string;
let channels = 0;
const places: StageSocket[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ WEIR_LADDER: '360p:600k' }), startChromium()]);
  owner = await Person.first(server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  channels += 1;
  channel = `show${channels}`;
  await owner.createChannel(channel, { title: 'Rivers at night' });
  desk = await visitStudio(browser, server.url, { as: owner, channel, fragment: '#stage' });
});

afterEach(async () => {
  for (const place of places.splice(0)) place.close();
  await desk.context().close();
});

it('brings oneself and guests on air, silences, hides and removes them, and takes changes back', async () => {
  const [bea, cleo] = [await join('Bea'), await join('Cleo')];
  await takePart();
  await tile('Ada').getByTestId('bring-on').click();
  await tile('Bea').getByTestId('bring-on').click();
  await onAir('Ada', 'Bea');
  await tile('Ada').getByTestId('tile-state').filter({ hasText: 'On stage' }).waitFor();

  await tile('Bea').getByTestId('mute').click();
  await until(async () => (await guest('Bea'))?.mutedByDirector, { what: 'a muted guest' });
  await tile('Bea').getByRole('button', { name: 'only they can end it' }).waitFor();
  await tile('Bea').getByTestId('hide').click();
  await until(async () => (await arranged('Bea'))?.hidden, { what: 'a hidden guest' });
  await desk.getByTestId('undo').click();
  await until(async () => (await arranged('Bea'))?.hidden === false, { what: 'the guest to be seen again' });

  await tile('Bea').getByTestId('settings').click();
  const settings = desk.getByTestId('guest-settings');
  await settings.getByTestId('gain').fill('0.5');
  await settings.getByTestId('fit-contain').click({ force: true });
  await settings.getByTestId('label').fill('Bea, Bern');
  await settings.getByTestId('label').press('Enter');
  const isSet = async () => {
    const { gain, fit, label } = (await arranged('Bea')) ?? {};
    return gain === 0.5 && fit === 'contain' && label === 'Bea, Bern';
  };
  await until(isSet, { what: 'the settings of a guest' });
  await settings.getByTestId('remove').click();
  await settings.getByTestId('remove-yes').click();
  await tile('Bea').waitFor({ state: 'detached' });
  expect((await self(bea)).status).toBe(401);
  expect((await self(cleo)).status).toBe(200);
});

it('changes the scene by keys and orders guests by the arrows and by dragging', async () => {
  for (const name of ['Bea', 'Cleo', 'Dora']) await join(name);
  await desk.getByTestId('direct-only').click();
  for (const name of ['Bea', 'Cleo', 'Dora']) {
    await tile(name).getByTestId('bring-on').click();
    await tile(name).getByTestId('send-back').waitFor();
  }
  await desk.locator('body').press('4');
  await scene((now) => now.layout === 'grid');
  await desk.locator('body').press('9');
  await scene(({ card }) => card === 'be-right-back');
  await desk.locator('body').press('5');
  await scene(({ card, layout }) => card === null && layout === 'spotlight');
  await desk.locator('body').press('z');
  await scene(({ card, layout }) => card === 'be-right-back' && layout === 'grid');
  await desk.getByTestId('title-line').pressSequentially('5 rivers');
  await desk.getByTestId('title-line').press('Enter');
  await scene(({ title, layout }) => title === '5 rivers' && layout === 'grid');

  await tile('Dora').getByTestId('move').press('ArrowLeft');
  await onAir('Bea', 'Dora', 'Cleo');
  await until(() => desk.evaluate('document.activeElement.dataset.testid === "move"'), { what: 'the focus to stay' });
  await desk.getByTestId('said').filter({ hasText: 'Dora is 2 of 3' }).waitFor({ state: 'attached' });
  await drag('Cleo', 'Bea');
  await onAir('Cleo', 'Bea', 'Dora');
  await tile('Bea').getByTestId('pin').click();
  await scene(({ pinned, guests }) => pinned === guests[1]?.guest);
});

it('goes live, goes on when the page is reloaded, shows the program, and ends after a question', async () => {
  await takePart();
  await tile('Ada').getByTestId('bring-on').click();
  await onAir('Ada');
  await desk.getByTestId('go-live').click();
  await desk
    .getByTestId('show-state')
    .filter({ hasText: /^Live$/ })
    .waitFor();
  await until(async () => (await desk.title()) === '● Rivers at night · Weir', { what: 'the sign on the tab' });
  const { since } = await stage();
  await desk.reload();
  await tile('Ada').getByTestId('tile-state').filter({ hasText: 'On air' }).waitFor();
  expect((await stage()).since).toBe(since);
  await desk.getByTestId('monitor-program').click();
  const width = () => desk.evaluate('document.querySelector("[data-testid=program]")?.videoWidth ?? 0');
  await until(width, { what: 'a picture of the program', timeoutMs: 60_000 });
  await desk.getByTestId('end-show').click();
  await desk.getByTestId('end-show-yes').click();
  await until(async () => !(await stage()).live, { what: 'the end of the show' });
});

it('makes a link for guests and takes a logo', async () => {
  await desk.getByTestId('direct-only').click();
  await desk.getByTestId('invite').click();
  await desk.getByTestId('make-link').click();
  const link = await desk.getByTestId('guest-link').inputValue();
  const [, code = ''] = /\/guest#code=([\w-]+)$/.exec(link) ?? [];
  await desk.getByTestId('invite-dialog').getByRole('button', { name: 'Close' }).click();
  await join('Eve', code);
  await tile('Eve').waitFor();
  const picture = await desk.screenshot({ clip: { x: 0, y: 0, width: 64, height: 64 } });
  const file = { name: 'River logo.png', mimeType: 'image/png', buffer: picture };
  await desk.getByTestId('upload-logo').setInputFiles(file);
  await scene(({ logo }) => logo === 'River-logo');
  await desk.getByRole('img', { name: 'River-logo' }).first().waitFor();
});

it('breaks no rule of accessibility and fits the screen', async () => {
  for (const name of ['Bea', 'Cleo']) await join(name);
  await takePart();
  await tile('Bea').getByTestId('bring-on').click();
  await onAir('Bea');
  expect(await faultsOf(desk, 'director')).toEqual([]);
  await tile('Bea').getByTestId('settings').click();
  await desk.getByTestId('guest-settings').waitFor();
  expect(await faultsOf(desk, 'director-guest')).toEqual([]);
});

async function takePart(): Promise<void> {
  await desk.getByTestId('take-part').click();
  await tile('Ada').waitFor();
}

function tile(name: string) {
  return desk.locator(`[data-name="${name}"]`);
}

async function drag(name: string, onto: string): Promise<void> {
  const from = await tile(name).getByTestId('move').boundingBox();
  const to = await tile(onto).boundingBox();
  if (from === null || to === null) throw new Error('There is nothing to drag');
  await desk.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await desk.mouse.down();
  await desk.mouse.move(to.x + 10, to.y + to.height / 2, { steps: 5 });
  await desk.mouse.up();
}

/** A guest who comes by an invitation, stays and sends nothing yet. */
async function join(name: string, code?: string): Promise<JoinedStage> {
  const invitation =
    code ?? (await owner.ask<{ code: string }>('POST', `/api/channels/${channel}/invitations`, { role: 'guest' })).code;
  const response = await fetch(`${server.url}/api/stage/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: invitation, name }),
  });
  const joined = (await response.json()) as JoinedStage;
  const place = new StageSocket(server);
  places.push(place);
  expect((await place.ask('enter', { channel, token: joined.token })).ok).toBe(true);
  return joined;
}

function self({ token }: JoinedStage): Promise<Response> {
  return fetch(`${server.url}/api/stage/me`, { headers: { authorization: `Bearer ${token}` } });
}

function stage(): Promise<Stage> {
  return owner.ask<Stage>('GET', `/api/channels/${channel}/stage`);
}

async function guest(name: string) {
  return (await stage()).guests.find((one) => one.name === name);
}

async function arranged(name: string) {
  const { guests, arrangement } = await stage();
  const id = guests.find((one) => one.name === name)?.id;
  return arrangement.guests.find((one) => one.guest === id);
}

async function scene(isWanted: (arrangement: Stage['arrangement']) => boolean): Promise<void> {
  await until(async () => isWanted((await stage()).arrangement), { what: 'the scene' });
}

async function onAir(...names: string[]): Promise<void> {
  const isSo = async () => {
    const { guests, arrangement } = await stage();
    const seen = arrangement.guests.map((one) => guests.find(({ id }) => id === one.guest)?.name);
    return seen.join() === names.join();
  };
  await until(isSo, { what: `${names.join(', ')} on the stage` });
}

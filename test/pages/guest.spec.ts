import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { probedContext, startChromium } from '../harness/chromium.js';
import { inviteGuest, joinAs, ownId, seen, stageOf, visitStage } from '../harness/guest-visit.js';
import { faultsOf } from '../harness/page-states.js';
import { Person } from '../harness/person.js';
import { reload } from '../harness/studio.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const STAGE = '/api/channels/stage/stage';

let server: WeirServer;
let browser: Browser;
let owner: Person;
const opened: Page[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ WEIR_LADDER: '360p:600k' }), startChromium()]);
  owner = await Person.first(server);
  await owner.ask('POST', '/api/channels', { name: 'stage', title: 'Evening stage' });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
});

async function guest(name: string): Promise<{ page: Page; id: string }> {
  const page = await visitStage(browser, server.url, `#code=${await inviteGuest(owner, 'stage')}`);
  opened.push(page);
  return { page, id: await joinAs(page, name) };
}

const stands = (page: Page, standing: string) =>
  page.locator(`[data-testid="standing"][data-standing="${standing}"]`).waitFor();
const direct = (id: string, change: object) => owner.ask('PATCH', `${STAGE}/guests/${id}`, change);
const guestNow = async (id: string) => (await stageOf(owner, 'stage')).guests.find((one) => one.id === id);

it('leads from the link backstage, on air, back as the same guest after a reload, and out for good', async () => {
  const bo = await guest('Bo');
  await stands(bo.page, 'off-stage');
  const cy = await guest('Cy');
  await Promise.all([seen(bo.page, cy.id), seen(cy.page, bo.id)]);
  await bo.page.locator(`[data-guest="${cy.id}"].tile-speaking`).waitFor();
  expect(await bo.page.locator(`[data-testid="tile"][data-guest="${bo.id}"]`).count()).toBe(0);

  await direct(bo.id, { state: 'on-air' });
  await stands(bo.page, 'waiting');
  await owner.ask('POST', `${STAGE}/live`);
  await stands(bo.page, 'on-air');
  await until(async () => (await bo.page.title()) === '● Evening stage · Weir', { what: 'the sign on the tab' });
  await cy.page.locator(`[data-guest="${bo.id}"].tile-live`).waitFor();

  await direct(bo.id, { muted: true });
  await bo.page.getByTestId('silenced').waitFor();
  await cy.page.locator(`[data-guest="${bo.id}"] [data-testid="tile-muted"]`).waitFor();
  await bo.page.getByTestId('unmute').click();
  await until(async () => (await guestNow(bo.id))?.muted === false, { what: 'a guest who is heard again' });

  await reload(bo.page);
  expect(await ownId(bo.page)).toBe(bo.id);
  await stands(bo.page, 'on-air');
  await seen(bo.page, cy.id);

  await cy.page.getByTestId('share-screen').click();
  await seen(bo.page, `${cy.id}-screen`);
  await cy.page.getByTestId('share-screen').click();
  await bo.page.locator(`[data-guest="${cy.id}-screen"]`).waitFor({ state: 'detached' });

  await owner.ask('DELETE', `${STAGE}/guests/${bo.id}`);
  await bo.page.getByTestId('over-removed').waitFor();
  await cy.page.locator(`[data-guest="${bo.id}"]`).waitFor({ state: 'detached' });
  await cy.page.getByTestId('leave').click();
  await cy.page.getByTestId('leave-yes').click();
  await cy.page.getByTestId('over-left').waitFor();
  expect(await cy.page.evaluate('document.querySelector("video")?.srcObject ?? null')).toBeNull();
  await owner.ask('DELETE', `${STAGE}/live`);
});

it('goes in, mutes, and leaves by the keyboard alone', async () => {
  const page = await visitStage(browser, server.url, `#code=${await inviteGuest(owner, 'stage')}`);
  opened.push(page);
  await press(page, 'Use camera and microphone');
  await tabTo(page, 'Your name');
  await page.keyboard.type('Keys');
  await press(page, 'Join backstage');
  await stands(page, 'off-stage');
  const id = await ownId(page);
  await tabTo(page, 'Mute microphone');
  await page.keyboard.press('Enter');
  await until(async () => (await guestNow(id))?.muted === true, { what: 'a guest who muted himself' });
  await press(page, 'Leave');
  await page.getByRole('dialog').waitFor();
  await press(page, 'Leave');
  await page.getByTestId('over-left').waitFor();
});

it('says so when a link does not lead to a stage', async () => {
  const context = await probedContext(browser);
  const lost = await visitStage(context, server.url, '');
  opened.push(lost);
  await lost.getByTestId('no-link').waitFor();
  await lost.goto(`${server.url}/guest#code=never-made`);
  await lost.getByTestId('gone').waitFor();
});

it('breaks no rule of accessibility and fits the screen', async () => {
  const page = await visitStage(browser, server.url, `#code=${await inviteGuest(owner, 'stage')}`);
  opened.push(page);
  await page.getByTestId('recorded').filter({ hasText: 'is recorded' }).waitFor();
  await page.getByTestId('use-camera').click();
  await page.getByTestId('join').waitFor();
  const faults = await faultsOf(page, 'guest-check');
  await page.getByTestId('guest-name').fill('Bo');
  await page.getByTestId('join').click();
  const id = await ownId(page);
  await direct(id, { state: 'on-air' });
  await stands(page, 'waiting');
  faults.push(...(await faultsOf(page, 'guest-stage')));
  expect(faults).toEqual([]);
});

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

async function tabTo(page: Page, name: string): Promise<void> {
  const focused = () =>
    page.evaluate(
      '(document.activeElement?.ariaLabel ?? document.activeElement?.labels?.[0]?.textContent ?? document.activeElement?.textContent ?? "").trim()',
    );
  await until(
    async () => {
      await page.keyboard.press('Tab');
      return (await focused()) === name;
    },
    { what: `the focus on "${name}"` },
  );
}

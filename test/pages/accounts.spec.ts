import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, startChromium } from '../harness/chromium.js';
import { PassingWords } from '../harness/passing-words.js';
import { Person } from '../harness/person.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let ada: Page;
let ben: Page;
let invitation: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  const owner = await Person.first(server, 'Ada');
  await owner.createChannel('show', { title: 'The show' });
  ada = await openPage(browser, server.url);
  await owner.enter(ada.context());
  await ada.goto(`${server.url}/channels/show#members`);
  ben = await openPage(browser, server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByTestId('name').fill(name);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('sign-in').click();
}

async function confirm(place: Page | Locator, testId: string): Promise<void> {
  await place.getByTestId(testId).click();
  await place.getByTestId(`${testId}-yes`).filter({ visible: true }).click();
}

it('invites somebody, who makes an account by the link and sees only what a moderator may', async () => {
  await ada.getByTestId('create-invitation').click();
  invitation = await ada.getByTestId('invitation-link').inputValue();
  await ben.goto(invitation);
  await ben.getByRole('heading', { name: 'You are invited to The show' }).waitFor();
  expect(ben.url(), 'the code stands in the address').not.toContain('code');
  await ben.getByTestId('name').fill('Ada');
  await ben.getByTestId('password').fill('a long password');
  await ben.getByTestId('sign-up').click();
  await ben.getByText('Somebody has this name already.').waitFor();
  await ben.getByTestId('name').fill('Ben');
  await ben.getByTestId('sign-up').click();
  await ben.getByTestId('tab-moderation').waitFor();
  expect(await ben.getByTestId('tab-keys').count()).toBe(0);
});

it('tells who comes with a link that is used up', async () => {
  const late = await openPage(browser, invitation);
  await late.getByRole('heading', { name: 'This invitation does not count any more' }).waitFor();
  await late.context().close();
});

it('lets a moderator set the chat', async () => {
  await ben.getByTestId('tab-chat').click();
  await ben.getByTestId('chat-slow').selectOption('10');
  await ben.getByText('Saved', { exact: true }).waitFor();
  await ben.getByTestId('blocked-words').fill('spam*\ncasino\n');
  await ben.getByTestId('save-blocked').click();
  await ben.getByText('Saved', { exact: true }).waitFor();
  await ben.reload();
  await ben.getByTestId('blocked-words').waitFor();
  expect(await ben.getByTestId('chat-slow').inputValue()).toBe('10');
  expect((await ben.getByTestId('blocked-words').inputValue()).split('\n')).toContain('casino');
});

it('gives and takes roles, but leaves the channel its last owner', async () => {
  await ada.reload();
  // The second change is made while the first one is still on its way.
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const changes = `${server.url}/api/channels/show/members/*`;
  await ada.route(changes, async (route) => {
    await held;
    await route.continue();
  });
  await ada.getByLabel('Role of Ben').selectOption('viewer');
  await ada.getByLabel('Role of Ada').selectOption('viewer');
  letGo();
  await ada.getByText('A channel needs an owner').waitFor();
  await ada.unroute(changes);
  expect(await ada.getByLabel('Role of Ada').inputValue()).toBe('owner');
  await ben.reload();
  await ben.getByRole('heading', { name: 'Nothing to manage here' }).waitFor();
  await confirm(ada.getByTestId('member-Ben'), 'remove-member');
  await ada.getByTestId('member-Ben').waitFor({ state: 'detached' });
});

it('shows a stream key once, copies it, and revokes it', async () => {
  await ada.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ada.getByTestId('tab-keys').click();
  await ada.getByTestId('key-label').fill('OBS');
  await ada.getByTestId('create-key').click();
  const key = await ada.getByTestId('stream-key').inputValue();
  const said = await PassingWords.of(ada, '.secret [role=status]');
  await ada.getByRole('button', { name: 'Copy: Bearer Token' }).click();
  await said.said('Copied');
  expect(await ada.evaluate('navigator.clipboard.readText()')).toBe(key);
  await ada.reload();
  await ada.getByTestId('keys').getByText('OBS', { exact: true }).waitFor();
  expect(await ada.content()).not.toContain(key);
  await confirm(
    ada.getByTestId('keys').getByRole('listitem').filter({ hasText: 'Revoke the key “OBS”' }),
    'revoke-key',
  );
  await ada.getByText('1 revoked key').waitFor();
});

it('makes an API token that may do what was ticked and nothing else', async () => {
  await ada.goto(`${server.url}/account#tokens`);
  await ada.getByTestId('token-label').fill('Bot');
  await ada.getByTestId('scope-channels:read').check();
  await ada.getByTestId('create-token').click();
  const authorization = `Bearer ${await ada.getByTestId('api-token').inputValue()}`;
  const mine = await fetch(`${server.url}/api/channels?mine=true`, { headers: { authorization } });
  expect(await mine.json()).toMatchObject([{ name: 'show' }]);
  const change = { method: 'DELETE', headers: { authorization } };
  expect((await fetch(`${server.url}/api/channels/show`, change)).status).toBe(403);
});

it('leads back after signing in, and signs the other places out', async () => {
  const other = await openPage(browser, `${server.url}/account`);
  await other.getByTestId('sign-in-first').getByRole('link').click();
  await signIn(other, 'Ada', 'not the password');
  await other.getByText('Name or password is wrong.').waitFor();
  await signIn(other, 'ADA', 'correct horse battery');
  await other.waitForURL(`${server.url}/account`);
  await ada.getByTestId('tab-sessions').click();
  await ada.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
  await ada.getByRole('button', { name: 'Sign out everywhere else' }).waitFor({ state: 'detached' });
  await other.reload();
  await other.getByTestId('sign-in-first').waitFor();
  await other.context().close();
});

it('changes the password of who knows the old one', async () => {
  await ada.getByTestId('tab-password').click();
  await ada.getByTestId('current').fill('not the password');
  await ada.getByTestId('fresh').fill('a new long password');
  await ada.getByTestId('change-password').click();
  await ada.getByText('The current password is wrong.').waitFor();
  await ada.getByTestId('current').fill('correct horse battery');
  await ada.getByTestId('change-password').click();
  await ada.getByText('The password is changed.').waitFor();
});

it('lets an administrator disable an account and set its password', async () => {
  await ada.goto(`${server.url}/admin#accounts`);
  const row = ada.getByTestId('account-Ben');
  await confirm(row, 'disable');
  await row.getByText('Disabled').waitFor();
  await ben.goto(`${server.url}/account`);
  await ben.getByTestId('sign-in-first').waitFor();
  await row.getByTestId('enable').click();
  await row.getByTestId('disable').waitFor();
  await row.getByTestId('new-password').click();
  await row.getByTestId('password').fill('set by the administrator');
  await row.getByTestId('set-password').click();
  await row.getByText('The password is set.').waitFor();
  await ben.goto(`${server.url}/sign-in`);
  await signIn(ben, 'Ben', 'set by the administrator');
  await ben.waitForURL(`${server.url}/`);
  await ben.goto(`${server.url}/admin`);
  await ben.getByTestId('no-admin').waitFor();
});

it('deletes a channel only after its name was typed, and signs out', async () => {
  await ada.goto(`${server.url}/channels/show`);
  await ada.getByTestId('delete-channel').click();
  expect(await ada.getByTestId('delete-channel-yes').isEnabled()).toBe(false);
  await ada.getByRole('dialog').getByRole('textbox').fill('show');
  await ada.getByTestId('delete-channel-yes').click();
  await ada.waitForURL(`${server.url}/channels`);
  await ada.getByTestId('menu').click();
  await ada.getByTestId('sign-out').click();
  await ada.getByTestId('sign-in-link').waitFor();
});

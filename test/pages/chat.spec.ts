import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { probedContext, startChromium } from '../harness/chromium.js';
import { ChatVisit } from '../harness/chat-visit.js';
import { faultsOf } from '../harness/page-states.js';
import { PassingWords } from '../harness/passing-words.js';
import { Person } from '../harness/person.js';
import { until } from '../harness/until.js';
import { startServer, type WeirServer } from '../harness/weir-server.js';

let server: WeirServer;
let browser: Browser;
let owner: Person;
let ada: ChatVisit;
let bob: ChatVisit;
let eve: ChatVisit;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), startChromium()]);
  owner = await Person.first(server);
  await owner.createChannel('river', { title: 'Evening river' });
  const contexts = await Promise.all([1, 2, 3].map(() => probedContext(browser)));
  await owner.enter(contexts[0] as BrowserContext);
  [ada, bob, eve] = (await Promise.all(contexts.map((context) => ChatVisit.open(context, server, 'river')))) as [
    ChatVisit,
    ChatVisit,
    ChatVisit,
  ];
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('lets guests choose a name, refuses one that is taken or reserved, and carries what everybody says', async () => {
  await bob.page.getByTestId('guest-name').fill('Ada');
  await bob.page.getByTestId('choose-name').click();
  await bob.page.getByRole('alert').getByText('That name is taken').waitFor();
  await bob.chooseName('Bob');
  await eve.chooseName('이브');
  await bob.say('Hello everybody');
  await eve.line('Hello everybody').waitFor();
  await eve.say('안녕하세요');
  await ada.line('안녕하세요').waitFor();
  await ada.say('Welcome!');
  const said = ['Hello everybody', '안녕하세요', 'Welcome!'].join();
  for (const visit of [ada, bob, eve]) {
    await until(async () => (await visit.bodies()).join() === said, { what: 'the same three messages' });
  }
  expect(await bob.line('Welcome!').innerText()).toContain('Owner');
});

it('keeps a guest’s name through a reload', async () => {
  await bob.page.reload();
  await bob.page.getByTestId('chat-field').waitFor();
  await bob.page.getByText('You chat as Bob').waitFor();
});

it('shows whatever is written as text, and links only to the web', async () => {
  await bob.say('<img src=x onerror="document.title=1"> javascript:alert(1) https://weir.example/a?b=1');
  const line = ada.line('onerror');
  await line.waitFor();
  expect(await line.locator('img').count()).toBe(0);
  const links = line.getByRole('link');
  expect(await links.count()).toBe(1);
  expect(await links.getAttribute('href')).toBe('https://weir.example/a?b=1');
  expect(await links.getAttribute('rel')).toBe('nofollow ugc noopener');
  expect(await ada.page.title()).not.toBe('1');
});

it('answers a message, mentions its author, and marks that for him', async () => {
  await ada.act('Hello everybody', 'reply');
  await ada.say('Good to see you, @Bob');
  const line = bob.line('Good to see you');
  await line.waitFor();
  expect(await line.innerText()).toContain('Hello everybody');
  expect(await line.locator('.mention-mine').innerText()).toBe('@Bob');
  expect(await eve.line('Good to see you').locator('.mention-mine').count()).toBe(0);
});

it('completes emoji by their names in both languages, and lets reactions float over a picture', async () => {
  const field = bob.page.getByTestId('chat-field');
  await field.pressSequentially('so nice :박수');
  await bob.page.getByRole('option', { name: ':clap:' }).waitFor();
  await field.press('Tab');
  await field.press('Enter');
  await ada.line('so nice 👏').waitFor();
  await ada.say('on :fire: today');
  await bob.line('on 🔥 today').waitFor();
  const overlay = await ada.page.context().newPage();
  await overlay.goto(`${server.url}/chat/river?overlay=1`);
  await overlay.getByText('on 🔥 today').waitFor();
  const floating = await PassingWords.of(overlay, '[data-testid=reactions-overlay]');
  await bob.page.getByRole('button', { name: 'React with fire' }).click();
  await floating.said('🔥');
  expect(await overlay.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgba(0, 0, 0, 0)');
  expect(await overlay.getByRole('textbox').count()).toBe(0);
  await overlay.close();
});

it('loses and doubles nothing through a lost connection, in whatever direction', async () => {
  await bob.cut();
  await bob.say('written without a connection');
  await bob.say('and one more');
  expect(await bob.line('written without a connection').getAttribute('class')).toContain('said-pending');
  await ada.say('said meanwhile');
  await eve.line('said meanwhile').waitFor();
  await bob.restore();
  await ada.line('and one more').waitFor();
  await bob.line('said meanwhile').waitFor();
  const expected = ['said meanwhile', 'written without a connection', 'and one more'];
  for (const visit of [ada, bob, eve]) {
    await until(async () => (await visit.bodies()).slice(-3).join() === expected.join(), { what: 'the same order' });
    for (const body of expected) expect(await visit.line(body).count()).toBe(1);
  }
});

it('sends a message once whose answer was lost', async () => {
  await bob.cutAfterNextRequest();
  await bob.say('sent just before the cut');
  await ada.line('sent just before the cut').waitFor();
  await bob.restore();
  await until(
    async () => (await bob.line('sent just before the cut').getAttribute('class'))?.includes('pending') === false,
    {
      what: 'a message that was sent',
    },
  );
  for (const visit of [ada, bob, eve]) {
    await visit.line('sent just before the cut').first().waitFor();
    expect(await visit.line('sent just before the cut').count()).toBe(1);
  }
});

it('stays where somebody reads, and tells how many messages came', async () => {
  for (let count = 1; count <= 12; count += 1) await ada.say(`a line of a long evening, number ${count}`);
  await eve.line('number 12').waitFor();
  const list = eve.page.getByTestId('messages');
  // That somebody scrolls is told with the next frame.
  await list.evaluate(async (element) => {
    const scrolled = new Promise((done) => element.addEventListener('scroll', done, { once: true }));
    element.scrollTop = 0;
    await scrolled;
  });
  await ada.say('below the fold');
  await eve.page.getByRole('button', { name: '1 new message' }).waitFor();
  expect(await list.evaluate((element) => element.scrollTop)).toBe(0);
  await eve.page.getByTestId('unseen').click();
  await until(() => list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 2), {
    what: 'the end of the list',
  });
  expect(await eve.page.getByTestId('unseen').count()).toBe(0);
  await list.hover();
  await ada.say('while the pointer rests');
  await eve.page.getByRole('button', { name: '1 new message' }).waitFor();
  await eve.page.getByTestId('chat-field').hover();
  await eve.page.getByTestId('unseen').waitFor({ state: 'detached' });
});

it('sends nothing while a syllable is being composed', async () => {
  const field = eve.page.getByTestId('chat-field');
  await field.fill('가나다');
  await eve.page.evaluate(`document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }),
  )`);
  expect(await field.inputValue()).toBe('가나다');
  await field.press('Enter');
  await ada.line('가나다').waitFor();
  expect(await ada.line('가나다').count()).toBe(1);
});

it('deletes with five seconds to take it back', async () => {
  await bob.say('please forget this');
  // The five seconds last until the button is pressed, however slow the machine is.
  await ada.page.evaluate(`{
    window.later = setTimeout;
    window.setTimeout = (act, ms, ...rest) => later(act, ms === 5000 ? 120_000 : ms, ...rest);
  }`);
  await ada.act('please forget this', 'delete');
  await ada.page.getByTestId('undo').click();
  await ada.page.evaluate('void (window.setTimeout = later)');
  await eve.say('still here');
  await ada.line('still here').waitFor();
  expect(await bob.line('please forget this').count()).toBe(1);
  await ada.act('please forget this', 'delete');
  await bob.line('please forget this').waitFor({ state: 'detached' });
  await eve.line('please forget this').waitFor({ state: 'detached' });
});

it('slows the chat down by a command, and counts down in the button', async () => {
  await ada.say('/slow 30');
  await ada.page.getByTestId('command-note').filter({ hasText: 'Slow mode: 30 s' }).waitFor();
  const hint = bob.page.getByTestId('composer-hint');
  await hint.filter({ hasText: 'one message every 30 s' }).waitFor();
  await bob.say('slowly');
  await bob.line('slowly').waitFor();
  await hint.filter({ hasText: /the next message in \d+ s/ }).waitFor();
  await ada.say('/slow off');
  await hint.filter({ hasText: /one message every|the next message in/ }).waitFor({ state: 'detached' });
});

it('asks a poll, takes votes live and shows the result', async () => {
  await ada.say('/poll Tea or coffee? | Tea | Coffee');
  await bob.page.getByRole('button', { name: 'Coffee' }).click();
  await eve.page.getByRole('button', { name: 'Coffee' }).click();
  await ada.page.getByTestId('poll-option').filter({ hasText: 'Coffee' }).getByText('100 %').waitFor();
  await bob.page.getByText('2 votes').first().waitFor();
  await ada.page.getByTestId('poll-close').click();
  await eve.page.getByTestId('poll').getByText('Over').waitFor();
  await eve.page.getByTestId('poll-away').click();
  expect(await eve.page.getByTestId('poll').count()).toBe(0);
});

it('is used by the keyboard alone: to the messages, the menu, the answer and back', async () => {
  const { page } = eve;
  await page.keyboard.press('Tab');
  await page.locator('body').press('/');
  const focused = () => page.evaluate('document.activeElement.dataset.testid');
  expect(await focused()).toBe('chat-field');
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe('message');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await focused()).toBe('message');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Reply' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('replying').waitFor();
  expect(await focused()).toBe('chat-field');
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Enter');
  await ada.line('by keyboard').waitFor();
  expect(await focused()).toBe('chat-field');
});

it('reads out what was chosen to be read', async () => {
  const told = await PassingWords.of(eve.page, '[data-testid=announcements]');
  await ada.say('@이브 look here');
  await told.said('Ada: @이브 look here');
  await eve.page.getByTestId('announce').click();
  await eve.page.getByTestId('announce-off').check();
  await eve.page.keyboard.press('Escape');
  await ada.say('@이브 not this one');
  await eve.line('not this one').waitFor();
  await ada.say('/poll Read out? | yes | no');
  await told.said('Poll: Read out?');
  expect((await told.all()).join()).not.toContain('not this one');
});

it('puts somebody out on every tab and lets him in again', async () => {
  const second = await bob.page.context().newPage();
  await second.goto(`${server.url}/watch/river`);
  await second.getByTestId('chat-field').waitFor();
  await ada.say('/timeout Bob 10m too loud');
  for (const page of [bob.page, second]) {
    await page.getByTestId('chat-out').getByText('You cannot chat until').waitFor();
    await page.getByText('Reason: too loud').waitFor();
  }
  await until(async () => !(await eve.bodies()).includes('slowly'), { what: 'the purge' });
  await ada.page.getByTestId('moderate').click();
  await ada.page.getByTestId('ban-row').getByText('Bob').waitFor();
  await ada.page.getByTestId('unban').click();
  await ada.page.getByText('Nobody is banned.').waitFor();
  await ada.page.getByTestId('close-tools').click();
  await bob.page.reload();
  await bob.say('back again');
  await ada.line('back again').waitFor();
  await second.close();
});

it('lets only those write who may, as the moderator sets it', async () => {
  await ada.page.getByTestId('moderate').click();
  await ada.page.getByTestId('blocked-words').fill('spam*');
  await ada.page.getByTestId('save-words').click();
  await ada.page.getByText('Saved', { exact: true }).waitFor();
  await bob.say('buy my spammy things');
  await bob.page.getByTestId('failed').getByText('a word in it that is blocked').waitFor();
  await bob.page.getByRole('button', { name: 'Discard' }).click();
  await ada.page.getByTestId('mode-accounts').click();
  await bob.page.getByTestId('chat-closed').getByText('Only who is signed in').waitFor();
  await ada.page.getByTestId('mode-everyone').click();
  await bob.page.getByTestId('chat-field').waitFor();
  await ada.page.keyboard.press('Escape');
});

it('is accessible and fits in every state, in both languages', async () => {
  const faults: string[] = [];
  const look = async (page: Page, name: string) => void faults.push(...(await faultsOf(page, name)));
  const stranger = await ChatVisit.open(await browser.newContext({ locale: 'ko-KR' }), server, 'river');
  await stranger.page.getByTestId('guest-name').waitFor();
  await look(stranger.page, 'chat-stranger-ko');
  await ada.page.getByTestId('moderate').click();
  await ada.page.getByText('Nobody is banned.').waitFor();
  await look(ada.page, 'chat-moderators');
  await ada.page.getByTestId('close-tools').click();
  await ada.act('back again', undefined);
  await look(ada.page, 'chat-menu');
  await ada.page.keyboard.press('Escape');
  await eve.page.getByTestId('emoji').click();
  await eve.page.getByTestId('emoji-picker').waitFor();
  await look(eve.page, 'chat-emoji');
  expect(faults).toEqual([]);
});

it('keeps what is written while a command is still loading', async () => {
  const context = await probedContext(browser);
  await owner.enter(context);
  let load: () => void = () => undefined;
  const isWritten = new Promise<void>((resolve) => (load = resolve));
  await context.route(/run-command/, async (route) => {
    await isWritten;
    await route.continue();
  });
  const { page } = await ChatVisit.open(context, server, 'river');
  const field = page.getByTestId('chat-field');
  await field.fill('/slow 3');
  const asked = page.waitForRequest(/run-command/);
  await field.press('Enter');
  await asked;
  await field.fill('written meanwhile');
  load();
  await page.getByTestId('command-note').filter({ hasText: 'Slow mode: 3 s' }).waitFor();
  expect(await field.inputValue()).toBe('written meanwhile');
  await field.fill('/slow off');
  await field.press('Enter');
  await page.getByTestId('command-note').filter({ hasText: /off/ }).waitFor();
  await context.close();
});

it('is reached where WebSockets are blocked', async () => {
  const context = await probedContext(browser);
  await context.routeWebSocket(/./, (route) => void route.close());
  const page = await context.newPage();
  await page.goto(`${server.url}/chat/river`);
  await page.getByTestId('guest-name').fill('Proxy');
  await page.getByTestId('choose-name').click();
  await page.getByTestId('chat-field').fill('through a narrow network');
  await page.getByTestId('chat-field').press('Enter');
  await ada.line('through a narrow network').waitFor();
  await ada.say('heard you');
  await page.getByTestId('message').filter({ hasText: 'heard you' }).waitFor();
  await context.close();
});

it('becomes somebody else’s when he signs in on another tab', async () => {
  const cy = await Person.invited(server, 'Cy', await invitation());
  const context = await probedContext(browser);
  const visit = await ChatVisit.open(context, server, 'river');
  await visit.page.getByTestId('guest-name').waitFor();
  await cy.enter(context);
  const tab = await context.newPage();
  await tab.goto(server.url);
  await tab.evaluate("new BroadcastChannel('weir.session').postMessage('changed')");
  await visit.say('signed in');
  await ada.line('signed in').getByText('Cy').waitFor();
  await context.close();
});

it('works as a dock of OBS, 300 pixels wide', async () => {
  const { page } = bob;
  await page.setViewportSize({ width: 300, height: 500 });
  await page.goto(`${server.url}/chat/river?theme=dark`);
  await bob.say('from the dock, with a text that is longer than the dock is wide');
  await ada.line('from the dock').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(300);
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
});

async function invitation(): Promise<string> {
  return (await owner.ask<{ code: string }>('POST', '/api/invitations', { role: 'viewer' })).code;
}

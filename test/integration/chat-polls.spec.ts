import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatApp } from '../harness/chat-app.js';
import type { ChatClient } from '../harness/chat-client.js';

let app: ChatApp;
let owner: ChatClient;
const question = { channel: 'ch', question: 'Tea or coffee?', options: ['Tea', 'Coffee'] };

beforeEach(async () => {
  app = await ChatApp.open();
  await app.channels.create('ch', 'A channel');
  owner = await app.enter('ch', await app.account({ channel: 'ch', role: 'owner' }));
});

afterEach(() => app.close());

function votes(client: ChatClient): number[] {
  return (
    client
      .all('poll')
      .at(-1)
      ?.poll.options.map((option) => option.votes) ?? []
  );
}

describe('a poll', () => {
  it('takes one vote of each person, on however many tabs, and shows the result live', async () => {
    const guest = await app.guest();
    const tab = await app.enter('ch', guest);
    const otherTab = await app.enter('ch', guest);
    const { id } = await owner.ask('openPoll', question);
    expect((await tab.next('poll')).poll).toMatchObject({
      id,
      closedAtMs: null,
      options: [{ votes: 0 }, { votes: 0 }],
    });
    const vote = { channel: 'ch', poll: id };
    const faults = await Promise.all([
      tab.fault('vote', { ...vote, choice: 1 }),
      otherTab.fault('vote', { ...vote, choice: 0 }),
    ]);
    expect(faults.toSorted()).toEqual(['already-voted', 'granted']);
    const again = await Promise.all([1, 0].map((choice) => tab.fault('vote', { ...vote, choice })));
    expect(again).toEqual(faults);
    await owner.ask('vote', { ...vote, choice: 1 });
    await tab.until(() => votes(tab).reduce((sum, count) => sum + count, 0) === 2, 'two votes');
    expect(await tab.fault('vote', { ...vote, choice: 5 })).toBe('not-found');
    const closed = await owner.ask('closePoll', vote);
    expect(closed.closedAtMs).not.toBeNull();
    await tab.next('poll', ({ poll }) => poll.closedAtMs !== null);
    const late = await app.enter('ch');
    expect(await late.fault('vote', { ...vote, choice: 0 })).toBe('closed');
    expect((await late.ask('join', { channel: 'ch' })).poll).toEqual(closed);
    expect((await owner.ask('join', { channel: 'ch' })).choice).toBe(1);
  });

  it("is the moderators' to ask, one at a time, and wants real words", async () => {
    const guest = await app.enter('ch');
    expect(await guest.fault('openPoll', question)).toBe('not-allowed');
    const first = await owner.ask('openPoll', question);
    const second = await owner.ask('openPoll', question);
    expect(await owner.fault('vote', { channel: 'ch', poll: first.id, choice: 0 })).toBe('not-found');
    expect(await owner.fault('closePoll', { channel: 'ch', poll: first.id })).toBe('not-found');
    expect(await guest.fault('closePoll', { channel: 'ch', poll: second.id })).toBe('not-allowed');
    expect(await owner.fault('openPoll', { ...question, options: ['only one'] })).toBe('malformed');
    expect(await owner.fault('openPoll', { ...question, question: '\u200b\u200b' })).toBe('empty');
    expect(await owner.fault('openPoll', { ...question, question: 'x'.repeat(201) })).toBe('too-long');
  });

  it('takes only so many votes of guests from one network', async () => {
    const { id } = await owner.ask('openPoll', question);
    const faults: string[] = [];
    for (let n = 0; n < 21; n += 1) {
      const client = await app.connect(await app.guest());
      await client.ask('join', { channel: 'ch' });
      faults.push(await client.fault('vote', { channel: 'ch', poll: id, choice: 0 }));
    }
    expect(faults.filter((fault) => fault === 'granted')).toHaveLength(20);
    expect(faults.at(-1)).toBe('accounts-only');
  });
});

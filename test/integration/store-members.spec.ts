import type { Database } from '@weir/store';
import { expect, it } from 'vitest';
import { eachDatabase } from '../harness/each-database.js';
import { plainChannel } from '../harness/plain-channel.js';

async function fill(database: Database): Promise<void> {
  for (const name of ['a', 'b']) await database.channels.insert({ ...plainChannel, name });
  for (const id of ['one', 'two']) {
    const rights = { isAdmin: false, mayCreate: false };
    await database.accounts.insert({ id, name: `Name of ${id}`, nameKey: id, password: '', ...rights, createdAtMs: 1 });
  }
}

eachDatabase('MemberTable', ({ open }) => {
  it('keeps one role for each account in each channel, since it came', async () => {
    const database = await open();
    await fill(database);
    const { members } = database;
    await members.set({ channel: 'a', account: 'one', role: 'viewer', createdAtMs: 5 });
    await members.set({ channel: 'a', account: 'one', role: 'owner', createdAtMs: 6 });
    await members.set({ channel: 'b', account: 'one', role: 'guest', createdAtMs: 7 });
    await members.set({ channel: 'b', account: 'two', role: 'guest', createdAtMs: 8 });
    await members.delete('b', 'one');
    const listed = (await members.list()).toSorted((one, other) => one.createdAtMs - other.createdAtMs);
    expect(listed).toEqual([
      { channel: 'a', account: 'one', role: 'owner', createdAtMs: 5 },
      { channel: 'b', account: 'two', role: 'guest', createdAtMs: 8 },
    ]);
    expect(await members.names('a')).toEqual(new Map([['one', 'Name of one']]));
    expect(await members.hasActive('a', ['owner', 'moderator'])).toBe(true);
    expect(await members.hasActive('b', ['owner', 'moderator'])).toBe(false);
    await database.accounts.update('one', { disabledAtMs: 1 });
    expect(await members.hasActive('a', ['owner', 'moderator'])).toBe(false);
    expect([await members.hasAccount('two'), await members.hasAccount('nobody')]).toEqual([true, false]);
    await database.channels.delete('a');
    expect(await members.list()).toHaveLength(1);
  });
});

eachDatabase('FollowTable', ({ open }) => {
  it('counts who follows and tells when nothing changed', async () => {
    const database = await open();
    await fill(database);
    const { follows } = database;
    expect(await follows.counts()).toEqual(new Map());
    expect([await follows.insert('a', 'one', 1), await follows.insert('a', 'one', 2)]).toEqual([true, false]);
    await follows.insert('a', 'two', 1);
    await follows.insert('b', 'two', 1);
    expect(await follows.counts()).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    );
    expect((await follows.channels('two')).toSorted()).toEqual(['a', 'b']);
    expect([await follows.has('a', 'one'), await follows.has('b', 'one')]).toEqual([true, false]);
    expect([await follows.delete('a', 'one'), await follows.delete('a', 'one')]).toEqual([true, false]);
    expect(await follows.counts()).toContainEqual(['a', 1]);
  });
});

eachDatabase('BanTable', ({ open }) => {
  it('lists what holds: one ban for each person, not over and not lifted', async () => {
    const database = await open();
    await fill(database);
    const ban = {
      channel: 'a',
      name: 'Somebody',
      address: undefined,
      reason: 'spam',
      createdAtMs: 10,
      untilMs: undefined,
      createdBy: 'a:one',
    };
    await database.bans.insert({ ...ban, id: '1', author: 'g:1', untilMs: 50 });
    await database.bans.insert({ ...ban, id: '2', author: 'g:2' });
    await database.bans.insert({
      ...ban,
      id: '3',
      author: 'g:2',
      reason: 'again',
      createdAtMs: 11,
      address: '192.0.2.1',
    });
    await database.bans.insert({ ...ban, id: '4', author: 'a:two', createdAtMs: 12 });
    await database.bans.lift('a', 'a:two', 20);
    expect((await database.bans.list(49)).map(({ id }) => id)).toEqual(['1', '3']);
    expect(await database.bans.list(50)).toEqual([
      { ...ban, id: '3', author: 'g:2', reason: 'again', createdAtMs: 11, address: '192.0.2.1' },
    ]);
  });
});

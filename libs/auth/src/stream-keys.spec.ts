import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StreamKeyForeign, StreamKeyRejected, StreamKeyResting, StreamKeys } from './stream-keys.js';

let database: Database;
let keys: StreamKeys;

beforeEach(async () => {
  database = Database.inMemory();
  for (const name of ['a', 'b']) {
    await database.channels.insert({
      name,
      title: name,
      description: '',
      visibility: 'public',
      owner: undefined,
      watchHash: undefined,
      watchEpoch: 0,
      avatarTag: undefined,
      chat: '{}',
      hls: 'off',
      record: false,
      isolatedTracks: false,
      whep: 'source',
      createdAtMs: 1,
    });
  }
  keys = new StreamKeys(database);
});

afterEach(() => database.close());

describe('StreamKeys', () => {
  it('names the channel of a key and notes its use', async () => {
    const { id, key } = await keys.create('a', 'OBS', undefined);
    expect(await keys.verify(key)).toEqual({ channel: 'a', id, madeBy: undefined });
    expect((await keys.list('a'))[0]?.lastUsedAtMs).toBeTypeOf('number');
  });

  it('stores no key, only its hash', async () => {
    const { key } = await keys.create('a', 'OBS', undefined);
    const [row] = await keys.list('a');
    expect(JSON.stringify(row)).not.toContain(key);
    expect(Buffer.from(row?.hash ?? []).toString('utf8')).not.toContain(key);
  });

  it('makes keys of at least 128 random bits that a header can carry', async () => {
    const made = new Set<string>();
    for (let count = 0; count < 100; count += 1) made.add((await keys.create('a', '', undefined)).key);
    expect(made.size).toBe(100);
    for (const key of made) expect(key).toMatch(/^[A-Za-z0-9_-]{22,}$/);
  });

  it('refuses a missing, an unknown and a revoked key', async () => {
    const { id, key } = await keys.create('a', '', undefined);
    expect(await keys.revoke('b', id)).toBe(false);
    expect(await keys.revoke('a', id)).toBe(true);
    for (const wrong of [undefined, '', 'x', key]) {
      await expect(keys.verify(wrong)).rejects.toThrow(StreamKeyRejected);
    }
  });

  it('lets a key rest while who made it is disabled or owns the channel no more, unless it is an administrator', async () => {
    const { accounts, members } = database;
    const rights = { mayCreate: false, password: '', createdAtMs: 1 };
    for (const id of ['owner', 'admin'])
      await accounts.insert({ ...rights, id, name: id, nameKey: id, isAdmin: id === 'admin' });
    await members.set({ channel: 'a', account: 'owner', role: 'owner', createdAtMs: 1 });
    const made = await Promise.all(['owner', 'admin', undefined].map((by) => keys.create('a', '', by)));
    const good = async (): Promise<boolean[]> => {
      const tries = await Promise.allSettled(made.map(({ key }) => keys.verify(key)));
      const areGood = tries.map(({ status }) => status === 'fulfilled');
      for (const attempt of tries)
        if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(StreamKeyResting);
      expect(await Promise.all(made.map(({ id }) => keys.isGood({ channel: 'a', id, madeBy: undefined })))).toEqual(
        areGood,
      );
      expect((await keys.list('a')).map(({ id, rests }) => [id, !rests])).toEqual(
        expect.arrayContaining(made.map(({ id }, index) => [id, areGood[index]])),
      );
      return areGood;
    };
    expect(await good()).toEqual([true, true, true]);
    await accounts.update('owner', { disabledAtMs: 1 });
    // nobody who owns the channel is left
    expect(await good()).toEqual([false, false, false]);
    await accounts.update('owner', { disabledAtMs: null });
    await members.set({ channel: 'a', account: 'owner', role: 'moderator', createdAtMs: 1 });
    expect(await good()).toEqual([false, true, true]);
    await accounts.update('admin', { isAdmin: false });
    expect(await good()).toEqual([false, false, true]);
  });

  it('tells once that a key is revoked', async () => {
    const { id } = await keys.create('a', '', undefined);
    const told: string[] = [];
    keys.events.on('revoked', (channel, revoked) => told.push(`${channel} ${revoked}`));
    await keys.revoke('a', id);
    expect(await keys.revoke('a', id)).toBe(false);
    expect(told).toEqual([`a ${id}`]);
  });

  it('refuses a key of another channel', async () => {
    const { id, key } = await keys.create('a', '', undefined);
    await expect(keys.verifyFor('b', key)).rejects.toThrow(StreamKeyForeign);
    expect(await keys.verifyFor('a', key)).toEqual({ channel: 'a', id, madeBy: undefined });
  });

  it('takes a transient key that no table holds', async () => {
    const key = keys.createTransient('a');
    expect(await keys.verify(key)).toEqual({ channel: 'a', id: undefined, madeBy: undefined });
    expect(await keys.list('a')).toEqual([]);
    await expect(new StreamKeys(database).verify(key)).rejects.toThrow(StreamKeyRejected);
  });
});

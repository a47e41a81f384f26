import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StreamKeyForeign, StreamKeyRejected, StreamKeys } from './stream-keys.js';

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
    const { id, key } = await keys.create('a', 'OBS');
    expect(await keys.verify(key)).toEqual({ channel: 'a', id });
    expect((await keys.list('a'))[0]?.lastUsedAtMs).toBeTypeOf('number');
  });

  it('stores no key, only its hash', async () => {
    const { key } = await keys.create('a', 'OBS');
    const [row] = await keys.list('a');
    expect(JSON.stringify(row)).not.toContain(key);
    expect(Buffer.from(row?.hash ?? []).toString('utf8')).not.toContain(key);
  });

  it('makes keys of at least 128 random bits that a header can carry', async () => {
    const made = new Set<string>();
    for (let count = 0; count < 100; count += 1) made.add((await keys.create('a', '')).key);
    expect(made.size).toBe(100);
    for (const key of made) expect(key).toMatch(/^[A-Za-z0-9_-]{22,}$/);
  });

  it('refuses a missing, an unknown and a revoked key', async () => {
    const { id, key } = await keys.create('a', '');
    expect(await keys.revoke('b', id)).toBe(false);
    expect(await keys.revoke('a', id)).toBe(true);
    for (const wrong of [undefined, '', 'x', key]) {
      await expect(keys.verify(wrong)).rejects.toThrow(StreamKeyRejected);
    }
  });

  it('tells once that a key is revoked', async () => {
    const { id } = await keys.create('a', '');
    const told: string[] = [];
    keys.events.on('revoked', (channel, revoked) => told.push(`${channel} ${revoked}`));
    await keys.revoke('a', id);
    expect(await keys.revoke('a', id)).toBe(false);
    expect(told).toEqual([`a ${id}`]);
  });

  it('refuses a key of another channel', async () => {
    const { id, key } = await keys.create('a', '');
    await expect(keys.verifyFor('b', key)).rejects.toThrow(StreamKeyForeign);
    expect(await keys.verifyFor('a', key)).toEqual({ channel: 'a', id });
  });

  it('takes a transient key that no table holds', async () => {
    const key = keys.createTransient('a');
    expect(await keys.verify(key)).toEqual({ channel: 'a', id: undefined });
    expect(await keys.list('a')).toEqual([]);
    await expect(new StreamKeys(database).verify(key)).rejects.toThrow(StreamKeyRejected);
  });
});

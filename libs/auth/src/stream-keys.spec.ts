import { Database } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StreamKeyForeign, StreamKeyRejected, StreamKeys } from './stream-keys.js';

let database: Database;
let keys: StreamKeys;

beforeEach(() => {
  database = new Database(':memory:');
  database.channels.insert({ name: 'a', title: 'A', createdAtMs: 1 });
  database.channels.insert({ name: 'b', title: 'B', createdAtMs: 1 });
  keys = new StreamKeys(database);
});

afterEach(() => {
  database.close();
});

describe('StreamKeys', () => {
  it('names the channel of a key and notes its use', () => {
    const { key } = keys.create('a', 'OBS');
    expect(keys.verify(key)).toBe('a');
    expect(keys.list('a')[0]?.lastUsedAtMs).toBeTypeOf('number');
  });

  it('stores no key, only its hash', () => {
    const { key } = keys.create('a', 'OBS');
    expect(JSON.stringify(keys.list('a'))).not.toContain(key);
    expect(Buffer.from(keys.list('a')[0]?.hash ?? []).toString('utf8')).not.toContain(key);
  });

  it('makes keys of at least 128 random bits that a header can carry', () => {
    const made = new Set(Array.from({ length: 100 }, () => keys.create('a', '').key));
    expect(made.size).toBe(100);
    for (const key of made) expect(key).toMatch(/^[A-Za-z0-9_-]{22,}$/);
  });

  it('refuses a missing, an unknown and a revoked key', () => {
    const { id, key } = keys.create('a', '');
    expect(keys.revoke('b', id)).toBe(false);
    expect(keys.revoke('a', id)).toBe(true);
    for (const wrong of [undefined, '', 'x', key]) expect(() => keys.verify(wrong)).toThrow(StreamKeyRejected);
  });

  it('refuses a key of another channel', () => {
    const { key } = keys.create('a', '');
    expect(() => keys.verifyFor('b', key)).toThrow(StreamKeyForeign);
    expect(() => keys.verifyFor('a', key)).not.toThrow();
  });

  it('takes a transient key that no table holds', () => {
    const key = keys.createTransient('a');
    expect(keys.verify(key)).toBe('a');
    expect(keys.list('a')).toEqual([]);
    expect(() => new StreamKeys(database).verify(key)).toThrow(StreamKeyRejected);
  });
});

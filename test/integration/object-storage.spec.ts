import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Database, ObjectStorageFailed, S3Storage } from '@weir/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectStorageServer } from './object-storage-server.js';

const partBytes = 65_536;
const content = randomBytes(5 * partBytes + 1234);

let directory: string;
let file: string;
let database: Database;
let server: ObjectStorageServer;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weir-object-'));
  file = join(directory, 'file');
  writeFileSync(file, content);
  database = Database.inMemory();
  server = await ObjectStorageServer.start();
});

afterEach(async () => {
  await server.stop();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

function storage(prefix = ''): S3Storage {
  return new S3Storage({ ...server.options, prefix }, database.uploads);
}

const sentParts = (): (string | undefined)[] =>
  server.seen
    .filter(({ method, query }) => method === 'PUT' && query['partNumber'])
    .map(({ query }) => query['partNumber']);

describe('S3Storage', () => {
  it('keeps a small file by one request and gives it back, whole or in part', async () => {
    const small = join(directory, 'small');
    writeFileSync(small, content.subarray(0, 1000));
    await storage('weir/').put('a/small.mp4', small);
    expect(server.seen.map(({ method, key }) => `${method} ${key}`)).toEqual([
      'PUT weir/a/small.mp4',
      'HEAD weir/a/small.mp4',
    ]);
    expect(await storage('weir/').size('a/small.mp4')).toBe(1000);
    const part = await buffer(await storage('weir/').read('a/small.mp4', { first: 10, last: 19 }));
    expect(part.equals(content.subarray(10, 20))).toBe(true);
    const whole = await buffer(await storage('weir/').read('a/small.mp4'));
    expect(whole.equals(content.subarray(0, 1000))).toBe(true);
  });

  it('keeps a large file in parts and tells how much arrived', async () => {
    const told: number[] = [];
    await storage().put('a/large.mp4', file, { onProgress: (bytes) => told.push(bytes) });
    expect(sentParts()).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(told).toEqual([1, 2, 3, 4, 5].map((count) => count * partBytes).concat(content.length));
    expect((await buffer(await storage().read('a/large.mp4'))).equals(content)).toBe(true);
    expect(await database.uploads.get('a/large.mp4')).toBeUndefined();
    expect(await server.unfinished()).toEqual([]);
  });

  it('goes on with the parts that are missing after it was cut off', async () => {
    const abort = new AbortController();
    const cut = storage().put('a/b', file, {
      signal: abort.signal,
      onProgress: (bytes) => bytes >= 3 * partBytes && abort.abort(),
    });
    await expect(cut).rejects.toThrow(/abort/i);
    expect((await database.uploads.get('a/b'))?.tags).toHaveLength(3);
    server.seen.length = 0;
    await storage().put('a/b', file);
    expect(sentParts()).toEqual(['4', '5', '6']);
    expect((await buffer(await storage().read('a/b'))).equals(content)).toBe(true);
  });

  it('believes the storage and not its notes about what arrived', async () => {
    server.fault = ({ query }) => (query['partNumber'] === '5' ? 400 : undefined);
    await expect(storage().put('a/b', file)).rejects.toThrow(ObjectStorageFailed);
    const noted = await database.uploads.get('a/b');
    if (noted !== undefined) await database.uploads.set('a/b', { ...noted, tags: [null, '"wrong"', null] });
    server.fault = () => undefined;
    server.seen.length = 0;
    await storage().put('a/b', file);
    expect(sentParts()).toEqual(['5', '6']);
    expect((await buffer(await storage().read('a/b'))).equals(content)).toBe(true);
  });

  it('goes by its notes where the storage does not list parts', async () => {
    await server.stop();
    server = await ObjectStorageServer.start({ listsParts: false });
    server.fault = ({ query }) => (query['partNumber'] === '5' ? 400 : undefined);
    await expect(storage().put('a/b', file)).rejects.toThrow(ObjectStorageFailed);
    server.fault = () => undefined;
    server.seen.length = 0;
    await storage().put('a/b', file);
    expect(sentParts()).toEqual(['5', '6']);
    expect(await storage().size('a/b')).toBe(content.length);
  });

  it('begins anew when the storage has given the upload up', async () => {
    await database.uploads.set('a/b', { id: '0'.repeat(32), bytes: content.length, partBytes, tags: ['"x"'] });
    await storage().put('a/b', file);
    expect(sentParts()).toHaveLength(6);
    expect(await storage().size('a/b')).toBe(content.length);
  });

  it('sees that an upload was completed before the answer was lost', async () => {
    await storage().put('a/b', file);
    await database.uploads.set('a/b', { id: '0'.repeat(32), bytes: content.length, partBytes, tags: [] });
    server.seen.length = 0;
    await storage().put('a/b', file);
    expect(sentParts()).toEqual([]);
  });

  it('tries again what fails in passing', async () => {
    let failures = 0;
    server.fault = ({ query }) => (query['partNumber'] === '2' && (failures += 1) < 3 ? 503 : undefined);
    await storage().put('a/b', file);
    expect(failures).toBe(3);
    expect(await storage().size('a/b')).toBe(content.length);
  });

  it('counts nothing as stored whose size is not right', async () => {
    server.fault = ({ method }) => (method === 'HEAD' ? 404 : undefined);
    await expect(storage().put('a/b', file)).rejects.toThrow(/keep a\/b whole/);
  });

  it('forgets what arrived of an upload when its object is removed', async () => {
    server.fault = ({ query }) => (query['partNumber'] === '3' ? 400 : undefined);
    await expect(storage().put('a/b', file)).rejects.toThrow(ObjectStorageFailed);
    expect(await server.unfinished()).toHaveLength(1);
    await storage().remove('a/b');
    await storage().remove('a/b');
    expect(await server.unfinished()).toEqual([]);
    expect(await database.uploads.get('a/b')).toBeUndefined();
  });

  it('says what the storage said, and takes no wrong key for right', async () => {
    const stranger = new S3Storage({ ...server.options, secretKey: 'wrong' }, database.uploads);
    await expect(stranger.put('a/b', file)).rejects.toMatchObject({ status: 403 });
    await expect(storage().read('a/none')).rejects.toThrow(/NoSuchKey \(HTTP 404\)/);
    expect(await storage().size('a/none')).toBeUndefined();
  });
});

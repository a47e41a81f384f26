import type { Database, RecordingRow } from '@weir/store';
import { beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../harness/each-database.js';

function row(id: string, change: Partial<RecordingRow> = {}): RecordingRow {
  return {
    id,
    channel: 'a',
    title: 'T',
    state: 'ready',
    reason: undefined,
    startedAtMs: 1,
    endedAtMs: undefined,
    durationMs: 0,
    bytes: 10,
    width: 0,
    height: 0,
    isProtected: false,
    files: [],
    ...change,
  };
}

const file = (name: string) => ({ name, bytes: 5, tag: 't', durationMs: 3, stored: false });
const ids = (rows: readonly RecordingRow[]): string[] => rows.map(({ id }) => id);

describe('the tables of recordings', () => {
  eachDatabase('RecordingTable', ({ open }) => {
    let database: Database;
    let recordings: Database['recordings'];

    beforeEach(async () => {
      database = await open();
      recordings = database.recordings;
      const settings = { hls: 'program', record: true, isolatedTracks: false, whep: 'source' } as const;
      const rest = { owner: undefined, watchHash: undefined, watchEpoch: 0, avatarTag: undefined, chat: '{}' };
      for (const name of ['a', 'b']) {
        const channel = { name, title: name, description: '', visibility: 'public', createdAtMs: 1 } as const;
        await database.channels.insert({ ...channel, ...settings, ...rest });
      }
    });

    it('keeps everything that a recording is', async () => {
      const full = row('x', {
        reason: 'R',
        startedAtMs: 1_790_000_000_123,
        endedAtMs: 1_790_000_900_123,
        bytes: 5_000_000_000,
        width: 4,
        height: 3,
        isProtected: true,
        files: [{ ...file('program.mp4'), stored: true }],
      });
      expect(await recordings.insert(full)).toBe(true);
      expect(await recordings.insert({ ...full, title: 'other' })).toBe(false);
      expect(await recordings.find('x')).toEqual(full);
      expect(await recordings.find('y')).toBeUndefined();
    });

    it('changes what is given, also to nothing, and nothing else', async () => {
      const before = row('x', { reason: 'R', endedAtMs: 9, files: [file('f')] });
      await recordings.insert(before);
      await recordings.insert(row('z'));
      expect(await recordings.update('x', { title: 'U', reason: undefined })).toBe(true);
      expect(await recordings.update('x', { isProtected: true, bytes: 0 })).toBe(true);
      expect(await recordings.update('x', {})).toBe(true);
      expect(await recordings.find('x')).toEqual({
        ...before,
        title: 'U',
        reason: undefined,
        isProtected: true,
        bytes: 0,
      });
      expect(await recordings.find('z')).toEqual(row('z'));
      for (const change of [{ title: 'U' }, {}]) expect(await recordings.update('y', change)).toBe(false);
    });

    it('loses no change of the files that several make at once', async () => {
      await recordings.insert(row('x'));
      const names = Array.from({ length: 8 }, (_, index) => `f${index}`);
      const changes = names.map((name) => recordings.changeFiles('x', (files) => [...files, file(name)]));
      expect(await Promise.all(changes)).toEqual(names.map(() => true));
      const found = await recordings.find('x');
      expect(found?.files.map(({ name }) => name).toSorted()).toEqual(names);
      expect(await recordings.changeFiles('y', (files) => [...files])).toBe(false);
    });

    it('lists by page, newest first, also when several began at once', async () => {
      for (const [id, startedAtMs] of [
        ['1', 5],
        ['2', 5],
        ['3', 7],
        ['4', 1],
      ] as const) {
        await recordings.insert(row(id, { startedAtMs, channel: id === '4' ? 'b' : 'a' }));
      }
      const first = await recordings.page(2, ['a', 'b']);
      expect(ids(first)).toEqual(['3', '2']);
      expect(ids(await recordings.page(5, ['a', 'b'], first[1]))).toEqual(['1', '4']);
      expect(ids(await recordings.page(5, ['b']))).toEqual(['4']);
      expect(await recordings.page(5, [])).toEqual([]);
      expect((await recordings.newest())?.id).toBe('3');
    });

    it('offers neither running nor protected ones for deletion, and sums what all take', async () => {
      expect(await recordings.totalBytes()).toBe(0);
      expect(await recordings.newest()).toBeUndefined();
      await recordings.insert(row('1', { state: 'recording' }));
      await recordings.insert(row('2', { isProtected: true }));
      await recordings.insert(row('3', { startedAtMs: 9 }));
      await recordings.insert(row('4', { state: 'failed', startedAtMs: 4 }));
      expect(ids(await recordings.oldest(9))).toEqual(['4', '3']);
      expect(ids(await recordings.inStates(['recording', 'failed']))).toEqual(['1', '4']);
      expect(await recordings.totalBytes()).toBe(40);
      expect(await recordings.delete('1')).toBe(true);
      expect(await recordings.delete('1')).toBe(false);
    });

    it('belong to a channel that exists and stays', async () => {
      await expect(recordings.insert(row('1', { channel: 'nobody' }))).rejects.toThrow(/foreign key/i);
      await recordings.insert(row('2'));
      await expect(database.channels.delete('a')).rejects.toThrow(/foreign key/i);
    });
  });

  eachDatabase('UploadTable', ({ open }) => {
    it('remembers how far an upload is until it is told to forget', async () => {
      const { uploads } = await open();
      const upload = { id: 'u', bytes: 20, partBytes: 8, tags: ['"a"', null] };
      await uploads.set('k', { ...upload, tags: [] });
      await uploads.set('k', upload);
      expect(await uploads.get('k')).toEqual(upload);
      await uploads.delete('k');
      expect(await uploads.get('k')).toBeUndefined();
    });
  });
});

import type { CaptionRow, Database, RecordingRow } from '@weir/store';
import { beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../harness/each-database.js';

const RECORDING: RecordingRow = {
  id: 'r',
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
};

const row = (language: string, change: Partial<CaptionRow> = {}): CaptionRow => ({
  recording: 'r',
  language,
  label: language,
  updatedAtMs: 1_790_000_000_123,
  tag: 't1',
  ...change,
});

describe('the captions of recordings', () => {
  eachDatabase('CaptionTable', ({ open }) => {
    let database: Database;

    beforeEach(async () => {
      database = await open();
      const settings = { hls: 'program', record: true, isolatedTracks: false, whep: 'source' } as const;
      const rest = { owner: undefined, watchHash: undefined, watchEpoch: 0, avatarTag: undefined, chat: '{}' };
      const channel = { name: 'a', title: 'a', description: '', visibility: 'public', createdAtMs: 1 } as const;
      await database.channels.insert({ ...channel, ...settings, ...rest });
      await database.recordings.insert(RECORDING);
      await database.recordings.insert({ ...RECORDING, id: 's' });
    });

    it('keeps one text for each language, in the order of their tags', async () => {
      await database.captions.put(row('ko', { label: '한국어' }), 'WEBVTT\n\n안녕');
      await database.captions.put(row('en'), 'WEBVTT');
      expect(await database.captions.list('r')).toEqual([row('en'), row('ko', { label: '한국어' })]);
      expect(await database.captions.text('r', 'ko')).toEqual({
        ...row('ko', { label: '한국어' }),
        text: 'WEBVTT\n\n안녕',
      });
      expect(await database.captions.text('r', 'de')).toBeUndefined();
      expect(await database.captions.list('s')).toEqual([]);
    });

    it('puts a new text in the place of the old one', async () => {
      await database.captions.put(row('en'), 'old');
      await database.captions.put(row('en', { label: 'English', tag: 't2' }), 'new');
      expect(await database.captions.list('r')).toEqual([row('en', { label: 'English', tag: 't2' })]);
      expect((await database.captions.text('r', 'en'))?.text).toBe('new');
    });

    it('removes one language, and all with their recording', async () => {
      await database.captions.put(row('en'), 'a');
      await database.captions.put(row('ko'), 'b');
      expect(await database.captions.delete('r', 'en')).toBe(true);
      expect(await database.captions.delete('r', 'en')).toBe(false);
      expect(await database.captions.list('r')).toHaveLength(1);
      await database.recordings.delete('r');
      expect(await database.captions.list('r')).toEqual([]);
    });
  });
});

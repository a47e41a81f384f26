import type { ChannelRow } from '@weir/store';
import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../harness/each-database.js';

function row(name: string, change: Partial<ChannelRow> = {}): ChannelRow {
  return {
    name,
    title: name.toUpperCase(),
    description: '',
    visibility: 'public',
    owner: undefined,
    watchHash: undefined,
    watchEpoch: 0,
    avatarTag: undefined,
    chat: '{}',
    hls: 'program',
    record: true,
    isolatedTracks: false,
    whep: 'source',
    createdAtMs: 1,
    ...change,
  };
}

describe('the tables of channels', () => {
  eachDatabase('ChannelTable', ({ open }) => {
    it('keeps everything that a channel is', async () => {
      const { channels } = await open();
      const full = row('a', {
        description: 'D\u{1f600}',
        visibility: 'private',
        watchHash: Uint8Array.of(0, 255, 7),
        watchEpoch: 3,
        avatarTag: 't',
        chat: '{"x":1}',
        hls: 'off',
        record: false,
        isolatedTracks: true,
        whep: 'program',
        createdAtMs: 1_790_000_000_123,
      });
      expect(await channels.insert(full)).toBe(true);
      const [found] = await channels.list();
      expect({ ...found, watchHash: [...(found?.watchHash ?? [])] }).toEqual({ ...full, watchHash: [0, 255, 7] });
    });

    it('refuses a second channel of the same name and lists by name, byte by byte', async () => {
      const { channels } = await open();
      for (const name of ['b', 'a-b', 'a', 'B', 'a_b', 'ab']) expect(await channels.insert(row(name))).toBe(true);
      expect(await channels.insert(row('a', { title: 'other' }))).toBe(false);
      expect((await channels.list()).map(({ name }) => name)).toEqual(['B', 'a', 'a-b', 'a_b', 'ab', 'b']);
    });

    it('changes one thing and leaves the others, and takes away what need not be', async () => {
      const { channels } = await open();
      await channels.insert(row('a', { watchHash: Uint8Array.of(1), avatarTag: 't' }));
      await channels.insert(row('b'));
      await channels.update('a', { record: false });
      await channels.update('a', { hls: 'passthrough', isolatedTracks: undefined, watchHash: null });
      await channels.update('a', {});
      expect(await channels.list()).toEqual([
        row('a', { record: false, hls: 'passthrough', avatarTag: 't' }),
        row('b'),
      ]);
    });

    it('forgets a channel with its avatar and its keys, and says whether there was one', async () => {
      const { channels, streamKeys } = await open();
      await channels.insert(row('a'));
      await channels.setAvatar('a', { type: 'image/png', bytes: Uint8Array.of(1, 2, 3) });
      await channels.setAvatar('a', { type: 'image/webp', bytes: Uint8Array.of(4, 5) });
      const avatar = await channels.avatar('a');
      expect([avatar?.type, ...(avatar?.bytes ?? [])]).toEqual(['image/webp', 4, 5]);
      await streamKeys.insert({ id: 'k', channel: 'a', hash: Uint8Array.of(9), label: '', createdAtMs: 1 });
      expect(await channels.delete('a')).toBe(true);
      expect(await channels.delete('a')).toBe(false);
      expect(await channels.avatar('a')).toBeUndefined();
      expect(await streamKeys.findByHash(Uint8Array.of(9))).toBeUndefined();
    });
  });

  eachDatabase('any table', ({ open }) => {
    it('takes every text that a person can enter', async () => {
      const { channels } = await open();
      const texts = [`'; DROP TABLE channels; --`, '$1 ? :a', '\u{1f600}\u200d', '\\', '', 'a\0b', 'a\ud800'];
      for (const [index, title] of texts.entries()) await channels.insert(row(`c${index}`, { title }));
      const kept = (await channels.list()).map(({ title }) => title);
      expect(kept).toEqual([...texts.slice(0, 5), 'a\ufffdb', 'a\ufffd']);
    });
  });

  eachDatabase('StreamKeyTable', ({ open }) => {
    it('finds a key by its hash and revokes it once', async () => {
      const { channels, streamKeys } = await open();
      const hash = new Uint8Array(32).fill(7);
      await channels.insert(row('a'));
      await streamKeys.insert({ id: 'k', channel: 'a', hash, label: 'OBS', createdAtMs: 2 });
      await streamKeys.touch('k', 5);
      expect(await streamKeys.findByHash(hash)).toMatchObject({ channel: 'a', lastUsedAtMs: 5 });
      expect(await streamKeys.findByHash(new Uint8Array(32))).toBeUndefined();
      expect(await streamKeys.revoke('other', 'k', 6)).toBe(false);
      expect(await streamKeys.revoke('a', 'k', 6)).toBe(true);
      expect(await streamKeys.revoke('a', 'k', 7)).toBe(false);
      expect(await streamKeys.list('a')).toMatchObject([{ id: 'k', label: 'OBS', revokedAtMs: 6 }]);
    });

    it('knows which keys rest, by what their maker and the owners of the channel are now', async () => {
      const { accounts, channels, members, streamKeys } = await open();
      await channels.insert(row('a'));
      const rights = { isAdmin: false, mayCreate: false, password: '', createdAtMs: 1 };
      for (const id of ['one', 'two']) await accounts.insert({ ...rights, id, name: id, nameKey: id });
      for (const [at, createdBy] of ['one', 'two', undefined].entries()) {
        await streamKeys.insert({
          id: `k${at}`,
          channel: 'a',
          hash: Uint8Array.of(at),
          label: '',
          createdAtMs: at,
          createdBy,
        });
      }
      const resting = async () => (await streamKeys.list('a')).map(({ rests }) => rests);
      expect(await resting()).toEqual([true, true, false]);
      for (const account of ['one', 'two']) await members.set({ channel: 'a', account, role: 'owner', createdAtMs: 1 });
      expect(await resting()).toEqual([false, false, false]);
      await accounts.update('one', { disabledAtMs: 1 });
      expect(await resting()).toEqual([true, false, false]);
      await accounts.update('two', { disabledAtMs: 1 });
      expect(await resting()).toEqual([true, true, true]);
      await accounts.update('one', { disabledAtMs: null });
      await accounts.update('two', { disabledAtMs: null, isAdmin: true });
      await members.delete('a', 'two');
      expect([await streamKeys.find('k1'), await streamKeys.find('k9')]).toMatchObject([
        { createdBy: 'two', rests: false },
        undefined,
      ]);
    });

    it('refuses a key for a channel that does not exist', async () => {
      const { streamKeys } = await open();
      const key = { id: 'k', channel: 'nobody', hash: new Uint8Array(32), label: '', createdAtMs: 1 };
      await expect(streamKeys.insert(key)).rejects.toThrow(/foreign key/i);
    });
  });

  eachDatabase('SettingTable', ({ open }) => {
    it('makes a value once, also when several ask at once', async () => {
      const { settings } = await open();
      const made = await Promise.all(
        [1, 2, 3, 4].map((value) => settings.ensure('cookie-secret', () => Uint8Array.of(value))),
      );
      const [first] = made.map((bytes) => bytes[0]);
      expect(made.map((bytes) => [...bytes])).toEqual(made.map(() => [first]));
      await settings.set('cookie-secret', Uint8Array.of(8, 9));
      expect([...((await settings.get('cookie-secret')) ?? [])]).toEqual([8, 9]);
      expect(await settings.delete('cookie-secret')).toBe(true);
      expect(await settings.delete('cookie-secret')).toBe(false);
      expect(await settings.get('cookie-secret')).toBeUndefined();
    });
  });
});

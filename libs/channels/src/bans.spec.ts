import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OwnerNotBannable } from './bans.js';
import { addAccounts, type ChannelScene, openScene } from './channel-scene.fixture.js';

let scene: ChannelScene;

const why = { name: 'Two', reason: 'spam', by: 'a:one' };

beforeEach(async () => {
  scene = await openScene();
  await scene.channels.create('a', 'A');
  await addAccounts(scene, 'one', 'two');
  await scene.members.set('a', 'one', 'owner');
});

afterEach(async () => {
  vi.useRealTimers();
  await scene.database.close();
});

describe('Bans', () => {
  it('take role and following away and are known after a restart', async () => {
    await scene.members.set('a', 'two', 'moderator');
    await scene.follows.add('a', 'two');
    const told: unknown[] = [];
    scene.bans.events.on('banned', (ban) => told.push(ban));
    await scene.bans.ban('a', 'a:two', why);
    expect(told).toEqual([{ channel: 'a', key: 'a:two', untilMs: undefined, reason: 'spam' }]);
    expect(scene.members.roleOf('a', 'two')).toBeUndefined();
    expect(scene.follows.count('a')).toBe(0);
    for (const { bans } of [scene, await openScene(scene.database)]) {
      expect(bans.has('a')).toBe(true);
      expect(bans.isBanned('a', 'a:two')).toBe(true);
      expect(bans.isBanned('a', 'g:two')).toBe(false);
      expect(bans.isBanned('b', 'a:two')).toBe(false);
      expect(bans.list('a')).toMatchObject([{ author: 'a:two', name: 'Two', reason: 'spam', createdBy: 'a:one' }]);
    }
  });

  it('end when they are lifted', async () => {
    await scene.bans.ban('a', 'g:guest', why);
    expect(await scene.bans.lift('a', 'g:guest')).toBe(true);
    expect(await scene.bans.lift('a', 'g:guest')).toBe(false);
    expect(scene.bans.has('a')).toBe(false);
    expect((await openScene(scene.database)).bans.list('a')).toEqual([]);
  });

  it('end by themselves when their time is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await scene.bans.ban('a', 'g:guest', { ...why, untilMs: Date.now() + 60_000 });
    vi.advanceTimersByTime(59_999);
    expect(scene.bans.isBanned('a', 'g:guest')).toBe(true);
    vi.advanceTimersByTime(1);
    expect(scene.bans.list('a')).toEqual([]);
    expect((await openScene(scene.database)).bans.has('a')).toBe(false);
  });

  it('are replaced by a later one for the same person', async () => {
    await scene.bans.ban('a', 'g:guest', { ...why, untilMs: Date.now() + 60_000 });
    await scene.bans.ban('a', 'g:guest', { ...why, reason: 'again' });
    for (const { bans } of [scene, await openScene(scene.database)]) {
      expect(bans.list('a')).toMatchObject([{ reason: 'again', untilMs: undefined }]);
    }
  });

  it('do not reach owners', async () => {
    await expect(scene.bans.ban('a', 'a:one', why)).rejects.toThrow(OwnerNotBannable);
    expect(scene.bans.has('a')).toBe(false);
  });
});

describe('Follows', () => {
  it('count each account once', async () => {
    await scene.follows.add('a', 'one');
    await scene.follows.add('a', 'one');
    await scene.follows.add('a', 'two');
    await scene.follows.remove('a', 'one');
    await scene.follows.remove('a', 'one');
    for (const { follows } of [scene, await openScene(scene.database)]) {
      expect(follows.count('a')).toBe(1);
      expect(await follows.isOf('a', 'a:two')).toBe(true);
      expect(await follows.isOf('a', 'g:two')).toBe(false);
      expect([...(await follows.channelsOf('two'))]).toEqual(['a']);
      expect([...(await follows.channelsOf(undefined))]).toEqual([]);
    }
  });
});

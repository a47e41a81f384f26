import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAccounts, type ChannelScene, openScene } from './channel-scene.fixture.js';
import { LastOwner, MemberUnknown } from './members.js';

let scene: ChannelScene;

beforeEach(async () => {
  scene = await openScene();
  await scene.channels.create('a', 'A');
  await addAccounts(scene, 'one', 'two', 'three');
  await scene.members.set('a', 'one', 'owner');
});

afterEach(() => scene.database.close());

describe('Members', () => {
  it('have one role each, which stays after a restart', async () => {
    await scene.members.set('a', 'two', 'viewer');
    await scene.members.set('a', 'two', 'moderator');
    const again = await openScene(scene.database);
    for (const { members } of [scene, again]) {
      expect(members.roleOf('a', 'one')).toBe('owner');
      expect(members.roleOf('a', 'two')).toBe('moderator');
      expect(members.roleOf('a', 'three')).toBeUndefined();
      expect(members.channelsOf('two')).toEqual(['a']);
    }
  });

  it('are accounts that exist', async () => {
    await expect(scene.members.set('a', 'nobody', 'viewer')).rejects.toThrow(MemberUnknown);
    await expect(scene.members.remove('a', 'two')).rejects.toThrow(MemberUnknown);
  });

  it('never leave a channel without an owner, also when the last two go at once', async () => {
    await expect(scene.members.set('a', 'one', 'viewer')).rejects.toThrow(LastOwner);
    await scene.members.set('a', 'two', 'owner');
    const left = await Promise.allSettled([scene.members.remove('a', 'one'), scene.members.remove('a', 'two')]);
    expect(left.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(scene.members.list('a').map(({ account }) => account)).toEqual(['two']);
  });

  it('are told about, and that others may watch now when one goes', async () => {
    const told: unknown[] = [];
    scene.members.events.on('changed', (...change) => told.push(change));
    scene.channels.events.on('accessChanged', (channel) => told.push(channel));
    await scene.members.set('a', 'two', 'guest');
    await scene.members.set('a', 'two', 'guest');
    await scene.members.remove('a', 'two');
    expect(told).toEqual([['a', 'two', 'guest'], ['a', 'two', undefined], 'a']);
  });

  it('are forgotten with their channel', async () => {
    await scene.channels.delete('a');
    await scene.channels.create('a', 'Another');
    expect(scene.members.roleOf('a', 'one')).toBeUndefined();
    expect((await openScene(scene.database)).members.list('a')).toEqual([]);
  });
});

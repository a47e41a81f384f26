import {
  type Caller,
  type Callers,
  CredentialsRejected,
  type OriginRequest,
  ScopeMissing,
  SignInNeeded,
} from '@weir/auth';
import { Role, type Scope } from '@weir/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BannedFromChannel, ChannelAccess, RoleMissing } from './channel-access.js';
import { ChannelUnknown } from './channel-errors.js';
import { addAccounts, callerOf, type ChannelScene, guestOf, openScene } from './channel-scene.fixture.js';
import type { WatchCookies } from './watch-cookies.js';
import { hashOfWatchToken } from './watch-token.js';

let scene: ChannelScene;
let access: ChannelAccess;
let asked: number;
let caller: Caller | Error;

const why = { name: '', reason: '', by: 'operator' };
const roles = Role.options;

function request(headers: Record<string, string> = {}): OriginRequest {
  return { headers, socket: { remoteAddress: '127.0.0.1' } };
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  scene = await openScene();
  asked = 0;
  caller = guestOf('guest');
  const callers = {
    of: () => {
      asked += 1;
      return caller instanceof Error ? Promise.reject(caller) : Promise.resolve(caller);
    },
  } as unknown as Callers;
  const cookies = {
    has: ({ headers }: OriginRequest, { watchEpoch }: { watchEpoch: number }) =>
      headers.cookie === `epoch=${watchEpoch}`,
  } as unknown as WatchCookies;
  access = new ChannelAccess(scene.channels, scene.members, scene.bans, callers, cookies);
  await scene.channels.create('open', 'Open');
  await scene.channels.create('secret', 'Secret', { visibility: 'private', watchHash: hashOfWatchToken('token') });
  await addAccounts(scene, 'first', ...roles);
  for (const channel of ['open', 'secret']) {
    await scene.members.set(channel, 'first', 'owner');
    for (const role of roles) await scene.members.set(channel, role, role);
  }
});

afterEach(async () => {
  vi.useRealTimers();
  await scene.database.close();
});

describe('what a role may', () => {
  it.each(roles)('is for a %s all that those below may', (own) => {
    const granted = roles.filter((needed) => {
      try {
        return access.require(callerOf(own), 'open', needed, 'channels:read').name === 'open';
      } catch (error) {
        expect(error).toBeInstanceOf(RoleMissing);
        return false;
      }
    });
    expect(granted).toEqual(roles.slice(roles.indexOf(own)));
  });

  it('is nothing for others, who learn of a private channel nothing at all', () => {
    const need = (who: Caller, channel: string) => () => access.require(who, channel, 'viewer', 'channels:read');
    expect(need(guestOf('g'), 'open')).toThrow(SignInNeeded);
    expect(need(callerOf('stranger'), 'open')).toThrow(RoleMissing);
    for (const who of [guestOf('g'), callerOf('stranger')]) {
      expect(need(who, 'secret')).toThrow('There is no channel "secret".');
      expect(need(who, 'none')).toThrow('There is no channel "none".');
    }
  });

  it('is everything for an administrator, as far as his token goes', () => {
    const admin = callerOf('admin', { isAdmin: true });
    expect(access.require(admin, 'secret', 'owner', 'keys:write').name).toBe('secret');
    const scopes = new Set<Scope>(['channels:read']);
    expect(() => access.require({ ...admin, scopes }, 'secret', 'owner', 'keys:write')).toThrow(ScopeMissing);
    expect(() => access.require({ ...admin, scopes }, 'none', 'owner', 'keys:write')).toThrow(ChannelUnknown);
  });

  it('reaches over who stands lower, never over owners', () => {
    const isAbove = (own: string, other: string) => access.isAbove(callerOf(own), 'open', `a:${other}`);
    expect([isAbove('moderator', 'viewer'), isAbove('moderator', 'stranger'), isAbove('owner', 'moderator')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isAbove('moderator', 'moderator'), isAbove('owner', 'first'), isAbove('stranger', 'viewer')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(access.isAbove(callerOf('admin', { isAdmin: true }), 'open', 'a:owner')).toBe(false);
    expect(access.isAbove(callerOf('admin', { isAdmin: true }), 'open', 'g:guest')).toBe(true);
  });
});

describe('watching', () => {
  it('is for all where the channel is no secret, without asking who they are', async () => {
    expect(access.mayWatchNow(request({ cookie: 'x' }), 'open')).toBe(true);
    expect(access.mayWatchNow(request(), 'none')).toBe(false);
    expect(asked).toBe(0);
    caller = new Error('the database is gone');
    expect(await access.mayWatch(request(), scene.channels.get('open'))).toBe(true);
    await expect(access.mayWatch(request(), scene.channels.get('secret'))).rejects.toThrow('the database is gone');
  });

  it('is for members and who shows the token where it is private', async () => {
    const mayWatch = (headers = {}) => access.mayWatch(request(headers), scene.channels.get('secret'));
    expect(await mayWatch()).toBe(false);
    expect(await mayWatch({ authorization: 'Bearer wrong' })).toBe(false);
    expect(await mayWatch({ cookie: 'epoch=0' })).toBe(true);
    await expect(access.requireWatch(request(), 'secret')).rejects.toThrow(ChannelUnknown);
    caller = callerOf('viewer');
    expect(await mayWatch()).toBe(true);
    caller = callerOf('stranger');
    expect(await mayWatch()).toBe(false);
    caller = new CredentialsRejected();
    expect(await mayWatch({ authorization: 'Bearer wrong' })).toBe(false);
    expect(await mayWatch({ authorization: 'Bearer token' })).toBe(true);
  });

  it('needs of an API token that it may read channels', async () => {
    caller = callerOf('viewer', { scopes: new Set<Scope>(['chat:write']) });
    expect(await access.mayWatch(request(), scene.channels.get('secret'))).toBe(false);
    caller = callerOf('viewer', { scopes: new Set<Scope>(['channels:read']) });
    expect(await access.mayWatch(request(), scene.channels.get('secret'))).toBe(true);
  });

  it('is remembered for a player that asks again, until it does not hold any more', async () => {
    caller = callerOf('viewer');
    const ask = () => access.mayWatchNow(request({ cookie: 'session' }), 'secret');
    expect(await ask()).toBe(true);
    expect(ask()).toBe(true);
    expect(asked).toBe(1);
    await scene.members.remove('secret', 'viewer');
    expect(await ask()).toBe(false);
  });

  it('ends for who is banned, and is no secret where the channel is none', async () => {
    const leave = await access.requireLeave(request(), 'open');
    expect(access.holds(leave)).toBe(true);
    await scene.bans.ban('open', 'g:guest', why);
    expect(access.holds(leave)).toBe(false);
    expect(await access.mayWatchNow(request({ cookie: 'guest' }), 'open')).toBe(false);
    await expect(access.requireWatch(request(), 'open')).rejects.toThrow(BannedFromChannel);
    await scene.bans.ban('secret', 'g:guest', why);
    await expect(access.requireWatch(request({ cookie: 'epoch=0' }), 'secret')).rejects.toThrow(ChannelUnknown);
    caller = guestOf('another');
    expect(await access.mayWatchNow(request({ cookie: 'another' }), 'open')).toBe(true);
  });

  it('ends for strangers when the channel turns private and with the token that they showed', async () => {
    const stranger = await access.requireLeave(request(), 'open');
    await scene.channels.update('open', { visibility: 'private' });
    expect(access.holds(stranger)).toBe(false);
    const holder = await access.requireLeave(request({ authorization: 'Bearer token' }), 'secret');
    expect(access.holds(holder)).toBe(true);
    await scene.channels.update('secret', { watchHash: hashOfWatchToken('new'), watchEpoch: 1 });
    expect(access.holds(holder)).toBe(false);
    await scene.channels.delete('secret');
    expect(access.holds({ ...holder, watchEpoch: 1 })).toBe(false);
  });
});

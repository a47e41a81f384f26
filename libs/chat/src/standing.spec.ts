import type { Caller, Callers, OriginRequest } from '@weir/auth';
import type { Bans, ChannelAccess, ChannelRegistry, Follows } from '@weir/channels';
import { defaultChatSettings, type Role } from '@weir/contract';
import type { BanRow, Database } from '@weir/store';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChatRefused } from './chat-refused.js';
import { Connection } from './connection.js';
import { Standing } from './standing.js';

let bans: BanRow[];
let role: Role | undefined;
let standing: Standing;

beforeEach(() => {
  bans = [];
  role = undefined;
  standing = new Standing(
    { roleOf: () => role } as unknown as ChannelAccess,
    {
      has: () => bans.length > 0,
      list: () => bans,
      find: (_: string, key: string) => bans.find(({ author }) => author === key),
    } as unknown as Bans,
    { isOf: () => Promise.resolve(false) } as unknown as Follows,
    {} as Callers,
    { list: () => [] } as unknown as ChannelRegistry,
    {} as Database,
  );
});

function connected(key: string, address: string, more: Partial<Caller> = {}): Connection {
  const wire = { emit: () => undefined, join: () => undefined, leave: () => undefined, disconnect: () => undefined };
  const via = key.startsWith('g:') || key === '' ? 'none' : 'cookie';
  const caller = { key, account: undefined, scopes: undefined, isAdmin: false, via, name: '', ...more } as Caller;
  return new Connection(wire, caller, {} as OriginRequest, address);
}

function ban(author: string, address: string, agoMs = 0): BanRow {
  return {
    author,
    address,
    channel: 'ch',
    reason: 'spam',
    createdAtMs: Date.now() - agoMs,
    untilMs: undefined,
  } as BanRow;
}

async function voice(connection: Connection): Promise<string> {
  try {
    await standing.requireVoice(connection, 'ch', defaultChatSettings);
    return 'granted';
  } catch (error) {
    return error instanceof ChatRefused ? error.fault.code : String(error);
  }
}

describe('Standing', () => {
  it('wants guests of a network to sign in for a day after one of them was banned', async () => {
    bans = [ban('g:1', '198.51.100.7'), ban('g:2', '2001:db8::7'), ban('a:3', '203.0.113.9')];
    expect(await voice(connected('g:9', '198.51.100.7'))).toBe('accounts-only');
    expect(await voice(connected('g:9', '2001:db8::8'))).toBe('accounts-only');
    expect(await voice(connected('a:9', '198.51.100.7'))).toBe('granted');
    expect(await voice(connected('g:9', '198.51.100.8'))).toBe('granted');
    expect(await voice(connected('g:9', '203.0.113.9'))).toBe('granted');
    bans = [ban('g:1', '198.51.100.7', 90_000_000), ban('g:2', '192.168.0.1')];
    expect(await voice(connected('g:9', '198.51.100.7'))).toBe('granted');
    expect(await voice(connected('g:9', '192.168.0.1'))).toBe('granted');
  });

  it('tells who is banned why and for how long, but never an administrator', () => {
    bans = [{ ...ban('a:1', ''), untilMs: Date.now() + 5000 }];
    expect(() => standing.requireNotBanned(connected('a:1', ''), 'ch')).toThrow('spam');
    expect(() => standing.requireNotBanned(connected('a:1', '', { isAdmin: true }), 'ch')).not.toThrow();
  });

  it('lets moderate who is an owner or a moderator, with a token that is good for it', () => {
    const caller = { key: 'a:1', scopes: undefined } as Caller;
    const may = [undefined, 'viewer', 'guest', 'moderator', 'owner'].map((given) => {
      role = given as Role | undefined;
      return standing.isModerator(caller, 'ch');
    });
    expect(may).toEqual([false, false, false, true, true]);
    expect(standing.isModerator({ ...caller, scopes: new Set(['chat:write']) }, 'ch')).toBe(false);
    expect(standing.isModerator({ ...caller, scopes: new Set(['chat:moderate']) }, 'ch')).toBe(true);
  });
});

import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type Caller,
  Callers,
  CredentialsRejected,
  InsecureTransport,
  type OriginRequest,
  ScopeMissing,
  SignInNeeded,
} from '@weir/auth';
import type { Role, Scope } from '@weir/contract';
import type { ChannelRow } from '@weir/store';
import { bearerToken } from '@weir/whip';
import { Bans } from './bans.js';
import { accountOfKey } from './caller-key.js';
import { ChannelUnknown } from './channel-errors.js';
import { ChannelRegistry } from './channel-registry.js';
import { LeaveMemory } from './leave-memory.js';
import { Members } from './members.js';
import { WatchCookies } from './watch-cookies.js';
import type { WatchLeave } from './watch-leave.js';
import { isWatchToken } from './watch-token.js';

/** Thrown when somebody is not enough in a channel for what they ask. */
export class RoleMissing extends Error {
  constructor(role: Role) {
    super(`Only ${names[role]} of the channel may do that.`);
    this.name = 'RoleMissing';
  }
}

/** Thrown when somebody who is banned wants to watch a channel that is no secret. */
export class BannedFromChannel extends Error {
  constructor() {
    super('You are banned from this channel.');
    this.name = 'BannedFromChannel';
  }
}

/** What counts of a caller who watches. */
export type Watcher = Pick<Caller, 'key' | 'isAdmin' | 'scopes'>;

const names: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  moderator: 'an owner or a moderator',
  guest: 'an owner, a moderator or a guest',
  viewer: 'a member',
};
const rank: Readonly<Record<Role, number>> = { owner: 3, moderator: 2, guest: 1, viewer: 0 };
const nobody: Watcher = { key: '', isAdmin: false, scopes: undefined };
const MEMORY_MS = 5000;
const MEMORY_MOST = 10_000;

/** Whether a role may do more than another. */
export function isMightier(role: Role, other: Role): boolean {
  return rank[role] > rank[other];
}

/** Who may do what in which channel, and who may watch it. */
@Injectable()
export class ChannelAccess {
  readonly #channels: ChannelRegistry;
  readonly #members: Members;
  readonly #bans: Bans;
  readonly #callers: Callers;
  readonly #cookies: WatchCookies;
  readonly #leaves = new LeaveMemory(MEMORY_MS, MEMORY_MOST);

  constructor(channels: ChannelRegistry, members: Members, bans: Bans, callers: Callers, cookies: WatchCookies) {
    this.#channels = channels;
    this.#members = members;
    this.#bans = bans;
    this.#callers = callers;
    this.#cookies = cookies;
  }

  /** What the caller is in a channel; an administrator is an owner everywhere. */
  roleOf(caller: Pick<Caller, 'isAdmin' | 'key'>, channel: string): Role | undefined {
    return caller.isAdmin ? 'owner' : this.roleOfKey(caller.key, channel);
  }

  /** What somebody is in a channel, by the key of a caller. */
  roleOfKey(key: string, channel: string): Role | undefined {
    const account = accountOfKey(key);
    return account === undefined ? undefined : this.#members.roleOf(channel, account);
  }

  /** Whether the caller stands above who has that key, and so may delete what they wrote or ban them. */
  isAbove(caller: Pick<Caller, 'isAdmin' | 'key'>, channel: string, key: string): boolean {
    const [own, other] = [this.roleOf(caller, channel), this.roleOfKey(key, channel)];
    if (own === undefined) return false;
    return caller.isAdmin ? other !== 'owner' : rank[own] > (other === undefined ? -1 : rank[other]);
  }

  /** The channel, for who is at least that in it; throws ChannelUnknown, SignInNeeded, RoleMissing or ScopeMissing. */
  require(caller: Caller, channel: string, role: Role, scope: Scope): ChannelRow {
    const row = this.#channels.find(channel);
    const own = row === undefined ? undefined : this.roleOf(caller, channel);
    if (row === undefined || (own === undefined && row.visibility === 'private')) throw new ChannelUnknown(channel);
    if (own === undefined && caller.account === undefined) throw new SignInNeeded();
    if (own === undefined || rank[own] < rank[role]) throw new RoleMissing(role);
    if (caller.scopes?.has(scope) === false) throw new ScopeMissing(scope);
    return row;
  }

  /** The channel, for who may watch it; rejects with ChannelUnknown, or BannedFromChannel where it is no secret. */
  async requireWatch(request: OriginRequest, channel: string): Promise<ChannelRow> {
    await this.requireLeave(request, channel);
    return this.#channels.get(channel);
  }

  /** Like `requireWatch`, and tells why they may; `hasShown` when they showed the channel's token otherwise. */
  async requireLeave(request: OriginRequest, channel: string, hasShown = false): Promise<WatchLeave> {
    const row = this.#channels.get(channel);
    const leave = await this.leaveOf(request, row, hasShown);
    if (leave !== undefined) return leave;
    throw row.visibility === 'private' ? new ChannelUnknown(channel) : new BannedFromChannel();
  }

  /** Whether who sent the request may watch a channel. */
  async mayWatch(request: OriginRequest, row: ChannelRow): Promise<boolean> {
    return (await this.leaveOf(request, row)) !== undefined;
  }

  /** Like `mayWatch`, of a channel that may not exist: at once for channels that are open to all, and for who asked just now. */
  mayWatchNow(request: OriginRequest, channel: string): boolean | Promise<boolean> {
    const row = this.#channels.find(channel);
    if (row === undefined) return false;
    if (this.isOpen(row)) return true;
    const { authorization, cookie } = request.headers;
    const key = hash('sha256', [channel, authorization, cookie].join('\n'), 'base64');
    const known = this.#leaves.find(key, performance.now());
    if (known !== undefined && this.holds(known)) return true;
    return this.#askAndKeep(request, row, key);
  }

  /** Asks anew, from the next request on, who was let in as an account. */
  forget(account: string): void {
    this.#leaves.forget(`a:${account}`);
  }

  /** Why who sent the request may watch a channel; undefined when they may not. */
  async leaveOf(request: OriginRequest, row: ChannelRow, hasShown = false): Promise<WatchLeave | undefined> {
    const shows = hasShown || (row.visibility === 'private' && this.#showsToken(request, row));
    return this.leaveFor(await this.#callerFor(request, row), row, shows);
  }

  /** Why a caller may watch a channel, who may have shown its token; undefined when he may not. */
  leaveFor(caller: Watcher, row: ChannelRow, hasShown: boolean): WatchLeave | undefined {
    const mayRead = caller.scopes?.has('channels:read') !== false;
    const watchEpoch = hasShown ? row.watchEpoch : undefined;
    const leave = { channel: row.name, key: caller.key, isAdmin: caller.isAdmin && mayRead, mayRead, watchEpoch };
    return this.holds(leave) ? leave : undefined;
  }

  /** Whether somebody still may watch for that reason. */
  holds({ channel, key, isAdmin, mayRead, watchEpoch }: WatchLeave): boolean {
    const row = this.#channels.find(channel);
    if (row === undefined) return false;
    if (isAdmin) return true;
    if (this.#bans.isBanned(channel, key)) return false;
    if (row.visibility !== 'private' || watchEpoch === row.watchEpoch) return true;
    return mayRead && this.roleOfKey(key, channel) !== undefined;
  }

  /** True for a channel that everybody may watch now, whoever they are. */
  isOpen(row: ChannelRow): boolean {
    return row.visibility !== 'private' && !this.#bans.has(row.name);
  }

  /** Whether the channel is a secret, so that no cache between may keep its media. */
  isPrivate(channel: string): boolean {
    return this.#channels.find(channel)?.visibility === 'private';
  }

  /** Who sent the request; somebody unknown when what they show is not taken, which for watching is no fault. */
  async watcherOf(request: OriginRequest): Promise<Watcher> {
    try {
      return await this.#callers.of(request);
    } catch (error) {
      if (error instanceof CredentialsRejected || error instanceof InsecureTransport) return nobody;
      throw error;
    }
  }

  async #askAndKeep(request: OriginRequest, row: ChannelRow, key: string): Promise<boolean> {
    const leave = await this.leaveOf(request, row);
    if (leave !== undefined) this.#leaves.keep(key, leave, performance.now());
    return leave !== undefined;
  }

  // A public channel is there for everybody, also while the database is not.
  async #callerFor(request: OriginRequest, row: ChannelRow): Promise<Watcher> {
    try {
      return await this.watcherOf(request);
    } catch (error) {
      if (this.isOpen(row)) return nobody;
      throw error;
    }
  }

  #showsToken(request: OriginRequest, row: ChannelRow): boolean {
    return isWatchToken(row, bearerToken(request.headers.authorization)) || this.#cookies.has(request, row);
  }
}

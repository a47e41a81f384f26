import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { BanRow, Database } from '@weir/store';
import { accountOfKey } from './caller-key.js';
import type { ChannelRegistry } from './channel-registry.js';
import type { Follows } from './follows.js';
import type { Members } from './members.js';

/** Thrown when an owner of the channel is to be banned. */
export class OwnerNotBannable extends Error {
  constructor() {
    super('An owner of the channel cannot be banned.');
    this.name = 'OwnerNotBannable';
  }
}

/** How somebody is banned. */
export interface BanOptions {
  /** What they are called. */
  readonly name: string;
  readonly address?: string | undefined;
  /** End of the ban, Unix milliseconds; undefined for good. */
  readonly untilMs?: number | undefined;
  readonly reason: string;
  /** Key of who bans. */
  readonly by: string;
}

/** Who is out, named by key, until Unix milliseconds or for good. */
export interface BanNotice {
  readonly channel: string;
  readonly key: string;
  readonly untilMs: number | undefined;
  readonly reason: string;
}

/** What is told about bans. */
export interface BanEvents {
  /** Somebody is out: whoever serves them ends it now. */
  banned: [ban: BanNotice];
  /** Somebody may come back before the time. */
  lifted: [ban: Pick<BanNotice, 'channel' | 'key'>];
}

/** Who is out of which channel, by the keys of callers: all of it in memory, written through. */
export class Bans {
  readonly events = new EventEmitter<BanEvents>();
  readonly #database: Database;
  readonly #members: Members;
  readonly #follows: Follows;
  readonly #byChannel = new Map<string, Map<string, BanRow>>();

  constructor(database: Database, channels: ChannelRegistry, members: Members, follows: Follows) {
    this.#database = database;
    this.#members = members;
    this.#follows = follows;
    channels.events.on('deleted', (channel) => this.#byChannel.delete(channel));
  }

  /** Reads the bans that hold; call before anything else. */
  async load(): Promise<this> {
    for (const ban of await this.#database.bans.list(Date.now())) this.#of(ban.channel).set(ban.author, ban);
    return this;
  }

  /** Whether anybody may be banned from a channel. */
  has(channel: string): boolean {
    return this.#byChannel.has(channel);
  }

  /** Whether the caller of that key is out now. */
  isBanned(channel: string, key: string): boolean {
    return this.find(channel, key) !== undefined;
  }

  /** The ban that keeps the caller of that key out now. */
  find(channel: string, key: string): BanRow | undefined {
    const ban = this.#byChannel.get(channel)?.get(key);
    if (ban === undefined || (ban.untilMs ?? Number.POSITIVE_INFINITY) > Date.now()) return ban;
    this.#forget(channel, key);
    return undefined;
  }

  /** Who is out of a channel now, oldest first. */
  list(channel: string): BanRow[] {
    const bans = [...(this.#byChannel.get(channel)?.values() ?? [])];
    return bans.filter(({ author }) => this.isBanned(channel, author));
  }

  /** Puts somebody out of a channel: their role and their following end too. Throws OwnerNotBannable. */
  async ban(channel: string, key: string, options: BanOptions): Promise<BanRow> {
    const account = accountOfKey(key);
    const role = account === undefined ? undefined : this.#members.roleOf(channel, account);
    if (role === 'owner') throw new OwnerNotBannable();
    const { name, address, untilMs, reason, by } = options;
    const ban = { id: randomUUID(), channel, author: key, name, address, reason, createdAtMs: Date.now(), untilMs };
    const row: BanRow = { ...ban, createdBy: by };
    await this.#database.bans.insert(row);
    this.#forget(channel, key);
    this.#of(channel).set(key, row);
    this.events.emit('banned', { channel, key, untilMs, reason });
    if (account !== undefined) await this.#follows.remove(channel, account);
    if (account !== undefined && role !== undefined) await this.#members.remove(channel, account);
    return row;
  }

  /** Lets somebody come back; false when they were not out. */
  async lift(channel: string, key: string): Promise<boolean> {
    if (!this.isBanned(channel, key)) return false;
    await this.#database.bans.lift(channel, key, Date.now());
    this.#forget(channel, key);
    this.events.emit('lifted', { channel, key });
    return true;
  }

  #forget(channel: string, key: string): void {
    const bans = this.#byChannel.get(channel);
    bans?.delete(key);
    if (bans?.size === 0) this.#byChannel.delete(channel);
  }

  #of(channel: string): Map<string, BanRow> {
    let bans = this.#byChannel.get(channel);
    if (bans === undefined) this.#byChannel.set(channel, (bans = new Map()));
    return bans;
  }
}

import { EventEmitter } from 'node:events';
import type { Database } from '@weir/store';
import { accountOfKey } from './caller-key.js';
import type { ChannelRegistry } from './channel-registry.js';

/** What is told about who follows. */
export interface FollowEvents {
  /** An account follows a channel, or no longer. */
  changed: [channel: string, account: string];
}

/** Which accounts follow which channels, and how many each channel has. */
export class Follows {
  readonly events = new EventEmitter<FollowEvents>();
  readonly #database: Database;
  readonly #counts = new Map<string, number>();

  constructor(database: Database, channels: ChannelRegistry) {
    this.#database = database;
    channels.events.on('deleted', (channel) => this.#counts.delete(channel));
  }

  /** Reads how many follow; call before anything else. */
  async load(): Promise<this> {
    for (const [channel, followers] of await this.#database.follows.counts()) this.#counts.set(channel, followers);
    return this;
  }

  /** How many follow a channel. */
  count(channel: string): number {
    return this.#counts.get(channel) ?? 0;
  }

  /** The channels that an account follows; none for guests. */
  async channelsOf(account: string | undefined): Promise<ReadonlySet<string>> {
    return new Set(account === undefined ? [] : await this.#database.follows.channels(account));
  }

  /** Whether an account follows a channel. */
  has(channel: string, account: string): Promise<boolean> {
    return this.#database.follows.has(channel, account);
  }

  /** Whether the caller of that key follows a channel; guests do not. */
  async isOf(channel: string, key: string): Promise<boolean> {
    const account = accountOfKey(key);
    return account !== undefined && this.has(channel, account);
  }

  /** Follows a channel that exists; idempotent. */
  async add(channel: string, account: string): Promise<void> {
    if (await this.#database.follows.insert(channel, account, Date.now())) this.#changed(channel, account, 1);
  }

  /** Follows no longer; idempotent. */
  async remove(channel: string, account: string): Promise<void> {
    if (await this.#database.follows.delete(channel, account)) this.#changed(channel, account, -1);
  }

  #changed(channel: string, account: string, change: number): void {
    this.#counts.set(channel, this.count(channel) + change);
    this.events.emit('changed', channel, account);
  }
}

import { EventEmitter } from 'node:events';
import type { Role } from '@weir/contract';
import type { Database } from '@weir/store';
import type { ChannelRegistry } from './channel-registry.js';
import { Turns } from './turns.js';

/** Thrown when a channel would be left without an owner. */
export class LastOwner extends Error {
  constructor() {
    super('The channel needs an owner: make somebody else its owner first.');
    this.name = 'LastOwner';
  }
}

/** Thrown when an account is no member of the channel, or does not exist. */
export class MemberUnknown extends Error {
  constructor() {
    super('There is no such member or account.');
    this.name = 'MemberUnknown';
  }
}

/** What an account is in a channel, since Unix milliseconds. */
export interface Membership {
  readonly account: string;
  readonly role: Role;
  readonly sinceMs: number;
}

/** What is told about members. */
export interface MemberEvents {
  /** An account has another role; undefined when it has none any more. */
  changed: [channel: string, account: string, role: Role | undefined];
}

/** Who has a role in which channel: all of it in memory, written through. */
export class Members {
  readonly events = new EventEmitter<MemberEvents>();
  readonly #database: Database;
  readonly #channels: ChannelRegistry;
  readonly #byChannel = new Map<string, Map<string, Membership>>();
  readonly #turns = new Turns();

  constructor(database: Database, channels: ChannelRegistry) {
    this.#database = database;
    this.#channels = channels;
    channels.events.on('deleted', (channel) => this.#byChannel.delete(channel));
  }

  /** Reads all members; call before anything else. */
  async load(): Promise<this> {
    for (const { channel, account, role, createdAtMs } of await this.#database.members.list()) {
      this.#of(channel).set(account, { account, role, sinceMs: createdAtMs });
    }
    return this;
  }

  /** What an account is in a channel. */
  roleOf(channel: string, account: string): Role | undefined {
    return this.#byChannel.get(channel)?.get(account)?.role;
  }

  /** The members of a channel, in the order in which they came. */
  list(channel: string): Membership[] {
    return [...(this.#byChannel.get(channel)?.values() ?? [])].sort((one, other) => one.sinceMs - other.sinceMs);
  }

  /** The channels in which an account has a role. */
  channelsOf(account: string): string[] {
    return [...this.#byChannel].filter(([, members]) => members.has(account)).map(([channel]) => channel);
  }

  /** Gives an account a role in a channel, in place of the one that it has; throws MemberUnknown or LastOwner. */
  set(channel: string, account: string, role: Role): Promise<void> {
    return this.#turns.take(async () => {
      const before = this.#byChannel.get(channel)?.get(account);
      if (before?.role === role) return;
      if (before?.role === 'owner') this.#requireOtherOwner(channel, account);
      if (before === undefined && !(await this.#database.members.hasAccount(account))) throw new MemberUnknown();
      const sinceMs = before?.sinceMs ?? Date.now();
      await this.#database.members.set({ channel, account, role, createdAtMs: sinceMs });
      if (this.#channels.find(channel) === undefined) return;
      this.#of(channel).set(account, { account, role, sinceMs });
      this.events.emit('changed', channel, account, role);
    });
  }

  /** Takes an account's role away; throws MemberUnknown or LastOwner. */
  remove(channel: string, account: string): Promise<void> {
    return this.#turns.take(async () => {
      const members = this.#byChannel.get(channel);
      const before = members?.get(account);
      if (members === undefined || before === undefined) throw new MemberUnknown();
      if (before.role === 'owner') this.#requireOtherOwner(channel, account);
      await this.#database.members.delete(channel, account);
      members.delete(account);
      this.events.emit('changed', channel, account, undefined);
      this.#channels.events.emit('accessChanged', channel);
    });
  }

  #requireOtherOwner(channel: string, account: string): void {
    const isOther = (member: Membership): boolean => member.role === 'owner' && member.account !== account;
    if (!this.list(channel).some(isOther)) throw new LastOwner();
  }

  #of(channel: string): Map<string, Membership> {
    let members = this.#byChannel.get(channel);
    if (members === undefined) this.#byChannel.set(channel, (members = new Map()));
    return members;
  }
}

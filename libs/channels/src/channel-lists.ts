import { Injectable } from '@nestjs/common';
import { type Caller, NotAllowed, requireScope } from '@weir/auth';
import type { ChannelList } from '@weir/contract';
import type { ChannelRow } from '@weir/store';
import { ChannelAccess } from './channel-access.js';
import { ChannelRegistry } from './channel-registry.js';
import { ChannelView } from './channel-view.js';
import { Follows } from './follows.js';
import { Members } from './members.js';

/** The lists of channels that somebody may ask for. */
@Injectable()
export class ChannelLists {
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #members: Members;
  readonly #follows: Follows;
  readonly #view: ChannelView;

  constructor(channels: ChannelRegistry, access: ChannelAccess, members: Members, follows: Follows, view: ChannelView) {
    this.#channels = channels;
    this.#access = access;
    this.#members = members;
    this.#follows = follows;
    this.#view = view;
  }

  /** Public channels that are live. */
  live(caller: Caller): Promise<ChannelList> {
    return this.#tell(caller, ({ name, visibility }) => {
      return visibility === 'public' && this.#channels.stream(name) !== undefined;
    });
  }

  /** Those in which the caller has a role; rejects with SignInNeeded or ScopeMissing. */
  async mine(caller: Caller): Promise<ChannelList> {
    requireScope(caller, 'channels:read');
    const names = new Set(this.#members.channelsOf(caller.account?.id ?? ''));
    return this.#tell(caller, ({ name }) => names.has(name));
  }

  /** Those that the caller follows and may watch; rejects with SignInNeeded or ScopeMissing. */
  async followed(caller: Caller): Promise<ChannelList> {
    requireScope(caller, 'channels:read');
    const names = await this.#follows.channelsOf(caller.account?.id);
    const mayWatch = (row: ChannelRow): boolean => this.#access.leaveFor(caller, row, false) !== undefined;
    return this.#tell(caller, (row) => names.has(row.name) && mayWatch(row));
  }

  /** Every channel; rejects with SignInNeeded, ScopeMissing or NotAllowed. */
  async all(caller: Caller): Promise<ChannelList> {
    requireScope(caller, 'server:read');
    if (!caller.isAdmin) throw new NotAllowed();
    return this.#tell(caller, () => true);
  }

  async #tell(caller: Caller, isMeant: (row: ChannelRow) => boolean): Promise<ChannelList> {
    const followed = await this.#follows.channelsOf(caller.account?.id);
    const rows = this.#channels.list().filter(isMeant);
    const mayRead = caller.scopes?.has('channels:read') !== false;
    return rows.map((row) => {
      const role = mayRead ? this.#access.roleOf(caller, row.name) : undefined;
      return this.#view.of(row, { role, following: followed.has(row.name) });
    });
  }
}

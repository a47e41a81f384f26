import { Injectable } from '@nestjs/common';
import type { Channel, Role } from '@weir/contract';
import type { StreamDescription } from '@weir/rtp';
import type { ChannelRow } from '@weir/store';
import { avatarPath } from './avatar-path.js';
import { ChannelAccess, type Watcher } from './channel-access.js';
import { ChannelRegistry } from './channel-registry.js';
import { Follows } from './follows.js';

/** What the caller is to a channel. */
export interface Relation {
  readonly role: Role | undefined;
  readonly following: boolean;
}

/** Tells channels as the API does. */
@Injectable()
export class ChannelView {
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #follows: Follows;

  constructor(channels: ChannelRegistry, access: ChannelAccess, follows: Follows) {
    this.#channels = channels;
    this.#access = access;
    this.#follows = follows;
  }

  /** The channel of a row, for a caller who may know of it. */
  async for(caller: Pick<Watcher, 'key' | 'isAdmin'>, row: ChannelRow): Promise<Channel> {
    const role = this.#access.roleOf(caller, row.name);
    return this.of(row, { role, following: await this.#follows.isOf(row.name, caller.key) });
  }

  /** The channel of a row, for somebody who may know of it. */
  of(row: ChannelRow, { role, following }: Relation): Channel {
    const stream = this.#channels.stream(row.name);
    return {
      name: row.name,
      title: row.title,
      description: row.description,
      visibility: row.visibility,
      avatarUrl: avatarPath(row),
      followers: this.#follows.count(row.name),
      role: role ?? null,
      following,
      live: stream !== undefined,
      since: stream === undefined ? null : new Date(stream.startedAtMs).toISOString(),
      viewers: stream === undefined ? 0 : this.#channels.viewers(row.name),
      ...tracks(stream?.description ?? {}),
      hls: row.hls !== 'off',
      ...(role === 'owner' && { settings: this.#channels.settings(row.name) }),
    };
  }
}

function tracks(description: StreamDescription): Pick<Channel, 'video' | 'audio'> {
  return { video: description.video ?? null, audio: description.audio ?? null };
}

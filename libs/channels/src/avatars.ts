import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Avatar, type ChannelRow, Database } from '@weir/store';
import { ChannelRegistry } from './channel-registry.js';

/** Thrown when a channel has no avatar. */
export class AvatarUnknown extends Error {
  constructor() {
    super('The channel has no avatar.');
    this.name = 'AvatarUnknown';
  }
}

/** The pictures that stand for channels. */
@Injectable()
export class Avatars {
  readonly #database: Database;
  readonly #channels: ChannelRegistry;

  constructor(database: Database, channels: ChannelRegistry) {
    this.#database = database;
    this.#channels = channels;
  }

  /** The avatar of a channel; rejects with AvatarUnknown. */
  async of({ name, avatarTag }: ChannelRow): Promise<Avatar> {
    const avatar = avatarTag === undefined ? undefined : await this.#database.channels.avatar(name);
    if (avatar === undefined) throw new AvatarUnknown();
    return avatar;
  }

  /** Sets or, with undefined, removes the avatar of a channel. */
  async set(name: string, avatar: Avatar | undefined): Promise<ChannelRow> {
    await this.#database.channels.setAvatar(name, avatar);
    return this.#channels.update(name, { avatarTag: avatar === undefined ? null : tagOf(avatar) });
  }
}

function tagOf({ bytes }: Avatar): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 20);
}

import { Injectable } from '@nestjs/common';
import { type Caller, NotAllowed } from '@weir/auth';
import type { CreateChannel } from '@weir/contract';
import { type ChannelRow, Database } from '@weir/store';
import { ChannelInUse } from './channel-errors.js';
import { ChannelRegistry } from './channel-registry.js';
import { Members } from './members.js';

/** Makes channels for people, and deletes those that nothing is lost with. */
@Injectable()
export class ChannelLifetime {
  readonly #database: Database;
  readonly #channels: ChannelRegistry;
  readonly #members: Members;

  constructor(database: Database, channels: ChannelRegistry, members: Members) {
    this.#database = database;
    this.#channels = channels;
    this.#members = members;
  }

  /** Makes a channel whose owner is the caller; rejects with NotAllowed or ChannelExists. */
  async begin({ account, isAdmin }: Caller, asked: CreateChannel): Promise<ChannelRow> {
    if (!isAdmin && account?.mayCreate !== true) throw new NotAllowed('This account may make no channels.');
    const { name, title = '', description = '', visibility = 'public' } = asked;
    const more = { description, visibility, owner: account?.id };
    const row = await this.#channels.create(name, title === '' ? name : title, more);
    if (account !== undefined) await this.#members.set(name, account.id, 'owner');
    return row;
  }

  /** Deletes a channel; rejects with ChannelInUse while it is live or has recordings. */
  async end(name: string): Promise<void> {
    if (this.#channels.stream(name) !== undefined) throw new ChannelInUse(name, 'it is live: end the stream first');
    const [recording] = await this.#database.recordings.page(1, [name]);
    if (recording !== undefined) throw new ChannelInUse(name, 'it has recordings: delete them first');
    await this.#channels.delete(name);
  }
}

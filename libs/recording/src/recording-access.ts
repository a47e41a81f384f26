import { Injectable } from '@nestjs/common';
import type { Caller, OriginRequest } from '@weir/auth';
import { BannedFromChannel, ChannelAccess, ChannelRegistry, ChannelUnknown } from '@weir/channels';
import type { Scope } from '@weir/contract';
import type { ChannelRow, RecordingRow } from '@weir/store';
import { RecordingUnknown } from './recording-errors.js';
import { RecordingLibrary } from './recording-library.js';

/** Who may watch or change which recording: who may do so with its channel. */
@Injectable()
export class RecordingAccess {
  readonly #library: RecordingLibrary;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;

  constructor(library: RecordingLibrary, channels: ChannelRegistry, access: ChannelAccess) {
    this.#library = library;
    this.#channels = channels;
    this.#access = access;
  }

  /** The recording, for who may watch its channel; rejects with RecordingUnknown or BannedFromChannel. */
  async requireWatch(request: OriginRequest, id: string): Promise<RecordingRow> {
    const row = await this.#library.find(id);
    const channel = this.#channels.find(row.channel);
    if (channel === undefined) throw new RecordingUnknown();
    if (await this.#access.mayWatch(request, channel)) return row;
    throw channel.visibility === 'private' ? new RecordingUnknown() : new BannedFromChannel();
  }

  /** The recording, for the owners of its channel; rejects with RecordingUnknown, SignInNeeded, RoleMissing or ScopeMissing. */
  async requireOwner(caller: Caller, id: string, scope: Scope): Promise<RecordingRow> {
    const row = await this.#library.find(id);
    try {
      this.#access.require(caller, row.channel, 'owner', scope);
    } catch (error) {
      throw error instanceof ChannelUnknown ? new RecordingUnknown() : error;
    }
    return row;
  }

  /** The channels whose recordings the caller finds in the list of all: public ones and those in which he has a role. */
  listed(caller: Caller): string[] {
    const mayRead = caller.scopes?.has('recordings:read') !== false;
    const isListed = ({ name, visibility }: ChannelRow): boolean =>
      visibility === 'public' || (mayRead && this.#access.roleOf(caller, name) !== undefined);
    return this.#channels
      .list()
      .filter(isListed)
      .map(({ name }) => name);
  }

  /** That channel, or none when who sent the request may not watch it. */
  async shown(request: OriginRequest, channel: string): Promise<string[]> {
    const row = this.#channels.find(channel);
    return row !== undefined && (await this.#access.mayWatch(request, row)) ? [channel] : [];
  }

  /** Whether caches between must not keep the recording for others. */
  isPrivate({ channel }: RecordingRow): boolean {
    return this.#access.isPrivate(channel);
  }
}

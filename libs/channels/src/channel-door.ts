import type { InvitingChannels } from '@weir/auth';
import type { Role } from '@weir/contract';
import type { AccountRow } from '@weir/store';
import type { Bans } from './bans.js';
import { BannedFromChannel, isMightier } from './channel-access.js';
import type { ChannelRegistry } from './channel-registry.js';
import type { Members } from './members.js';

/** Lets invited accounts into channels. */
export class ChannelDoor implements InvitingChannels {
  readonly #channels: ChannelRegistry;
  readonly #members: Members;
  readonly #bans: Bans;

  constructor(channels: ChannelRegistry, members: Members, bans: Bans) {
    this.#channels = channels;
    this.#members = members;
    this.#bans = bans;
  }

  title(channel: string): string | undefined {
    return this.#channels.find(channel)?.title;
  }

  mayInvite(channel: string, account: string): boolean {
    return this.#members.roleOf(channel, account) === 'owner';
  }

  records(channel: string): boolean {
    if (this.#channels.find(channel) === undefined) return false;
    const { record, hls } = this.#channels.settings(channel);
    return record && hls !== 'off';
  }

  /** Rejects with BannedFromChannel. */
  async admit(channel: string, { id }: AccountRow, role: Role): Promise<boolean> {
    if (this.#bans.isBanned(channel, `a:${id}`)) throw new BannedFromChannel();
    const own = this.#members.roleOf(channel, id);
    if (own !== undefined && !isMightier(role, own)) return false;
    await this.#members.set(channel, id, role);
    return true;
  }
}

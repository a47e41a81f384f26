import { Injectable } from '@nestjs/common';
import { type Caller, Callers, nameForm, privateNetworks } from '@weir/auth';
import { Bans, ChannelAccess, ChannelRegistry, Follows } from '@weir/channels';
import type { ChatFault, ChatSelf, ChatSettings, Role } from '@weir/contract';
import { networkOf } from '@weir/sockets';
import { type BanRow, Database } from '@weir/store';
import { ChatRefused } from './chat-refused.js';
import { hasScope } from './chat-view.js';
import type { Connection } from './connection.js';
import { GuestNames } from './guest-names.js';
import type { Speaker } from './pace.js';

const NETWORK_BAN_MS = 86_400_000;

/** Who somebody is in the chat of a channel and what he may do there. */
@Injectable()
export class Standing {
  readonly names: GuestNames;
  readonly #access: ChannelAccess;
  readonly #bans: Bans;
  readonly #follows: Follows;
  readonly #callers: Callers;
  readonly #channelForms = new Map<string, string>();

  constructor(
    access: ChannelAccess,
    bans: Bans,
    follows: Follows,
    callers: Callers,
    channels: ChannelRegistry,
    database: Database,
  ) {
    this.#access = access;
    this.#bans = bans;
    this.#follows = follows;
    this.#callers = callers;
    this.names = new GuestNames({
      isAccount: async (form) => (await database.accounts.findByName(form)) !== undefined,
      isChannel: (form) => channels.list().some(({ name }) => this.#formOf(name) === form),
    });
  }

  /** Who a socket speaks for in a channel, as its page is told. */
  async self({ key, isGuest, caller }: Connection, channel: string): Promise<ChatSelf> {
    const follows = await this.#follows.isOf(channel, key);
    return {
      author: key,
      name: this.nameOf(caller) ?? null,
      role: this.roleOf(caller, channel),
      isAccount: !isGuest,
      follows,
    };
  }

  /** What somebody is called; undefined for a guest who has not chosen a name. */
  nameOf(caller: Caller): string | undefined {
    return caller.via === 'none' ? this.names.nameOf(caller.key) : caller.name;
  }

  /** What somebody is in a channel; null for who has no role. */
  roleOf(caller: Caller, channel: string): Role | null {
    return this.#access.roleOf(caller, channel) ?? null;
  }

  /** Whether somebody may moderate a channel. */
  isModerator(caller: Caller, channel: string): boolean {
    const role = this.#access.roleOf(caller, channel);
    return (role === 'owner' || role === 'moderator') && hasScope(caller, 'chat:moderate');
  }

  /** Makes sure that a socket may moderate a channel, by what its cookie or token is good for now; rejects with ChatRefused. */
  async requireModerator(connection: Connection, channel: string): Promise<void> {
    await this.refresh(connection);
    if (!this.isModerator(connection.caller, channel)) {
      throw new ChatRefused('not-allowed', 'Only moderators of the channel may do that.');
    }
  }

  /** Asks anew who a socket speaks for; rejects with ChatRefused when that is somebody else now. */
  async refresh(connection: Connection): Promise<void> {
    this.#callers.forget(connection.request);
    const caller = await this.#callers.of(connection.request).catch(() => undefined);
    if (caller?.key !== connection.key) {
      const fault: ChatFault = {
        code: 'not-allowed',
        message: 'You are signed out here: connect again.',
        retryAfterMs: 0,
      };
      connection.close(fault);
      throw new ChatRefused(fault.code, fault.message);
    }
    connection.caller = caller;
  }

  /** Throws ChatRefused when somebody is out of a channel. */
  requireNotBanned({ key, caller }: Connection, channel: string): void {
    const ban = caller.isAdmin ? undefined : this.#bans.find(channel, key);
    if (ban === undefined) return;
    const reason = ban.reason === '' ? '' : ` Reason: ${ban.reason}`;
    const wait = ban.untilMs === undefined ? undefined : Math.max(0, ban.untilMs - Date.now());
    throw new ChatRefused('banned', `You are banned from this channel.${reason}`, wait);
  }

  /** Throws ChatRefused unless somebody may take part in anything. */
  requirePart({ caller, key }: Connection): void {
    if (key === '') throw new ChatRefused('not-allowed', 'Allow cookies and reload the page to take part.');
    if (!hasScope(caller, 'chat:write')) {
      throw new ChatRefused('not-allowed', 'The API token needs the scope "chat:write".');
    }
  }

  /** Makes sure that somebody may write in a channel as it is set; rejects with ChatRefused. */
  async requireVoice(connection: Connection, channel: string, { mode }: ChatSettings): Promise<void> {
    this.requirePart(connection);
    const { caller, key } = connection;
    if (this.isModerator(caller, channel)) return;
    if (connection.isGuest) this.#requireGoodCompany(connection, channel);
    if (mode === 'everyone') return;
    if (connection.isGuest) throw new ChatRefused('accounts-only', 'Sign in to take part in this chat.');
    if (mode === 'accounts' || this.roleOf(caller, channel) !== null) return;
    if (mode === 'members') throw new ChatRefused('members-only', 'Only members of the channel may write.');
    if (!(await this.#follows.isOf(channel, key))) {
      throw new ChatRefused('followers-only', 'Only who follows the channel may write.');
    }
  }

  /** Whose pace counts for a socket. */
  speaker({ key, isGuest, address }: Connection): Speaker {
    return { key, guestAddress: isGuest ? address : undefined };
  }

  // a guest who was banned is a new guest once his cookies are gone
  #requireGoodCompany({ address }: Connection, channel: string): void {
    if (!this.#bans.has(channel) || privateNetworks.has(address)) return;
    const network = networkOf(address);
    const isShared = (ban: BanRow): boolean =>
      ban.author.startsWith('g:') &&
      ban.address !== undefined &&
      networkOf(ban.address) === network &&
      Date.now() - ban.createdAtMs < NETWORK_BAN_MS;
    if (this.#bans.list(channel).some(isShared)) {
      throw new ChatRefused('accounts-only', 'A guest of your network was banned today: sign in to write.');
    }
  }

  #formOf(channel: string): string {
    let form = this.#channelForms.get(channel);
    if (form === undefined) this.#channelForms.set(channel, (form = nameForm(channel)));
    return form;
  }
}

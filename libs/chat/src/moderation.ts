import { Injectable } from '@nestjs/common';
import { AuditLog, type Caller } from '@weir/auth';
import { Bans, ChannelAccess, ChannelRegistry } from '@weir/channels';
import type { ChatSettings } from '@weir/contract';
import { ChatRefused } from './chat-refused.js';
import { shownText } from './message-text.js';
import type { Room } from './room.js';
import { chatSettingsOf, type ChatSettingsChange, given } from './room-settings.js';
import { Standing } from './standing.js';

/** How somebody is to be banned. */
export interface BanRequest {
  /** Key of whom. */
  readonly author: string;
  /** Null for good. */
  readonly seconds: number | null;
  readonly reason: string;
}

/** What moderators do in the chat of a channel, each time noted in the audit log; whoever calls has proven to be one. */
@Injectable()
export class Moderation {
  readonly #access: ChannelAccess;
  readonly #bans: Bans;
  readonly #audit: AuditLog;
  readonly #channels: ChannelRegistry;
  readonly #standing: Standing;

  constructor(access: ChannelAccess, bans: Bans, audit: AuditLog, channels: ChannelRegistry, standing: Standing) {
    this.#access = access;
    this.#bans = bans;
    this.#audit = audit;
    this.#channels = channels;
    this.#standing = standing;
  }

  /** Deletes a message: authors their own, moderators of whom they stand above; rejects with ChatRefused. */
  async delete(caller: Caller, room: Room, id: string): Promise<void> {
    const { channel } = room;
    const message = await room.log.find(id);
    if (message === undefined) throw new ChatRefused('not-found', 'The message is gone already.');
    const isOwn = message.author === caller.key;
    if (!isOwn && !this.#isAbove(caller, channel, message.author)) {
      throw new ChatRefused('not-allowed', 'You may not delete what they wrote.');
    }
    if (!(await room.log.delete(id))) throw new ChatRefused('not-found', 'The message is gone already.');
    room.tell('deleted', { channel, ids: [id] });
    if (isOwn) return;
    const detail = `${message.name}: ${message.body}`;
    await this.#audit.note(this.#actor(caller), { channel, action: 'chat.delete', target: message.author, detail });
  }

  /** Puts somebody out of the channel; rejects with ChatRefused. */
  async ban(caller: Caller, room: Room, { author, seconds, reason }: BanRequest): Promise<void> {
    const { channel } = room;
    if (author === caller.key) throw new ChatRefused('not-allowed', 'You cannot ban yourself.');
    if (!this.#isAbove(caller, channel, author)) throw new ChatRefused('not-allowed', 'You may not ban them.');
    const [connection] = room.connectionsOf(author);
    const name = (connection && this.#standing.nameOf(connection.caller)) ?? (await room.log.nameOf(author)) ?? '';
    const shown = shownText(reason);
    await this.#bans.ban(channel, author, {
      name,
      address: connection?.address,
      untilMs: seconds === null ? undefined : Date.now() + seconds * 1000,
      reason: shown,
      by: caller.key,
    });
    const detail = [name, seconds === null ? 'for good' : `for ${seconds} s`, shown].filter(Boolean).join(', ');
    await this.#audit.note(this.#actor(caller), { channel, action: 'chat.ban', target: author, detail });
  }

  /** Lets somebody come back; false when they were not out. */
  async unban(caller: Caller, channel: string, author: string): Promise<boolean> {
    const name = this.#bans.find(channel, author)?.name ?? '';
    if (!(await this.#bans.lift(channel, author))) return false;
    await this.#audit.note(this.#actor(caller), { channel, action: 'chat.unban', target: author, detail: name });
    return true;
  }

  /** Changes how the chat is set; the rooms are told by the channel's `changed`. */
  async changeSettings(caller: Caller, channel: string, change: ChatSettingsChange): Promise<ChatSettings> {
    const row = await this.#channels.update(channel, (before) => ({
      chat: JSON.stringify({ ...chatSettingsOf(before), ...given(change) }),
    }));
    const { blockedWords, ...shown } = given(change);
    const words = blockedWords === undefined ? {} : { blockedWords: blockedWords.length };
    const detail = JSON.stringify({ ...shown, ...words });
    await this.#audit.note(this.#actor(caller), { channel, action: 'chat.settings', target: '', detail });
    return chatSettingsOf(row);
  }

  /** Notes that a poll was opened or closed. */
  async notePoll(
    caller: Caller,
    channel: string,
    action: 'poll.open' | 'poll.close',
    poll: { id: string; question: string },
  ) {
    await this.#audit.note(this.#actor(caller), { channel, action, target: poll.id, detail: poll.question });
  }

  #isAbove(caller: Caller, channel: string, author: string): boolean {
    return this.#standing.isModerator(caller, channel) && this.#access.isAbove(caller, channel, author);
  }

  #actor(caller: Caller): Pick<Caller, 'key' | 'name'> {
    return { key: caller.key, name: this.#standing.nameOf(caller) ?? '' };
  }
}

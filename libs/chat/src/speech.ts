import { Injectable } from '@nestjs/common';
import type { ChatMessage } from '@weir/contract';
import { ChannelRegistry } from '@weir/channels';
import { type ChatQuote, Database } from '@weir/store';
import { chatMessageOf } from './chat-view.js';
import { ChatRefused } from './chat-refused.js';
import type { Connection } from './connection.js';
import { hasLink } from './link-text.js';
import type { MessageDraft } from './message-log.js';
import { isBlank, shownText } from './message-text.js';
import type { Room } from './room.js';
import { Standing } from './standing.js';

const AHEAD_MS = 10_000;

/** What a page wants to be said. */
export interface Saying {
  readonly clientId: string;
  readonly body: string;
  readonly replyTo?: string | undefined;
  readonly mediaAtMs?: number | undefined;
}

/** Decides whether something may be said, and sees to it that it is said once. */
@Injectable()
export class Speech {
  readonly #standing: Standing;
  readonly #database: Database;
  readonly #channels: ChannelRegistry;

  constructor(standing: Standing, database: Database, channels: ChannelRegistry) {
    this.#standing = standing;
    this.#database = database;
    this.#channels = channels;
  }

  /** Says something in a room, once for a `clientId` however often it is asked for; resolves once it is stored, rejects with ChatRefused. */
  say(room: Room, connection: Connection, saying: Saying): Promise<ChatMessage> {
    return room.once(`${connection.key} ${saying.clientId}`, async () => {
      const said = await this.#database.chatMessages.findSaid(room.channel, connection.key, saying.clientId);
      if (said?.isDeleted) throw new ChatRefused('not-found', 'The message was deleted.');
      return said === undefined ? this.#sayNew(room, connection, saying) : chatMessageOf(said);
    });
  }

  async #sayNew(room: Room, connection: Connection, saying: Saying): Promise<ChatMessage> {
    const { channel } = room;
    const { caller } = connection;
    const settings = room.settings.current;
    await this.#standing.requireVoice(connection, channel, settings);
    const name = this.#standing.nameOf(caller);
    if (name === undefined) throw new ChatRefused('name-needed', 'Choose a name first.');
    const isModerator = this.#standing.isModerator(caller, channel);
    const body = shownText(saying.body);
    if (isBlank(body)) throw new ChatRefused('empty', 'There is nothing in the message.');
    if (!isModerator) checkWords(room, name, body);
    const replyTo = await quoted(room, saying.replyTo);
    const speaker = this.#standing.speaker(connection);
    const takeBack = isModerator ? undefined : await room.pace.say(speaker, settings.slowSeconds);
    // whoever was banned or put out while this was looked up is not heard any more
    this.#standing.requireNotBanned(connection, channel);
    if (room.leaveOf(connection) === undefined) throw new ChatRefused('not-joined', 'Join the channel first.');
    const role = this.#standing.roleOf(caller, channel) ?? undefined;
    const mediaAtMs = this.#mediaTime(channel, saying.mediaAtMs);
    const draft = { author: connection.key, name, role, body, replyTo, clientId: saying.clientId, mediaAtMs };
    return store(room, draft, takeBack);
  }

  // What was never shown belongs to no picture.
  #mediaTime(channel: string, mediaAtMs: number | undefined): number | undefined {
    const stream = this.#channels.stream(channel);
    if (stream === undefined || mediaAtMs === undefined) return undefined;
    const isShown = mediaAtMs >= stream.startedAtMs - AHEAD_MS && mediaAtMs <= Date.now() + AHEAD_MS;
    return isShown ? mediaAtMs : undefined;
  }
}

function checkWords(room: Room, name: string, body: string): void {
  if (room.settings.isBlocked(name)) {
    throw new ChatRefused('name-invalid', 'Your name has a word that is blocked in this chat: choose another.');
  }
  if (!room.settings.current.links && hasLink(body)) {
    throw new ChatRefused('no-links', 'Links are not allowed in this chat.');
  }
  if (room.settings.isBlocked(body)) {
    throw new ChatRefused('blocked-word', 'The message has a word that is blocked in this chat.');
  }
}

async function quoted(room: Room, id: string | undefined): Promise<ChatQuote | undefined> {
  if (id === undefined) return undefined;
  const message = await room.log.find(id);
  if (message === undefined) throw new ChatRefused('not-found', 'The message that you answer is gone.');
  return { id, name: message.name, body: message.body };
}

async function store(room: Room, draft: MessageDraft, takeBack: (() => void) | undefined): Promise<ChatMessage> {
  try {
    return await room.log.append(draft);
  } catch (error) {
    takeBack?.();
    throw error;
  }
}

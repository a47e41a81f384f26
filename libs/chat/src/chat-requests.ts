import { Injectable } from '@nestjs/common';
import { ChannelAccess, ChannelRegistry, isWatchToken, type WatchLeave } from '@weir/channels';
import type { ChatAnswers, ChatRequestName, chatRequests } from '@weir/contract';
import { networkOf, TokenBuckets } from '@weir/sockets';
import { ChatRefused } from './chat-refused.js';
import { hasScope } from './chat-view.js';
import type { Connection } from './connection.js';
import { isBlank, shownText } from './message-text.js';
import { Moderation } from './moderation.js';
import type { Room } from './room.js';
import { publicSettings } from './room-settings.js';
import { Rooms } from './rooms.js';
import { Speech } from './speech.js';
import { Standing } from './standing.js';

const CHANNELS_MOST = 5;
const NAMES_OF_NETWORK = { burst: 50, perSecond: 1 };

/** What a page asks for, as the contract has it. */
export type Asked<Name extends ChatRequestName> = ReturnType<(typeof chatRequests)[Name]['parse']>;

/** Answers a request; called once, before anything that is told later. */
export type Grant<Name extends ChatRequestName> = (answer: ChatAnswers[Name]) => void;

/** What is done for each request. */
export type ChatHandlers = {
  readonly [Name in ChatRequestName]: (
    connection: Connection,
    asked: Asked<Name>,
    grant: Grant<Name>,
  ) => void | Promise<void>;
};

/** Does what pages ask for: each request is either granted or refused by ChatRefused. */
@Injectable()
export class ChatRequests implements ChatHandlers {
  readonly #rooms: Rooms;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #standing: Standing;
  readonly #speech: Speech;
  readonly #moderation: Moderation;
  readonly #naming = new TokenBuckets(NAMES_OF_NETWORK);

  constructor(
    rooms: Rooms,
    channels: ChannelRegistry,
    access: ChannelAccess,
    standing: Standing,
    speech: Speech,
    moderation: Moderation,
  ) {
    this.#rooms = rooms;
    this.#channels = channels;
    this.#access = access;
    this.#standing = standing;
    this.#speech = speech;
    this.#moderation = moderation;
  }

  async join(connection: Connection, asked: Asked<'join'>, grant: Grant<'join'>): Promise<void> {
    connection.asksToJoin();
    const { channel, after } = asked;
    if (connection.channels.size >= CHANNELS_MOST && !connection.channels.has(channel)) {
      throw new ChatRefused('not-allowed', `A connection is in at most ${CHANNELS_MOST} channels: leave one first.`);
    }
    const leave = await this.#leaveToWatch(connection, asked);
    await this.#rooms.use(channel, async (room) => {
      const you = await this.#standing.self(connection, channel);
      const choice = await room.poll.choiceOf(connection.key);
      if (connection.isClosed || !this.#access.holds(leave)) throw unknownChannel(channel);
      // from here to the answer nothing waits, so that no message is told twice or not at all
      const settings = this.#settingsFor(connection, room);
      const { messages, gap } = room.log.page(after);
      room.enter(connection, leave);
      const { isLive: live, viewers } = room;
      grant({ you, settings, messages, gap, poll: room.poll.current, choice, live, viewers: live ? viewers : 0 });
    });
  }

  leave(connection: Connection, { channel }: Asked<'leave'>, grant: Grant<'leave'>): void {
    this.#rooms.exit(connection, channel);
    grant(null);
  }

  async name(connection: Connection, { name }: Asked<'name'>, grant: Grant<'name'>): Promise<void> {
    const { key, isGuest } = connection;
    if (!isGuest) throw new ChatRefused('not-allowed', 'An account is called as it is.');
    if (key === '') throw new ChatRefused('not-allowed', 'Allow cookies and reload the page to take part.');
    const waitMs = this.#naming.take(networkOf(connection.address), performance.now());
    if (waitMs > 0) throw new ChatRefused('too-fast', 'Too many names from your network: wait a moment.', waitMs);
    await this.#standing.names.choose(key, name);
    const [channel = ''] = connection.channels;
    const you = await this.#standing.self(connection, channel);
    grant(you);
    for (const room of this.#rooms.list()) {
      for (const other of room.connectionsOf(key)) {
        if (other !== connection) other.emit('you', { channel: room.channel, you });
      }
    }
  }

  async say(connection: Connection, asked: Asked<'say'>, grant: Grant<'say'>): Promise<void> {
    const room = await this.#roomOf(connection, asked.channel);
    grant(await this.#speech.say(room, connection, asked));
  }

  async react(connection: Connection, { channel, reaction }: Asked<'react'>, grant: Grant<'react'>): Promise<void> {
    const room = await this.#roomOf(connection, channel);
    this.#standing.requirePart(connection);
    room.pace.react(this.#standing.speaker(connection));
    room.react(reaction);
    grant(null);
  }

  async delete(connection: Connection, { channel, id }: Asked<'delete'>, grant: Grant<'delete'>): Promise<void> {
    const room = await this.#roomOf(connection, channel);
    await this.#standing.refresh(connection);
    if (!hasScope(connection.caller, 'chat:write') && !this.#standing.isModerator(connection.caller, channel)) {
      throw new ChatRefused('not-allowed', 'The API token needs the scope "chat:write" or "chat:moderate".');
    }
    await this.#moderation.delete(connection.caller, room, id);
    grant(null);
  }

  async ban(connection: Connection, { channel, ...ban }: Asked<'ban'>, grant: Grant<'ban'>): Promise<void> {
    const room = await this.#moderated(connection, channel);
    await this.#moderation.ban(connection.caller, room, ban);
    grant(null);
  }

  async unban(connection: Connection, { channel, author }: Asked<'unban'>, grant: Grant<'unban'>): Promise<void> {
    await this.#moderated(connection, channel);
    if (!(await this.#moderation.unban(connection.caller, channel, author))) {
      throw new ChatRefused('not-found', 'They are not banned.');
    }
    grant(null);
  }

  async settings(
    connection: Connection,
    { channel, change }: Asked<'settings'>,
    grant: Grant<'settings'>,
  ): Promise<void> {
    await this.#moderated(connection, channel);
    grant(await this.#moderation.changeSettings(connection.caller, channel, change));
  }

  async openPoll(connection: Connection, asked: Asked<'openPoll'>, grant: Grant<'openPoll'>): Promise<void> {
    const { channel, seconds } = asked;
    const room = await this.#moderated(connection, channel);
    const question = shownText(asked.question);
    const options = asked.options.map(shownText);
    if ([question, ...options].some(isBlank)) {
      throw new ChatRefused('empty', 'A poll needs a question, and each option a text.');
    }
    const poll = await room.poll.ask({ question, options, seconds, createdBy: connection.key });
    await this.#moderation.notePoll(connection.caller, channel, 'poll.open', poll);
    grant(poll);
  }

  async vote(connection: Connection, { channel, poll, choice }: Asked<'vote'>, grant: Grant<'vote'>): Promise<void> {
    const room = await this.#roomOf(connection, channel);
    this.#standing.requirePart(connection);
    grant(await room.poll.vote(poll, this.#standing.speaker(connection), choice));
  }

  async closePoll(
    connection: Connection,
    { channel, poll }: Asked<'closePoll'>,
    grant: Grant<'closePoll'>,
  ): Promise<void> {
    const room = await this.#moderated(connection, channel);
    const closed = await room.poll.end(poll);
    await this.#moderation.notePoll(connection.caller, channel, 'poll.close', closed);
    grant(closed);
  }

  async #leaveToWatch(connection: Connection, { channel, watchToken }: Asked<'join'>): Promise<WatchLeave> {
    const row = this.#channels.find(channel);
    if (row === undefined) throw unknownChannel(channel);
    const byRequest = await this.#access.leaveOf(connection.request, row);
    const hasShown = watchToken !== undefined && isWatchToken(row, watchToken);
    const leave = byRequest ?? this.#access.leaveFor(connection.caller, row, hasShown);
    if (leave !== undefined) return leave;
    if (row.visibility !== 'private') this.#standing.requireNotBanned(connection, channel);
    throw unknownChannel(channel);
  }

  async #roomOf(connection: Connection, channel: string): Promise<Room> {
    if (connection.caller.via === 'token') await this.#standing.refresh(connection);
    const room = this.#rooms.find(channel);
    if (room?.leaveOf(connection) !== undefined) {
      this.#standing.requireNotBanned(connection, channel);
      return room;
    }
    const row = this.#channels.find(channel);
    if (row !== undefined && row.visibility !== 'private') this.#standing.requireNotBanned(connection, channel);
    throw new ChatRefused('not-joined', 'Join the channel first.');
  }

  async #moderated(connection: Connection, channel: string): Promise<Room> {
    const room = await this.#roomOf(connection, channel);
    await this.#standing.requireModerator(connection, channel);
    return room;
  }

  #settingsFor(connection: Connection, { channel, settings }: Room) {
    const isModerator = this.#standing.isModerator(connection.caller, channel);
    return isModerator ? settings.current : publicSettings(settings.current);
  }
}

function unknownChannel(channel: string): ChatRefused {
  return new ChatRefused('not-found', `There is no channel "${channel}".`);
}

import type { Caller } from '@weir/auth';
import type { ChannelRegistry, WatchLeave } from '@weir/channels';
import type { ChatEvents } from '@weir/contract';
import type { ChannelRow, Database } from '@weir/store';
import type { Connection } from './connection.js';
import { MessageLog } from './message-log.js';
import { Pace } from './pace.js';
import { ReactionTally } from './reaction-tally.js';
import { RoomPoll } from './room-poll.js';
import { publicSettings, RoomSettings } from './room-settings.js';

const VIEWERS_EVERY_MS = 2000;

/** Tells an event to every socket in the room of a channel. */
export type RoomVoice = <Event extends keyof ChatEvents>(
  channel: string,
  event: Event,
  payload: ChatEvents[Event],
) => void;

/** What a room is made of. */
export interface RoomParts {
  readonly database: Database;
  readonly channels: ChannelRegistry;
  readonly voice: RoomVoice;
}

/** The chat of one channel while somebody is in it. */
export class Room {
  readonly channel: string;
  readonly log: MessageLog;
  readonly poll: RoomPoll;
  readonly settings: RoomSettings;
  readonly pace: Pace;
  readonly #reactions: ReactionTally;
  readonly #channels: ChannelRegistry;
  readonly #voice: RoomVoice;
  readonly #people = new Map<Connection, WatchLeave>();
  readonly #saying = new Map<string, Promise<unknown>>();
  readonly #ticker: NodeJS.Timeout;
  #viewers: number;
  #isClosed = false;

  /** Reads what was said and asked before; throws ChannelUnknown. */
  static async open({ database, channels, voice }: RoomParts, channel: string): Promise<Room> {
    channels.get(channel);
    const log = await MessageLog.open(database.chatMessages, channel, (message) => voice(channel, 'message', message));
    const poll = await RoomPoll.open(database.polls, channel, (now) => voice(channel, 'poll', { channel, poll: now }));
    return new Room({ database, channels, voice }, channels.get(channel), log, poll);
  }

  private constructor({ database, channels, voice }: RoomParts, row: ChannelRow, log: MessageLog, poll: RoomPoll) {
    this.channel = row.name;
    this.log = log;
    this.poll = poll;
    this.settings = new RoomSettings(row);
    this.pace = new Pace(database.chatMessages, row.name);
    this.#channels = channels;
    this.#voice = voice;
    this.#reactions = new ReactionTally((counts) => this.tell('reactions', { channel: this.channel, counts }));
    this.#viewers = channels.viewers(row.name);
    this.#ticker = setInterval(() => this.#tellViewers(), VIEWERS_EVERY_MS);
  }

  /** Sockets in the room. */
  get size(): number {
    return this.#people.size;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Who watches, by whatever transport. */
  get viewers(): number {
    return this.#channels.viewers(this.channel);
  }

  get isLive(): boolean {
    return this.#channels.stream(this.channel) !== undefined;
  }

  /** The sockets in the room. */
  connections(): Connection[] {
    return [...this.#people.keys()];
  }

  /** The sockets of somebody. */
  connectionsOf(key: string): Connection[] {
    return this.connections().filter((connection) => connection.key === key);
  }

  /** Why a socket may be here; undefined when it is not. */
  leaveOf(connection: Connection): WatchLeave | undefined {
    return this.#people.get(connection);
  }

  /** Lets a socket hear what is told from now on. */
  enter(connection: Connection, leave: WatchLeave): void {
    this.#people.set(connection, leave);
    connection.enter(this.channel);
  }

  /** A socket hears no more; true when it was here. */
  exit(connection: Connection): boolean {
    if (!this.#people.delete(connection)) return false;
    connection.exit(this.channel);
    return true;
  }

  /** Tells every socket in the room, in one go. */
  tell<Event extends keyof ChatEvents>(event: Event, payload: ChatEvents[Event]): void {
    if (!this.#isClosed) this.#voice(this.channel, event, payload);
  }

  /** Counts a reaction. */
  react(...[reaction]: Parameters<ReactionTally['add']>): void {
    if (!this.#isClosed) this.#reactions.add(reaction);
  }

  /** Does what is asked for under a key once at a time: who asks meanwhile gets the same answer. */
  once<Answer>(key: string, act: () => Promise<Answer>): Promise<Answer> {
    const running = this.#saying.get(key) as Promise<Answer> | undefined;
    if (running !== undefined) return running;
    const answer = act().finally(() => this.#saying.delete(key));
    this.#saying.set(key, answer);
    return answer;
  }

  /** Takes over what the channel's settings are now, and tells them; moderators are told the blocked words too. */
  applySettings(row: ChannelRow, isModerator: (caller: Caller) => boolean): void {
    if (!this.settings.update(row)) return;
    const { channel } = this;
    const settings = this.settings.current;
    this.tell('settings', { channel, settings: publicSettings(settings) });
    for (const connection of this.connections()) {
      if (isModerator(connection.caller)) connection.emit('settings', { channel, settings });
    }
  }

  /** Resolves when nothing waits to be stored. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#saying.values());
    await this.log.idle();
    await this.poll.idle();
  }

  /** Ends its timers and puts everybody out; idempotent. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#ticker);
    this.#reactions.close();
    this.poll.close();
    for (const connection of this.connections()) this.exit(connection);
  }

  #tellViewers(): void {
    const viewers = this.isLive ? this.viewers : 0;
    if (viewers === this.#viewers) return;
    this.#viewers = viewers;
    this.tell('viewers', { channel: this.channel, viewers });
  }
}

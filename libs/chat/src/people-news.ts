import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type BanNotice, Bans, Follows, Members } from '@weir/channels';
import { Log } from '@weir/telemetry';
import type { Connection } from './connection.js';
import { publicSettings } from './room-settings.js';
import { Rooms } from './rooms.js';
import { Standing } from './standing.js';

/** Carries into the rooms what happens to people: bans, roles, and whom they follow. */
@Injectable()
export class PeopleNews implements OnModuleInit, OnApplicationShutdown {
  readonly #rooms: Rooms;
  readonly #bans: Bans;
  readonly #members: Members;
  readonly #follows: Follows;
  readonly #standing: Standing;
  readonly #log: Log;

  constructor(rooms: Rooms, bans: Bans, members: Members, follows: Follows, standing: Standing, log: Log) {
    this.#rooms = rooms;
    this.#bans = bans;
    this.#members = members;
    this.#follows = follows;
    this.#standing = standing;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#bans.events.on('banned', this.#banned);
    this.#members.events.on('changed', this.#standingChanged);
    this.#follows.events.on('changed', this.#standingChanged);
  }

  onApplicationShutdown(): void {
    this.#bans.events.off('banned', this.#banned);
    this.#members.events.off('changed', this.#standingChanged);
    this.#follows.events.off('changed', this.#standingChanged);
  }

  readonly #banned = (ban: BanNotice): void => {
    const { channel, key, untilMs = null, reason } = ban;
    for (const connection of this.#rooms.find(channel)?.connectionsOf(key) ?? []) {
      connection.emit('banned', { channel, untilMs, reason });
      this.#rooms.exit(connection, channel);
    }
    this.#purge(ban).catch((error: unknown) => {
      this.#log.error('what a banned person wrote could not be removed', { channel, author: key, err: error });
    });
  };

  async #purge({ channel, key }: BanNotice): Promise<void> {
    await this.#rooms.use(channel, async (room) => {
      const quotes = await room.log.purge(key);
      room.tell('purged', { channel, author: key });
      if (quotes.length > 0) room.tell('deleted', { channel, ids: quotes });
      await room.poll.withdraw(key);
    });
  }

  readonly #standingChanged = (channel: string, account: string): void => {
    for (const connection of this.#rooms.find(channel)?.connectionsOf(`a:${account}`) ?? []) {
      this.#tellStanding(connection, channel).catch((error: unknown) => {
        this.#log.warn('somebody could not be told his new standing', { channel, account, err: error });
      });
    }
  };

  async #tellStanding(connection: Connection, channel: string): Promise<void> {
    const you = await this.#standing.self(connection, channel);
    const settings = this.#rooms.find(channel)?.settings.current;
    connection.emit('you', { channel, you });
    if (settings === undefined) return;
    const isModerator = this.#standing.isModerator(connection.caller, channel);
    connection.emit('settings', { channel, settings: isModerator ? settings : publicSettings(settings) });
  }
}

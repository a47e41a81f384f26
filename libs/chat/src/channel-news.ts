import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ChannelAccess, ChannelRegistry, type Stream } from '@weir/channels';
import type { ChannelRow } from '@weir/store';
import { Rooms } from './rooms.js';
import { Standing } from './standing.js';

/** Carries into the rooms what happens to their channels: live or not, how the chat is set, and who may watch. */
@Injectable()
export class ChannelNews implements OnModuleInit, OnApplicationShutdown {
  readonly #rooms: Rooms;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #standing: Standing;

  constructor(rooms: Rooms, channels: ChannelRegistry, access: ChannelAccess, standing: Standing) {
    this.#rooms = rooms;
    this.#channels = channels;
    this.#access = access;
    this.#standing = standing;
  }

  onModuleInit(): void {
    const { events } = this.#channels;
    events.on('live', this.#live).on('ended', this.#ended);
    events.on('changed', this.#changed).on('accessChanged', this.#accessChanged);
  }

  onApplicationShutdown(): void {
    const { events } = this.#channels;
    events.off('live', this.#live).off('ended', this.#ended);
    events.off('changed', this.#changed).off('accessChanged', this.#accessChanged);
  }

  readonly #live = ({ channel }: Stream): void => {
    this.#rooms.find(channel)?.tell('live', { channel, live: true });
  };

  readonly #ended = ({ channel }: Stream): void => {
    this.#rooms.find(channel)?.tell('live', { channel, live: false });
  };

  readonly #changed = (row: ChannelRow): void => {
    this.#rooms.find(row.name)?.applySettings(row, (caller) => this.#standing.isModerator(caller, row.name));
  };

  readonly #accessChanged = (channel: string): void => {
    const room = this.#rooms.find(channel);
    for (const connection of room?.connections() ?? []) {
      const leave = room!.leaveOf(connection);
      if (leave === undefined || this.#access.holds(leave)) continue;
      const fault = { code: 'not-found', message: `There is no channel "${channel}".` } as const;
      connection.emit('closed', { channel, fault });
      this.#rooms.exit(connection, channel);
    }
  };
}

import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Sessions } from '@weir/auth';
import { type BanNotice, Bans, ChannelAccess, ChannelRegistry, type WatchLeave } from '@weir/channels';
import { SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { Subscriber, type SubscriberSurroundings } from './subscriber.js';

/** Makes subscribers, and ends those who may watch no longer. */
@Injectable()
export class Subscribers implements OnModuleInit, OnModuleDestroy {
  readonly #around: SubscriberSurroundings;
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #bans: Bans;
  readonly #sessions: SessionRegistry;
  readonly #signIns: Sessions;
  readonly #onAccessChanged = (channel: string): void => this.#check(channel);
  readonly #onBanned = ({ channel }: BanNotice): void => this.#check(channel);
  readonly #onSignedOut = (account: string, session: string | undefined): void => {
    if (session === undefined) this.#endPrivate(`a:${account}`);
  };

  constructor(
    channels: ChannelRegistry,
    access: ChannelAccess,
    bans: Bans,
    sessions: SessionRegistry,
    signIns: Sessions,
    log: Log,
  ) {
    this.#around = { channels, log };
    this.#channels = channels;
    this.#access = access;
    this.#bans = bans;
    this.#sessions = sessions;
    this.#signIns = signIns;
  }

  onModuleInit(): void {
    this.#channels.events.on('accessChanged', this.#onAccessChanged);
    this.#bans.events.on('banned', this.#onBanned);
    this.#signIns.events.on('ended', this.#onSignedOut);
  }

  onModuleDestroy(): void {
    this.#channels.events.off('accessChanged', this.#onAccessChanged);
    this.#bans.events.off('banned', this.#onBanned);
    this.#signIns.events.off('ended', this.#onSignedOut);
  }

  /** A subscriber of a channel, for somebody who may watch it. */
  create(leave: WatchLeave): Subscriber {
    return new Subscriber(leave, this.#around);
  }

  #check(channel: string): void {
    this.#sessions.closeNotAllowed(
      (owner) => owner instanceof Subscriber && owner.channel === channel && !this.#access.holds(owner.leave),
    );
  }

  // An account that was disabled may still be a member.
  #endPrivate(key: string): void {
    this.#sessions.closeNotAllowed(
      (owner) => owner instanceof Subscriber && owner.leave.key === key && this.#access.isPrivate(owner.channel),
    );
  }
}

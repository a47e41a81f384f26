import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Sessions } from '@weir/auth';
import { type BanNotice, Bans, ChannelAccess, ChannelRegistry, type Stream } from '@weir/channels';
import { SessionRegistry } from '@weir/signalling';
import type { ChannelRow } from '@weir/store';
import { Subscriber } from './subscriber.js';
import { WatchedSource } from './watched-source.js';

/** Ends subscribers who may watch no longer, and those who get something else from now on: they come again for it. */
@Injectable()
export class SubscriberChecks implements OnModuleInit, OnModuleDestroy {
  readonly #channels: ChannelRegistry;
  readonly #access: ChannelAccess;
  readonly #bans: Bans;
  readonly #sessions: SessionRegistry;
  readonly #signIns: Sessions;
  readonly #source: WatchedSource;
  readonly #onAccessChanged = (channel: string): void => this.#check(channel);
  readonly #onBanned = ({ channel }: BanNotice): void => this.#check(channel);
  readonly #onSignedOut = (account: string, session: string | undefined): void => {
    if (session === undefined) this.#endPrivate(`a:${account}`);
  };
  readonly #onChanged = ({ name }: ChannelRow): void => this.#move(name);
  readonly #onSourceChanged = ({ channel }: Stream): void => this.#move(channel);

  constructor(
    channels: ChannelRegistry,
    access: ChannelAccess,
    bans: Bans,
    sessions: SessionRegistry,
    signIns: Sessions,
    source: WatchedSource,
  ) {
    this.#channels = channels;
    this.#access = access;
    this.#bans = bans;
    this.#sessions = sessions;
    this.#signIns = signIns;
    this.#source = source;
  }

  onModuleInit(): void {
    this.#channels.events.on('accessChanged', this.#onAccessChanged);
    this.#channels.events.on('changed', this.#onChanged);
    this.#channels.events.on('sourceChanged', this.#onSourceChanged);
    this.#bans.events.on('banned', this.#onBanned);
    this.#signIns.events.on('ended', this.#onSignedOut);
  }

  onModuleDestroy(): void {
    this.#channels.events.off('accessChanged', this.#onAccessChanged);
    this.#channels.events.off('changed', this.#onChanged);
    this.#channels.events.off('sourceChanged', this.#onSourceChanged);
    this.#bans.events.off('banned', this.#onBanned);
    this.#signIns.events.off('ended', this.#onSignedOut);
  }

  #check(channel: string): void {
    this.#sessions.closeNotAllowed(
      (owner) => owner instanceof Subscriber && owner.leave.channel === channel && !this.#access.holds(owner.leave),
    );
  }

  // An account that was disabled may still be a member.
  #endPrivate(key: string): void {
    this.#sessions.closeNotAllowed(
      (owner) => owner instanceof Subscriber && owner.leave.key === key && this.#access.isPrivate(owner.leave.channel),
    );
  }

  #move(channel: string): void {
    const router = this.#source.routerOf(channel);
    this.#sessions.closeReplaced(
      (owner) => owner instanceof Subscriber && owner.leave.channel === channel && owner.channel !== router,
    );
  }
}

import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { StreamKeys, type VerifiedStreamKey } from '@weir/auth';
import { ChannelRegistry } from '@weir/channels';
import { MediaPool } from '@weir/sfu';
import { SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { Publisher, type PublisherSurroundings } from './publisher.js';

/** Makes publishers, and knows which there are. */
@Injectable()
export class Publishers implements OnModuleInit, OnModuleDestroy {
  readonly #around: PublisherSurroundings;
  readonly #ofChannel = new Map<string, Publisher[]>();
  readonly #keys: StreamKeys;
  readonly #onRevoked = (_channel: string, key: string): void => this.#end((publisher) => publisher.key === key);
  readonly #onDeleted = (channel: string): void => this.#end((publisher) => publisher.channel === channel);

  constructor(channels: ChannelRegistry, sessions: SessionRegistry, pool: MediaPool, keys: StreamKeys, log: Log) {
    this.#keys = keys;
    this.#around = {
      channels,
      sessions,
      pool,
      log,
      opened: (publisher) => this.#add(publisher),
      gone: (publisher) => this.#remove(publisher),
    };
  }

  onModuleInit(): void {
    this.#keys.events.on('revoked', this.#onRevoked);
    this.#around.channels.events.on('deleted', this.#onDeleted);
  }

  onModuleDestroy(): void {
    this.#keys.events.off('revoked', this.#onRevoked);
    this.#around.channels.events.off('deleted', this.#onDeleted);
  }

  /** A publisher for the channel of a key that was shown; `userAgent` is the header of its request. */
  create(key: VerifiedStreamKey, userAgent: string | undefined): Publisher {
    return new Publisher(key, userAgent, this.#around);
  }

  /** The publisher that counts: the one that connected last, else the one that came last. */
  newest(channel: string): Publisher | undefined {
    const publishers = this.#ofChannel.get(channel) ?? [];
    return publishers.findLast(({ isConnected }) => isConnected) ?? publishers.at(-1);
  }

  #end(isMeant: (publisher: Publisher) => boolean): void {
    this.#around.sessions.closeNotAllowed((owner) => owner instanceof Publisher && isMeant(owner));
  }

  #add(publisher: Publisher): void {
    this.#ofChannel.set(publisher.channel, [...(this.#ofChannel.get(publisher.channel) ?? []), publisher]);
  }

  #remove(publisher: Publisher): void {
    const others = (this.#ofChannel.get(publisher.channel) ?? []).filter((other) => other !== publisher);
    if (others.length > 0) this.#ofChannel.set(publisher.channel, others);
    else this.#ofChannel.delete(publisher.channel);
  }
}

import { Injectable } from '@nestjs/common';
import type { VerifiedStreamKey } from '@weir/auth';
import { ChannelRegistry } from '@weir/channels';
import { MediaPool } from '@weir/sfu';
import { SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { Publisher, type PublisherSurroundings } from './publisher.js';

/** Makes publishers, and knows which there are. */
@Injectable()
export class Publishers {
  readonly #around: PublisherSurroundings;
  readonly #ofChannel = new Map<string, Publisher[]>();

  constructor(channels: ChannelRegistry, sessions: SessionRegistry, pool: MediaPool, log: Log) {
    this.#around = {
      channels,
      sessions,
      pool,
      log,
      opened: (publisher) => this.#add(publisher),
      gone: (publisher) => this.#remove(publisher),
    };
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

  #add(publisher: Publisher): void {
    this.#ofChannel.set(publisher.channel, [...(this.#ofChannel.get(publisher.channel) ?? []), publisher]);
  }

  #remove(publisher: Publisher): void {
    const others = (this.#ofChannel.get(publisher.channel) ?? []).filter((other) => other !== publisher);
    if (others.length > 0) this.#ofChannel.set(publisher.channel, others);
    else this.#ofChannel.delete(publisher.channel);
  }
}

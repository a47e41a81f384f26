import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '@weir/channels';
import { MediaPool } from '@weir/sfu';
import { SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { Publisher, type PublisherSurroundings } from './publisher.js';

/** Makes publishers. */
@Injectable()
export class Publishers {
  readonly #around: PublisherSurroundings;

  constructor(channels: ChannelRegistry, sessions: SessionRegistry, pool: MediaPool, log: Log) {
    this.#around = { channels, sessions, pool, log };
  }

  /** A publisher for a channel whose key was shown. */
  create(channel: string): Publisher {
    return new Publisher(channel, this.#around);
  }
}

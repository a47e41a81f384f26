import { Injectable } from '@nestjs/common';
import { ChannelRegistry, type WatchLeave } from '@weir/channels';
import { Log } from '@weir/telemetry';
import { Subscriber, type SubscriberSurroundings } from './subscriber.js';
import { WatchedSource } from './watched-source.js';

/** Makes subscribers. */
@Injectable()
export class Subscribers {
  readonly #around: SubscriberSurroundings;

  constructor(channels: ChannelRegistry, source: WatchedSource, log: Log) {
    this.#around = { channels, source, log };
  }

  /** A subscriber of a channel, for somebody who may watch it. */
  create(leave: WatchLeave): Subscriber {
    return new Subscriber(leave, this.#around);
  }
}

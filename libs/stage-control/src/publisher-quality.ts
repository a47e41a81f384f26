import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ChannelRegistry, type Stream } from '@weir/channels';
import type { GuestQuality } from '@weir/contract';
import type { PublisherFigures } from '@weir/sfu';
import { QualityGauge } from './quality-gauge.js';

/** What is measured of one session of a publisher. */
interface Measured {
  readonly session: string;
  readonly gauge: QualityGauge;
}

/** How well the media of channels' own publishers come in, as those of guests are told. */
@Injectable()
export class PublisherQuality implements OnModuleInit, OnModuleDestroy {
  readonly #channels: ChannelRegistry;
  readonly #measured = new WeakMap<Stream, Measured>();
  readonly #onMeasured = (stream: Stream, figures: PublisherFigures): void => this.#gauge(stream)?.take(figures);

  constructor(channels: ChannelRegistry) {
    this.#channels = channels;
  }

  onModuleInit(): void {
    this.#channels.events.on('measured', this.#onMeasured);
  }

  onModuleDestroy(): void {
    this.#channels.events.off('measured', this.#onMeasured);
  }

  /** What is known of the publisher of a stream; null while nobody publishes or nothing is known. */
  of(stream: Stream | undefined): GuestQuality | null {
    if (stream === undefined) return null;
    return this.#gauge(stream)?.quality(stream.description) ?? null;
  }

  #gauge(stream: Stream): QualityGauge | undefined {
    const { publisher: session } = stream;
    if (session === undefined) return undefined;
    let measured = this.#measured.get(stream);
    if (measured?.session !== session) {
      measured = { session, gauge: new QualityGauge() };
      this.#measured.set(stream, measured);
    }
    return measured.gauge;
  }
}

import type { MediaKind, StreamDescription } from '@weir/rtp';
import type { Consumer } from './consumer.js';
import type { Layer } from './layer.js';
import type { Producer } from './producer.js';
import type { Publisher } from './publisher.js';
import type { Subscriber } from './subscriber.js';

/** Everything of one channel on a media worker: the publisher's producers and the consumers of all subscribers. */
export class Router {
  readonly channel: string;
  readonly subscribers = new Set<Subscriber>();
  /** The publisher on air. */
  publisher: Publisher | undefined;
  /** What the packets told last. */
  description: StreamDescription = {};

  readonly #consumers: Record<MediaKind, Consumer[]> = { audio: [], video: [] };
  readonly #described: (description: StreamDescription) => void;

  constructor(channel: string, described: (description: StreamDescription) => void) {
    this.channel = channel;
    this.#described = described;
  }

  /** True when nothing needs it any more. */
  get idle(): boolean {
    return this.publisher === undefined && this.subscribers.size === 0;
  }

  /** This machine's wall clock minus the publisher's, milliseconds. */
  get senderOffsetMs(): number {
    return this.publisher?.clockOffsetMs ?? 0;
  }

  /** A packet came: every consumer gets it. */
  forward(producer: Producer, layer: Layer, slot: number, nowMs: number): void {
    const consumers = this.#consumers[producer.track.kind];
    for (let i = 0; i < consumers.length; i++) {
      const consumer = consumers[i]!;
      if (consumer.layer !== layer && consumer.follow(layer, nowMs)) continue;
      consumer.write(layer, slot, nowMs);
    }
  }

  /** Puts a connected publisher on air; the one before is told that it was replaced. */
  takeOver(publisher: Publisher): void {
    const before = this.publisher;
    this.publisher = publisher;
    this.#tell();
    before?.transport.close('replaced');
  }

  /** The publisher is gone; its viewers wait for the next. */
  removePublisher(publisher: Publisher): void {
    if (this.publisher !== publisher) return;
    this.publisher = undefined;
    for (const kind of ['audio', 'video'] as const) {
      for (const consumer of this.#consumers[kind]) consumer.follow(undefined, performance.now());
    }
  }

  /** A connected subscriber gets what is on air. */
  addSubscriber(subscriber: Subscriber): void {
    this.subscribers.add(subscriber);
    const nowMs = performance.now();
    for (const consumer of subscriber.consumers) {
      this.#consumers[consumer.track.kind].push(consumer);
      const producer = this.publisher?.producers.find(({ track }) => track.kind === consumer.track.kind);
      consumer.follow(producer?.current, nowMs);
    }
  }

  /** A subscriber is gone. */
  removeSubscriber(subscriber: Subscriber): void {
    if (!this.subscribers.delete(subscriber)) return;
    for (const consumer of subscriber.consumers) {
      const consumers = this.#consumers[consumer.track.kind];
      const at = consumers.indexOf(consumer);
      if (at >= 0) consumers.splice(at, 1);
    }
  }

  /** All consumers go over to the producer's current layer. */
  followAll(producer: Producer, nowMs: number): void {
    for (const consumer of this.#consumers[producer.track.kind]) consumer.follow(producer.current, nowMs);
  }

  /** True while a consumer of this layer shows nothing. */
  anyWaiting(layer: Layer): boolean {
    return this.#consumers.video.some((consumer) => consumer.layer === layer && consumer.state === 'waiting');
  }

  /** Sends on replays, as their pace allows. */
  advance(nowMs: number): void {
    for (const consumer of this.#consumers.video) if (consumer.state === 'replaying') consumer.advance(nowMs);
  }

  /** Tells what is on air if that has changed. */
  describe(): void {
    const producers = this.publisher?.producers ?? [];
    let changed = false;
    for (const producer of producers) if (producer.takeChange()) changed = true;
    if (changed) this.#tell();
  }

  #tell(): void {
    const producers = this.publisher?.producers ?? [];
    const audio = producers.find(({ track }) => track.kind === 'audio')?.describe();
    const video = producers.find(({ track }) => track.kind === 'video')?.describe();
    this.description = { ...(audio && { audio }), ...(video && { video }) };
    this.#described(this.description);
  }
}

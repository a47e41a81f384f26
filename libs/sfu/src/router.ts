import type { MediaKind, StreamDescription } from '@weir/rtp';
import type { Consumer } from './consumer.js';
import type { Egress } from './egress.js';
import { FanOut } from './fan-out.js';
import type { Layer } from './layer.js';
import type { LayerView } from './layer-view.js';
import type { LinkMessage, StreamOffer } from './link-protocol.js';
import type { OnAir } from './on-air.js';
import type { Producer } from './producer.js';
import type { RemotePublisher } from './remote-publisher.js';
import type { RouterTap } from './router-tap.js';
import type { Subscriber } from './subscriber.js';
import type { WorkerClock } from './worker-clock.js';
import type { WorkerExchange } from './worker-exchange.js';
import type { WorkerLink } from './worker-link.js';

const KINDS: readonly MediaKind[] = ['audio', 'video'];

type Wish = Extract<LinkMessage, { readonly type: 'wish' }>;

/** Everything of one channel on a media worker: the publisher's producers, if it lives here, and the consumers of the subscribers here. */
export class Router {
  readonly channel: string;
  readonly subscribers = new Set<Subscriber>();
  /** Other workers with sessions of the channel. */
  readonly watchers = new Set<WorkerLink>();
  /** Layers that the watchers were told of last. */
  readonly offered = new Set<Layer>();
  /** The publisher on air, if it lives here. */
  publisher: OnAir | undefined;
  /** The publisher on air, if it lives on another worker. */
  remote: RemotePublisher | undefined;

  readonly #fanOuts: Readonly<Record<MediaKind, FanOut>>;
  readonly #taps: RouterTap[] = [];
  readonly #described: (description: StreamDescription) => void;
  readonly #exchange: WorkerExchange;
  #sinceMs = 0;
  #isSilent = false;

  constructor(
    channel: string,
    egress: Egress,
    exchange: WorkerExchange,
    described: (description: StreamDescription) => void,
  ) {
    this.channel = channel;
    this.#fanOuts = { audio: new FanOut('audio', egress), video: new FanOut('video', egress) };
    this.#exchange = exchange;
    this.#described = described;
  }

  /** True when nothing needs it any more. */
  get idle(): boolean {
    return this.publisher === undefined && this.subscribers.size === 0;
  }

  /** This machine's wall clock minus the publisher's, milliseconds. */
  get senderOffsetMs(): number {
    return (this.publisher ?? this.remote)?.clockOffsetMs ?? 0;
  }

  /** Nobody hears the publisher from now on, neither this one nor those that come; or everybody does again. */
  silence(isSilent: boolean): void {
    if (this.#isSilent === isSilent) return;
    this.#isSilent = isSilent;
    if (this.publisher === undefined) return;
    const layer = this.#layerOf('audio');
    for (const tap of this.#taps) tap.follow('audio', layer);
    this.#exchange.announce(this);
    this.follow('audio', layer, performance.now());
  }

  /** The publisher here stored a packet: every consumer gets it, here and on other workers. */
  publish(producer: Producer, layer: Layer, slot: number): void {
    const { kind } = producer.track;
    if (this.#isSilent && kind === 'audio') return;
    if (this.watchers.size > 0 && this.publisher?.currentOf(kind) === layer) this.#exchange.stored(this, layer);
    if (this.#taps.length > 0) this.#feedTaps(kind, layer, slot);
    this.forward(kind, layer, slot);
  }

  /** A packet came: every consumer here gets it at the end of this turn of the event loop. */
  forward(kind: MediaKind, layer: LayerView, slot: number): void {
    this.#fanOuts[kind].push(layer, slot);
  }

  /** Puts a connected publisher on air; the one before is told that it was replaced. */
  takeOver(publisher: OnAir): void {
    const before = this.publisher;
    this.publisher = publisher;
    this.remote = undefined;
    this.#sinceMs = this.#exchange.clock.originMs + performance.now();
    for (const tap of this.#taps) tap.onAir(this.#sinceMs);
    this.#exchange.tookOver(this);
    this.#tell();
    before?.close('replaced');
  }

  /** A publisher is on air on another worker; false when a later one is already. One that was on air here is told that it was replaced. */
  takeOverFrom(remote: RemotePublisher): boolean {
    const before = this.publisher;
    if (before !== undefined && remote.sinceMs < this.#sinceMs) return false;
    if (this.remote !== undefined && remote.sinceMs < this.remote.sinceMs) return false;
    this.publisher = undefined;
    this.remote = remote;
    for (const tap of this.#taps) tap.leave();
    before?.close('replaced');
    return true;
  }

  /** The publisher is gone; its viewers wait for the next. */
  removePublisher(publisher: OnAir): void {
    if (this.publisher !== publisher) return;
    this.publisher = undefined;
    for (const tap of this.#taps) tap.gone();
    this.#exchange.ended(this, this.#sinceMs);
    for (const kind of KINDS) this.follow(kind, undefined, performance.now());
  }

  /** The publisher on another worker is gone; its viewers here wait for the next. */
  removeRemote(remote: RemotePublisher): void {
    if (this.remote !== remote) return;
    this.remote = undefined;
    for (const kind of KINDS) this.follow(kind, undefined, performance.now());
  }

  /** A connected subscriber gets what is on air. */
  addSubscriber(subscriber: Subscriber): void {
    this.subscribers.add(subscriber);
    for (const consumer of subscriber.consumers) {
      if (!subscriber.isDeaf || consumer.track.kind !== 'audio') this.#addConsumer(consumer);
    }
  }

  /** A subscriber here gets no sound from now on, or gets it again. */
  hearingChanged(subscriber: Subscriber): void {
    if (!this.subscribers.has(subscriber)) return;
    for (const consumer of subscriber.consumers) {
      if (consumer.track.kind !== 'audio') continue;
      if (!subscriber.isDeaf) this.#addConsumer(consumer);
      else {
        this.#removeConsumer(consumer);
        consumer.follow(undefined, performance.now());
      }
    }
  }

  /** A subscriber is gone. */
  removeSubscriber(subscriber: Subscriber): void {
    if (!this.subscribers.delete(subscriber)) return;
    for (const consumer of subscriber.consumers) this.#removeConsumer(consumer);
  }

  /** A tap gets what the publisher here sends, now and later. */
  addTap(tap: RouterTap): void {
    this.#taps.push(tap);
    if (this.publisher === undefined) return;
    tap.onAir(this.#sinceMs);
    for (const kind of KINDS) tap.follow(kind, this.#layerOf(kind));
  }

  /** A tap is closed. */
  removeTap(tap: RouterTap): void {
    this.#taps.splice(this.#taps.indexOf(tap), 1);
  }

  /** All consumers and taps go over to the producer's current layer. */
  followAll(producer: Producer, nowMs: number): void {
    const { kind } = producer.track;
    const layer = this.#layerOf(kind);
    for (const tap of this.#taps) tap.follow(kind, layer);
    this.#exchange.announce(this);
    this.follow(kind, layer, nowMs);
  }

  /** All consumers here go over to a layer. */
  follow(kind: MediaKind, layer: LayerView | undefined, nowMs: number): void {
    const fanOut = this.#fanOuts[kind];
    fanOut.settle(nowMs);
    if (layer !== undefined) layer.givenSequence = layer.headSequence;
    for (const consumer of fanOut.consumers) consumer.follow(layer, nowMs);
  }

  /** True while a consumer of this layer here shows nothing. */
  anyWaiting(layer: LayerView): boolean {
    return this.#fanOuts.video.consumers.some((consumer) => consumer.layer === layer && consumer.state === 'waiting');
  }

  /** True while a consumer of this layer shows nothing, here or on another worker, or a tap waits for a key frame. */
  isAwaited(layer: Layer): boolean {
    if (this.anyWaiting(layer)) return true;
    for (const tap of this.#taps) if (tap.awaits(layer)) return true;
    for (const link of layer.waitingAt) if (this.watchers.has(link)) return true;
    return false;
  }

  /** Another worker says what its viewers need. */
  takeWish(link: WorkerLink, { source, want, waiting }: Wish): void {
    for (const producer of this.publisher?.producers ?? []) {
      const layer = producer.layers.find((candidate) => candidate.source === source);
      if (layer === undefined) continue;
      if (waiting) layer.waitingAt.add(link);
      else layer.waitingAt.delete(link);
      if (want) layer.wantKeyFrame();
    }
  }

  /** Tells what is on air if that has changed. */
  describe(): void {
    const producers = this.publisher?.producers ?? [];
    let changed = false;
    for (const producer of producers) if (producer.takeChange()) changed = true;
    if (changed) this.#tell();
  }

  /** The publisher here has more to say of its clock. */
  noteClock(): void {
    this.#exchange.announce(this);
  }

  /** A sender report of one of the publisher's layers came. */
  noteReport(layer: Layer): void {
    for (const kind of KINDS) {
      if (this.#layerOf(kind) !== layer) continue;
      for (const tap of this.#taps) tap.tellClock(kind);
    }
  }

  /** What is on air here, for other workers; undefined when nothing is. */
  offer(clock: WorkerClock): StreamOffer | undefined {
    if (this.publisher === undefined) return undefined;
    this.offered.clear();
    const [audio, video] = KINDS.map((kind) => this.#layerOf(kind));
    for (const layer of [audio, video]) if (layer !== undefined) this.offered.add(layer);
    return {
      sinceMs: this.#sinceMs,
      clockOffsetMs: this.publisher.clockOffsetMs,
      clock,
      ...(audio && { audio: audio.offer() }),
      ...(video && { video: video.offer() }),
    };
  }

  #addConsumer(consumer: Consumer): void {
    const { kind } = consumer.track;
    this.#fanOuts[kind].consumers.push(consumer);
    consumer.follow(this.#current(kind), performance.now());
  }

  #removeConsumer(consumer: Consumer): void {
    const { consumers } = this.#fanOuts[consumer.track.kind];
    const at = consumers.indexOf(consumer);
    if (at >= 0) consumers.splice(at, 1);
  }

  #feedTaps(kind: MediaKind, layer: Layer, slot: number): void {
    if (this.publisher?.currentOf(kind) !== layer) return;
    for (let i = 0; i < this.#taps.length; i++) this.#taps[i]!.push(kind, layer, slot);
  }

  #current(kind: MediaKind): LayerView | undefined {
    return this.publisher === undefined ? this.remote?.current[kind] : this.#layerOf(kind);
  }

  #layerOf(kind: MediaKind): Layer | undefined {
    return this.#isSilent && kind === 'audio' ? undefined : this.publisher?.currentOf(kind);
  }

  #tell(): void {
    this.#exchange.announce(this);
    const producers = this.publisher?.producers ?? [];
    const audio = producers.find(({ track }) => track.kind === 'audio')?.describe();
    const video = producers.find(({ track }) => track.kind === 'video')?.describe();
    this.#described({ ...(audio && { audio }), ...(video && { video }) });
  }
}

import { type MediaKind, ntpFraction, ntpSeconds, type PublishedTrack } from '@weir/rtp';
import type { FedPacket } from './feed.js';
import type { Layer } from './layer.js';
import type { OnAir } from './on-air.js';
import { Producer } from './producer.js';
import type { Router } from './router.js';
import type { WorkerContext } from './worker-context.js';

/** A feed on a media worker: what this machine makes itself, on air in a router. */
export class FedPublisher implements OnAir {
  readonly router: Router;
  readonly producers: readonly Producer[];
  clockOffsetMs: number | undefined;

  readonly #context: WorkerContext;
  readonly #gone: () => void;
  readonly #nextSequence: Record<MediaKind, number> = { audio: 0, video: 0 };
  #isClosed = false;

  /** On air at once; `gone` is told once, when it is closed or replaced. */
  constructor(tracks: readonly PublishedTrack[], router: Router, context: WorkerContext, gone: () => void) {
    this.router = router;
    this.producers = tracks.map((track) => new Producer(track));
    this.#context = context;
    this.#gone = gone;
    router.takeOver(this);
  }

  currentOf(kind: MediaKind): Layer | undefined {
    return this.#producerOf(kind)?.current;
  }

  /** Stores packets and sends them to all subscribers. */
  push(kind: MediaKind, packets: readonly FedPacket[], nowMs: number): void {
    const producer = this.#producerOf(kind);
    const layer = producer && layerOf(producer);
    if (producer === undefined || layer === undefined) return;
    for (const packet of packets) {
      const slot = layer.take(packet, this.#nextSequence[kind]++ & 0xffff, nowMs);
      if (slot >= 0 && producer.current === layer) this.router.publish(producer, layer, slot);
    }
  }

  /** Takes the time of an RTP timestamp, Unix milliseconds. */
  clock(kind: MediaKind, timestamp: number, atMs: number, nowMs: number): void {
    const producer = this.#producerOf(kind);
    const layer = producer && layerOf(producer);
    if (layer?.reportClock(ntpSeconds(atMs), ntpFraction(atMs), timestamp, nowMs) !== true) return;
    this.router.noteReport(layer);
    if (this.clockOffsetMs !== undefined) return;
    this.clockOffsetMs = this.#context.wallClockMs + nowMs - Date.now();
    this.router.noteClock();
  }

  /** Updates what is measured, and tells what is on air; call every 20 ms. */
  tick(nowMs: number): void {
    for (const producer of this.producers) if (producer.tick(nowMs)) this.router.followAll(producer, nowMs);
    this.router.describe();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.router.removePublisher(this);
    this.#gone();
  }

  #producerOf(kind: MediaKind): Producer | undefined {
    return this.producers.find(({ track }) => track.kind === kind);
  }
}

function layerOf(producer: Producer): Layer | undefined {
  return producer.layers[0] ?? producer.addLayer(0, '', producer.track.codecs[0]!);
}

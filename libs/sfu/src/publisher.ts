import { randomBytes } from 'node:crypto';
import { PublishLimit, PublishRate } from '@weir/forwarding';
import { type MediaKind, readRtcp, type RtcpVisitor, RtpView, unixMsFromNtp } from '@weir/rtp';
import type { Layer } from './layer.js';
import type { PublisherFigures } from './layer-gauge.js';
import type { OnAir } from './on-air.js';
import { NO_LEVEL } from './packet-ring.js';
import { Producer } from './producer.js';
import type { Router } from './router.js';
import type { CloseReason, PublisherOptions } from './session.js';
import { type Source, SourceTable } from './source-table.js';
import { Transport } from './transport.js';
import type { WorkerContext } from './worker-context.js';

const REPORT_MS = 1000;
const ROUND_TRIP_MS = 70;
const view = new RtpView();
const missing: number[] = [];

/** One WHIP session on a media worker. */
export class Publisher implements RtcpVisitor, OnAir {
  readonly transport: Transport;
  readonly router: Router;
  readonly producers: readonly Producer[];
  /** This machine's wall clock minus the publisher's, milliseconds; set by its first sender report. */
  clockOffsetMs: number | undefined;

  readonly #context: WorkerContext;
  readonly #ssrc = randomBytes(4).readUInt32BE();
  readonly #cname = `weir-${randomBytes(6).toString('hex')}`;
  readonly #sources: SourceTable;
  readonly #rate: PublishRate;
  readonly #limit: PublishLimit;
  readonly #measured: (figures: PublisherFigures) => void;
  #nowMs = 0;
  #nextReportMs = 0;
  #measuredMs = 0;
  #fullIntraSequence = 0;
  #lostBefore = 0;
  #receivedBefore = 0;

  constructor(
    options: PublisherOptions,
    number: number,
    router: Router,
    context: WorkerContext,
    events: {
      connected(id: string): void;
      measured(id: string, figures: PublisherFigures): void;
      closed(publisher: Publisher, reason: CloseReason): void;
    },
  ) {
    this.#context = context;
    this.#measured = (figures) => events.measured(options.id, figures);
    this.router = router;
    this.#rate = new PublishRate(context.options.publishMaxBps);
    this.#limit = new PublishLimit(context.options.publishMaxBps);
    this.producers = options.tracks.map((track) => new Producer(track));
    this.#sources = new SourceTable(this.producers);
    this.transport = new Transport(
      options,
      number,
      context,
      {
        connected: () => {
          router.takeOver(this);
          events.connected(options.id);
        },
        rtp: (packet, length, nowMs) => this.#receive(packet, length, nowMs),
        rtcp: (packet, length, nowMs) => {
          this.#nowMs = nowMs;
          readRtcp(packet, length, this);
        },
        leaving: (reason) => this.#sayGoodbye(reason),
        closed: (reason) => {
          router.removePublisher(this);
          events.closed(this, reason);
        },
      },
      performance.now(),
    );
  }

  currentOf(kind: MediaKind): Layer | undefined {
    for (const producer of this.producers) if (producer.track.kind === kind) return producer.current;
    return undefined;
  }

  close(reason: CloseReason): void {
    this.transport.close(reason);
  }

  /** Sends requests and reports that are due. */
  tick(nowMs: number): void {
    if (this.transport.state !== 'connected') return;
    const verdict = this.#limit.check(nowMs);
    if (verdict === 'cut') {
      this.transport.close('above-limit');
      return;
    }
    const reportDue = nowMs >= this.#nextReportMs || verdict === 'tell';
    if (reportDue) this.#nextReportMs = nowMs + REPORT_MS;
    for (const producer of this.producers) {
      for (const layer of producer.layers) this.#feedBack(producer, layer, nowMs);
      if (producer.tick(nowMs)) this.router.followAll(producer, nowMs);
    }
    if (reportDue) this.#report(nowMs);
    if (nowMs - this.#measuredMs >= REPORT_MS) this.#measure(nowMs);
    this.router.describe();
  }

  senderReport(ssrc: number, ntpSeconds: number, ntpFraction: number, rtpTimestamp: number): void {
    const layer = this.#sources.layerOf(ssrc);
    if (layer === undefined) return;
    if (!layer.reportClock(ntpSeconds, ntpFraction, rtpTimestamp, this.#nowMs)) return;
    this.router.noteReport(layer);
    if (this.clockOffsetMs !== undefined) return;
    this.clockOffsetMs = this.#context.wallClockMs + this.#nowMs - unixMsFromNtp(ntpSeconds, ntpFraction);
    this.router.noteClock();
  }

  bye(ssrc: number): void {
    const layer = this.#sources.layerOf(ssrc);
    for (const producer of this.producers) {
      if (layer !== undefined && producer.removeLayer(layer)) this.router.followAll(producer, this.#nowMs);
    }
  }

  #receive(packet: Buffer, length: number, nowMs: number): void {
    this.#limit.receive(length);
    if (!view.read(packet, length)) return;
    const source = this.#sources.find(packet, view);
    if (source === undefined) return;
    this.#context.counters.packetsReceived++;
    this.#context.counters.bytesReceived += length;
    const { layer, producer } = source;
    const slot = this.#store(source, packet, nowMs);
    if (slot < 0 || producer.current !== layer) return;
    const { audioLevel } = producer.track.extensions;
    if (audioLevel !== undefined) layer.ring.levels[slot] = levelOf(packet, audioLevel);
    this.router.publish(producer, layer, slot);
  }

  #store({ layer, isRtx }: Source, packet: Buffer, nowMs: number): number {
    return isRtx ? layer.receiveRetransmission(packet, view, nowMs) : layer.receive(packet, view, nowMs);
  }

  #feedBack(producer: Producer, layer: Layer, nowMs: number): void {
    const { rtcp, counters } = this.#context;
    if (layer.codec.nack) {
      const count = layer.nacks.due(nowMs, ROUND_TRIP_MS, missing);
      if (count > 0) {
        this.#startCompound();
        rtcp.nack(this.#ssrc, layer.ssrc, missing, count);
        this.transport.sendRtcp(rtcp.bytes());
        counters.nacksSent++;
      }
    }
    if (layer.nacks.overflowed) {
      layer.nacks.overflowed = false;
      layer.throttle.want();
    }
    if (producer.track.kind === 'audio') return;
    if (!layer.throttle.due(nowMs, ROUND_TRIP_MS, this.router.isAwaited(layer))) return;
    this.#startCompound();
    if (layer.codec.pli) rtcp.pictureLoss(this.#ssrc, layer.ssrc);
    else if (layer.codec.fir) rtcp.fullIntraRequest(this.#ssrc, layer.ssrc, this.#fullIntraSequence++ & 0xff);
    else return;
    this.transport.sendRtcp(rtcp.bytes());
    counters.keyFrameRequestsSent++;
  }

  #report(nowMs: number): void {
    const { rtcp } = this.#context;
    const layers = this.producers.flatMap((producer) => producer.layers);
    if (layers.length === 0) return;
    this.#observe(layers);
    rtcp.reset();
    rtcp.receiverReport(
      this.#ssrc,
      layers.map((layer) => layer.stats.reportBlock(layer.ssrc, nowMs)),
    );
    rtcp.sourceDescription(this.#ssrc, this.#cname);
    const limited = layers.filter((layer) => layer.codec.remb);
    if (limited.length > 0)
      rtcp.remb(
        this.#ssrc,
        this.#rate.bps,
        limited.map((layer) => layer.ssrc),
      );
    this.transport.sendRtcp(rtcp.bytes());
  }

  #measure(nowMs: number): void {
    const elapsedMs = this.#measuredMs === 0 ? REPORT_MS : nowMs - this.#measuredMs;
    this.#measuredMs = nowMs;
    const [audio, video] = (['audio', 'video'] as const).map((kind) =>
      this.producers.find(({ track }) => track.kind === kind)?.measure(),
    );
    const limitBps = this.#context.options.publishMaxBps;
    this.#measured({ elapsedMs, limitBps, ...(audio && { audio }), ...(video && { video }) });
  }

  #observe(layers: readonly Layer[]): void {
    let lost = 0;
    let received = 0;
    let bps = 0;
    for (const layer of layers) {
      lost += layer.stats.lost;
      received += layer.stats.received;
      bps += layer.bitrateBps;
    }
    const newLost = Math.max(0, lost - this.#lostBefore);
    const newReceived = Math.max(0, received - this.#receivedBefore);
    this.#lostBefore = lost;
    this.#receivedBefore = received;
    this.#rate.observe(newLost + newReceived === 0 ? 0 : newLost / (newLost + newReceived), bps);
  }

  #sayGoodbye(reason: CloseReason): void {
    if (reason !== 'above-limit') return;
    this.#startCompound();
    const { rtcp, options } = this.#context;
    rtcp.bye(this.#ssrc, `above the limit of ${options.publishMaxBps} bit/s`);
    this.transport.sendRtcp(rtcp.bytes());
  }

  #startCompound(): void {
    this.#context.rtcp.reset();
    // RFC 3550 6.1: a compound packet begins with a report and names its sender.
    this.#context.rtcp.receiverReport(this.#ssrc, []);
    this.#context.rtcp.sourceDescription(this.#ssrc, this.#cname);
  }
}

// RFC 6464 3: one bit of voice activity, then the level.
function levelOf(packet: Buffer, extension: number): number {
  if (view.extensionLength(extension) < 1) return NO_LEVEL;
  return packet[view.extension(extension)]! & 0x7f;
}

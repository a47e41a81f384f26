import { RequestLimit } from '@weir/forwarding';
import { compactNtpFromUnix, readRtcp, type ReportBlock, roundTripMs, type RtcpVisitor } from '@weir/rtp';
import { Consumer } from './consumer.js';
import type { Router } from './router.js';
import type { CloseReason, SubscriberOptions } from './session.js';
import { Transport } from './transport.js';
import type { WorkerContext } from './worker-context.js';

const PICTURE_LOSSES = 5;
const PICTURE_LOSS_WINDOW_MS = 10_000;

/** One WHEP session on a media worker. */
export class Subscriber implements RtcpVisitor {
  readonly transport: Transport;
  readonly router: Router;
  /** Made when the session is connected. */
  consumers: readonly Consumer[] = [];

  readonly #options: SubscriberOptions;
  readonly #context: WorkerContext;
  readonly #pictureLosses = new RequestLimit(PICTURE_LOSSES, PICTURE_LOSS_WINDOW_MS);
  #isDeaf = false;
  #nowMs = 0;
  #reference: { ssrc: number; compact: number; atMs: number } | undefined;

  constructor(
    options: SubscriberOptions,
    number: number,
    router: Router,
    context: WorkerContext,
    events: { connected(id: string): void; closed(subscriber: Subscriber, reason: CloseReason): void },
  ) {
    this.#options = options;
    this.#context = context;
    this.router = router;
    this.transport = new Transport(
      options,
      number,
      context,
      {
        connected: () => {
          this.#connect();
          events.connected(options.id);
        },
        rtp: () => undefined,
        rtcp: (packet, length, nowMs) => {
          this.#nowMs = nowMs;
          readRtcp(packet, length, this);
        },
        leaving: () => this.#sayGoodbye(),
        closed: (reason) => {
          router.removeSubscriber(this);
          events.closed(this, reason);
        },
      },
      performance.now(),
    );
  }

  /** Whether it gets no sound. */
  get isDeaf(): boolean {
    return this.#isDeaf;
  }

  /** Gets no sound from now on, or gets it again. */
  deafen(isDeaf: boolean): void {
    if (this.#isDeaf === isDeaf) return;
    this.#isDeaf = isDeaf;
    this.router.hearingChanged(this);
  }

  /** Sends reports that are due. */
  tick(nowMs: number): void {
    if (this.transport.state !== 'connected') return;
    for (const consumer of this.consumers) {
      consumer.tick(nowMs);
      if (!consumer.report(nowMs, this.router.senderOffsetMs)) continue;
      this.#answerReference(consumer.track.ssrc, nowMs);
      this.transport.sendRtcp(this.#context.rtcp.bytes());
    }
  }

  reportBlock(_reporterSsrc: number, block: Readonly<ReportBlock>): void {
    const consumer = this.#find(block.ssrc);
    if (consumer === undefined) return;
    const now = compactNtpFromUnix(this.#context.wallClockMs + this.#nowMs);
    const roundTrip = roundTripMs(now, block.lastSenderReport, block.delaySinceLastSenderReport);
    if (roundTrip >= 0 && roundTrip < 5000) consumer.roundTripMs = roundTrip;
  }

  nack(_senderSsrc: number, mediaSsrc: number, packetId: number, bitmask: number): void {
    const consumer = this.#find(mediaSsrc);
    if (consumer === undefined) return;
    this.#context.counters.nacksReceived++;
    this.#context.counters.retransmissions += consumer.retransmit(packetId, bitmask, this.#nowMs);
  }

  pictureLoss(_senderSsrc: number, mediaSsrc: number): void {
    this.#context.counters.keyFrameRequestsReceived++;
    if (this.#pictureLosses.allow(this.#nowMs)) this.#find(mediaSsrc)?.pictureLost(this.#nowMs);
  }

  fullIntraRequest(senderSsrc: number, mediaSsrc: number): void {
    this.pictureLoss(senderSsrc, mediaSsrc);
  }

  receiverReferenceTime(ssrc: number, ntpSeconds: number, ntpFraction: number): void {
    const compact = (((ntpSeconds & 0xffff) << 16) | (ntpFraction >>> 16)) >>> 0;
    this.#reference = { ssrc, compact, atMs: this.#nowMs };
  }

  #connect(): void {
    this.consumers = this.#options.tracks.map((track) => new Consumer(track, this.transport.path, this.#context));
    this.router.addSubscriber(this);
  }

  #sayGoodbye(): void {
    const { rtcp } = this.#context;
    const [first] = this.consumers;
    if (first === undefined) return;
    rtcp.reset();
    // RFC 3550 6.1: a compound packet begins with a report and names its sender.
    rtcp.receiverReport(first.track.ssrc, []);
    rtcp.sourceDescription(first.track.ssrc, first.track.cname);
    for (const { track } of this.consumers) rtcp.bye(track.ssrc);
    this.transport.sendRtcp(rtcp.bytes());
  }

  #answerReference(ssrc: number, nowMs: number): void {
    if (this.#reference === undefined) return;
    const { ssrc: forSsrc, compact, atMs } = this.#reference;
    this.#reference = undefined;
    this.#context.rtcp.delaySinceLastReceiverReport(ssrc, forSsrc, compact, Math.round((nowMs - atMs) * 65.536));
  }

  #find(ssrc: number): Consumer | undefined {
    for (const consumer of this.consumers) if (consumer.track.ssrc === ssrc) return consumer;
    return undefined;
  }
}

import type { VerifiedStreamKey } from '@weir/auth';
import type { ChannelRegistry } from '@weir/channels';
import type { CloseReason, MediaPool, PublisherFigures } from '@weir/sfu';
import { logEnd, type Negotiation, type SessionOwner, type SessionRegistry } from '@weir/signalling';
import type { Log } from '@weir/telemetry';
import { type AnswerTransport, answerPublisher, type Offer } from '@weir/whip';
import { type IngestFacts, IngestGauge } from './ingest-gauge.js';
import { type PublishingSoftware, publishingSoftware } from './publishing-software.js';

/** What a publisher acts upon. */
export interface PublisherSurroundings {
  readonly channels: ChannelRegistry;
  readonly sessions: SessionRegistry;
  readonly pool: MediaPool;
  readonly log: Log;
  /** A session of this publisher begins. */
  readonly opened: (publisher: Publisher) => void;
  /** It is over. */
  readonly gone: (publisher: Publisher) => void;
}

/** One WHIP session of a channel. */
export class Publisher implements SessionOwner {
  readonly use = 'publish';
  readonly channel: string;
  readonly software: PublishingSoftware;
  /** What was shown. */
  readonly key: VerifiedStreamKey;
  readonly #around: PublisherSurroundings;
  readonly #gauge = new IngestGauge();
  #session: string | undefined;
  #connectedAtMs: number | undefined;

  /** `userAgent` is the header of the request that brings the offer. */
  constructor(key: VerifiedStreamKey, userAgent: string | undefined, around: PublisherSurroundings) {
    this.channel = key.channel;
    this.key = key;
    this.software = publishingSoftware(userAgent);
    this.#around = around;
  }

  /** True once ICE and DTLS are done. */
  get isConnected(): boolean {
    return this.#connectedAtMs !== undefined;
  }

  /** What was measured; undefined before the first second is over. */
  get facts(): IngestFacts | undefined {
    return this.#gauge.facts();
  }

  negotiate(offer: Offer, transport: AnswerTransport): Negotiation {
    const { sdp, bundle, dtlsRole, tracks } = answerPublisher(offer, transport);
    this.#around.opened(this);
    return {
      sdp,
      bundle,
      dtlsRole,
      join: (place, options) => place.publish({ ...options, tracks }),
    };
  }

  connected(session: string): void {
    this.#session = session;
    this.#connectedAtMs = Date.now();
    this.#around.log.info('publisher connected', { channel: this.channel, session });
    this.#around.channels.publisherConnected(this.channel, session);
  }

  measured(figures: PublisherFigures): void {
    this.#gauge.take(figures);
    if (this.#session !== undefined) this.#around.channels.publisherMeasured(this.channel, this.#session, figures);
  }

  closed(session: string, reason: CloseReason, asked: boolean): void {
    const { channels, sessions, pool, log } = this.#around;
    this.#around.gone(this);
    logEnd(log, 'publisher', { channel: this.channel, session, reason, connectedAtMs: this.#connectedAtMs });
    channels.publisherLeft(this.channel, session, asked);
    const unused = channels.stream(this.channel) === undefined && !sessions.has(this.channel, 'publish');
    if (unused && reason !== 'shutdown') pool.endStream(this.channel);
  }
}

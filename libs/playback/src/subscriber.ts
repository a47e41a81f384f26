import type { ChannelRegistry, Stream, WatchLeave } from '@weir/channels';
import type { ProgramNeed } from '@weir/programs';
import type { CloseReason } from '@weir/sfu';
import { logEnd, type Negotiation, type SessionOwner, subscriberIds } from '@weir/signalling';
import type { Log } from '@weir/telemetry';
import { type AnswerTransport, answerSubscriber, type Offer } from '@weir/whip';
import type { WatchedSource } from './watched-source.js';

/** What a subscriber acts upon. */
export interface SubscriberSurroundings {
  readonly channels: ChannelRegistry;
  readonly source: WatchedSource;
  readonly log: Log;
}

/** One WHEP session of a channel. */
export class Subscriber implements SessionOwner {
  readonly use = 'play';
  /** The router that it subscribes to. */
  readonly channel: string;
  /** Why the viewer may watch. */
  readonly leave: WatchLeave;
  readonly #around: SubscriberSurroundings;
  #stream: Stream | undefined;
  #need: ProgramNeed | undefined;
  #connectedAtMs: number | undefined;

  constructor(leave: WatchLeave, around: SubscriberSurroundings) {
    this.channel = around.source.routerOf(leave.channel);
    this.leave = leave;
    this.#around = around;
  }

  negotiate(offer: Offer, transport: AnswerTransport): Negotiation {
    const { channels, source } = this.#around;
    const { channel } = this.leave;
    this.#stream = channels.liveStream(channel);
    const description = source.describe(channel, this.channel);
    const { sdp, bundle, dtlsRole, tracks } = answerSubscriber(offer, description, transport, subscriberIds());
    this.#need = source.need(channel, this.channel);
    return {
      sdp,
      bundle,
      dtlsRole,
      join: (place, options) => place.subscribe({ ...options, tracks }),
    };
  }

  connected(session: string): void {
    this.#connectedAtMs = Date.now();
    this.#around.log.info('subscriber connected', { channel: this.channel, session });
    this.#stream?.viewerJoined(session);
  }

  closed(session: string, reason: CloseReason): void {
    const end = { channel: this.channel, session, reason, connectedAtMs: this.#connectedAtMs };
    logEnd(this.#around.log, 'subscriber', end);
    this.#need?.release();
    this.#stream?.viewerLeft(session);
  }
}

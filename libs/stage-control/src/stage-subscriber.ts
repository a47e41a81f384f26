import { NotAllowed } from '@weir/auth';
import type { CloseReason } from '@weir/sfu';
import { logEnd, type Negotiation, type SessionOwner, subscriberIds } from '@weir/signalling';
import type { Log } from '@weir/telemetry';
import { type AnswerTransport, answerSubscriber, type Offer } from '@weir/whip';
import type { StageSource } from './stage-sources.js';

/** What is watched on a stage. */
export interface StageSubscription {
  /** Its channel. */
  readonly stage: string;
  /** Whether who watches still may. */
  readonly holds: () => boolean;
  readonly source: StageSource;
}

/** One WHEP session on a stage: a guest, a screen, the publisher or the program. */
export class StageSubscriber implements SessionOwner {
  readonly use = 'play';
  /** Name of the router. */
  readonly channel: string;
  readonly subscription: StageSubscription;
  readonly #log: Log;
  #connectedAtMs: number | undefined;

  constructor(subscription: StageSubscription, log: Log) {
    this.channel = subscription.source.router;
    this.subscription = subscription;
    this.#log = log;
  }

  negotiate(offer: Offer, transport: AnswerTransport): Negotiation {
    if (!this.subscription.holds()) throw new NotAllowed('You are not on the stage any more.');
    const { audio, video } = this.subscription.source.describe();
    // A publisher of whom only one track came yet may send the other in a moment.
    const description = audio !== undefined && video !== undefined ? { audio, video } : {};
    const { sdp, bundle, dtlsRole, tracks } = answerSubscriber(offer, description, transport, subscriberIds());
    return { sdp, bundle, dtlsRole, join: (place, options) => place.subscribe({ ...options, tracks }) };
  }

  connected(): void {
    this.#connectedAtMs = Date.now();
  }

  closed(session: string, reason: CloseReason): void {
    logEnd(this.#log, 'subscriber', { channel: this.channel, session, reason, connectedAtMs: this.#connectedAtMs });
    this.subscription.source.release();
  }
}

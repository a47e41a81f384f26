import { NotAllowed } from '@weir/auth';
import type { CloseReason, MediaSession } from '@weir/sfu';
import { logEnd, type Negotiation, type SessionOwner, subscriberIds } from '@weir/signalling';
import type { Log } from '@weir/telemetry';
import { type AnswerTransport, answerSubscriber, type Offer } from '@weir/whip';
import type { StageVisitor } from './stage-access.js';
import type { StageSource } from './stage-sources.js';

/** What is watched on a stage. */
export interface StageSubscription {
  /** Its channel. */
  readonly stage: string;
  readonly visitor: StageVisitor;
  /** Whether who watches still may. */
  readonly holds: () => boolean;
  readonly source: StageSource;
}

/** What a subscriber of a stage acts upon. */
export interface StageSubscriberSurroundings {
  readonly log: Log;
  /** A session of this subscriber begins. */
  readonly opened: (subscriber: StageSubscriber) => void;
  /** It is over. */
  readonly gone: (subscriber: StageSubscriber) => void;
}

/** One WHEP session on a stage: a guest, a screen, the publisher or the program. */
export class StageSubscriber implements SessionOwner {
  readonly use = 'play';
  /** Name of the router. */
  readonly channel: string;
  readonly subscription: StageSubscription;
  readonly #around: StageSubscriberSurroundings;
  #media: MediaSession | undefined;
  #isDeaf = false;
  #connectedAtMs: number | undefined;

  constructor(subscription: StageSubscription, around: StageSubscriberSurroundings) {
    this.channel = subscription.source.router;
    this.subscription = subscription;
    this.#around = around;
  }

  negotiate(offer: Offer, transport: AnswerTransport): Negotiation {
    if (!this.subscription.holds()) throw new NotAllowed('You are not on the stage any more.');
    const { audio, video } = this.subscription.source.describe();
    // A publisher of whom only one track came yet may send the other in a moment.
    const description = audio !== undefined && video !== undefined ? { audio, video } : {};
    const { sdp, bundle, dtlsRole, tracks } = answerSubscriber(offer, description, transport, subscriberIds());
    return {
      sdp,
      bundle,
      dtlsRole,
      join: (place, options) => {
        this.#media = place.subscribe({ ...options, tracks });
        this.listen();
        this.#around.opened(this);
        return this.#media;
      },
    };
  }

  /** Hears what is watched, or nothing while that is silent on the stage. */
  listen(): void {
    const isDeaf = this.subscription.source.isSilent();
    if (this.#media === undefined || isDeaf === this.#isDeaf) return;
    this.#isDeaf = isDeaf;
    this.#media.deafen(isDeaf);
  }

  connected(): void {
    this.#connectedAtMs = Date.now();
  }

  closed(session: string, reason: CloseReason): void {
    const end = { channel: this.channel, session, reason, connectedAtMs: this.#connectedAtMs };
    logEnd(this.#around.log, 'subscriber', end);
    this.#around.gone(this);
    this.subscription.source.release();
  }
}

import { NotAllowed } from '@weir/auth';
import type { CloseReason, PublisherFigures } from '@weir/sfu';
import { logEnd, type Negotiation, type SessionOwner } from '@weir/signalling';
import type { Log } from '@weir/telemetry';
import { type AnswerTransport, answerPublisher, type Offer } from '@weir/whip';
import type { Guest, GuestSource } from './guest.js';

/** What a publisher of a stage acts upon. */
export interface StagePublisherSurroundings {
  readonly log: Log;
  /** Its media are on their way to the router. */
  readonly opened: (publisher: StagePublisher) => void;
  readonly connected: (publisher: StagePublisher, session: string) => void;
  /** It is over; `asked` when the guest asked for it. */
  readonly gone: (publisher: StagePublisher, session: string, asked: boolean) => void;
}

/** One WHIP session of a guest: his camera and microphone, or his screen. */
export class StagePublisher implements SessionOwner {
  readonly use = 'publish';
  /** Name of the router. */
  readonly channel: string;
  readonly guest: Guest;
  readonly source: GuestSource;
  readonly #around: StagePublisherSurroundings;
  #connectedAtMs: number | undefined;

  constructor(guest: Guest, source: GuestSource, router: string, around: StagePublisherSurroundings) {
    this.guest = guest;
    this.source = source;
    this.channel = router;
    this.#around = around;
  }

  negotiate(offer: Offer, transport: AnswerTransport): Negotiation {
    // The body took its time to arrive.
    if (this.guest.isRemoved) throw new NotAllowed('You are not on the stage any more.');
    const { sdp, bundle, dtlsRole, tracks } = answerPublisher(offer, transport);
    this.#around.opened(this);
    return { sdp, bundle, dtlsRole, join: (place, options) => place.publish({ ...options, tracks }) };
  }

  connected(session: string): void {
    this.#connectedAtMs = Date.now();
    this.#around.log.info('guest connected', { channel: this.guest.channel, router: this.channel, session });
    this.#around.connected(this, session);
  }

  measured(figures: PublisherFigures): void {
    if (this.source === 'camera') this.guest.quality.take(figures);
  }

  closed(session: string, reason: CloseReason, asked: boolean): void {
    logEnd(this.#around.log, 'publisher', {
      channel: this.channel,
      session,
      reason,
      connectedAtMs: this.#connectedAtMs,
    });
    this.#around.gone(this, session, asked);
  }
}

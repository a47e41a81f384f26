import type { CloseReason, MediaSession, PublisherFigures, Reservation, SessionOptions } from '@weir/sfu';
import type { AnswerTransport, BundleTarget, DtlsRole, Offer, OfferUse } from '@weir/whip';

/** An answer to an offer, and how its session comes into being. */
export interface Negotiation {
  readonly sdp: string;
  readonly bundle: BundleTarget;
  readonly dtlsRole: DtlsRole;
  /** Opens the session in the place that is kept for it on a media worker. */
  join(place: Reservation, options: SessionOptions): MediaSession;
}

/** What a session is for: a publisher or a subscriber. */
export interface SessionOwner {
  readonly use: OfferUse;
  readonly channel: string;
  /** Answers a checked offer; throws OfferRejected or StreamNotLive. */
  negotiate(offer: Offer, transport: AnswerTransport): Negotiation;
  /** ICE and DTLS are done. */
  connected(session: string): void;
  /** What a publisher sent in the last second. */
  measured?(figures: PublisherFigures): void;
  /** The session is over; told once, also when it never connected. `asked` is true when the client asked for it over HTTP. */
  closed(session: string, reason: CloseReason, asked: boolean): void;
}

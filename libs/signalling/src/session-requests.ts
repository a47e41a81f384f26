import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { readBody, RequestOrigins } from '@weir/auth';
import { MediaPool, type Reservation, type SessionOptions } from '@weir/sfu';
import { checkOffer, iceServerLinks, type Offer, type OfferUse, parseFragment, writeFragment } from '@weir/whip';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fragmentType, requireMediaType, sdpType } from './media-type.js';
import type { Session } from './session.js';
import type { Negotiation, SessionOwner } from './session-owner.js';
import { SessionRegistry, SessionsExhausted } from './session-registry.js';
import { SIGNALLING_OPTIONS, type SignallingOptions } from './signalling-options.js';

/** Answers the HTTP requests that WHIP and WHEP have in common, once the caller may make them. */
@Injectable()
export class SessionRequests {
  readonly #sessions: SessionRegistry;
  readonly #pool: MediaPool;
  readonly #origins: RequestOrigins;
  readonly #options: SignallingOptions;
  readonly #links: readonly string[];

  constructor(
    sessions: SessionRegistry,
    pool: MediaPool,
    origins: RequestOrigins,
    @Inject(SIGNALLING_OPTIONS) options: SignallingOptions,
  ) {
    this.#sessions = sessions;
    this.#pool = pool;
    this.#origins = origins;
    this.#options = options;
    this.#links = iceServerLinks(options.iceServers);
  }

  /** `POST` of an offer: 201 with the answer. */
  async open(owner: SessionOwner, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    requireMediaType(request.headers['content-type'], sdpType);
    if (!this.#pool.ready) throw new SessionsExhausted();
    const session = this.#sessions.open(owner, this.#origins.of(request).address);
    try {
      const sdp = await readBody(request.raw, this.#options.sdpMaxBytes, this.#options.bodyTimeoutMs);
      // It may have been ended while the offer was on its way, and then nobody would end what begins here.
      if (session.closed) throw new SessionsExhausted();
      const answer = this.#answer(session, checkOffer(sdp, owner.use));
      this.#addLinks(reply);
      reply
        .code(201)
        .header('Content-Type', sdpType)
        .header('Location', `${sessionPath(owner.use)}/${session.secret}`)
        .header('ETag', session.entityTag)
        .header('Cache-Control', 'no-store')
        .send(answer);
    } catch (error) {
      session.close('client-left', true);
      throw error;
    }
  }

  /** `GET` and `HEAD` of a session: 204 while it lasts. */
  probe(secret: string, use: OfferUse, reply: FastifyReply): void {
    this.#sessions.find(secret, use);
    reply.code(204).header('Cache-Control', 'no-store').send();
  }

  /** `PATCH` of a session: 204 for a trickle, 200 with a fragment for an ICE restart. */
  async patch(secret: string, use: OfferUse, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.#sessions.find(secret, use);
    requireMediaType(request.headers['content-type'], fragmentType);
    const body = await readBody(request.raw, this.#options.fragmentMaxBytes, this.#options.bodyTimeoutMs);
    const fragment = parseFragment(body);
    // RFC 9725 4.3.1: from here to the answer nothing waits, so that requests of a session take effect one by one.
    const session = this.#sessions.find(secret, use);
    const restart = session.patch(fragment, request.headers['if-match'], performance.now());
    reply.header('Cache-Control', 'no-store');
    if (restart === undefined) {
      reply.code(204).send();
      return;
    }
    reply
      .code(200)
      .header('Content-Type', fragmentType)
      .header('ETag', session.entityTag)
      .send(writeFragment(restart.bundle, restart.local, restart.candidates));
  }

  /** `DELETE` of a session: 200, and 404 from then on. */
  remove(secret: string, use: OfferUse, reply: FastifyReply): void {
    this.#sessions.find(secret, use).close('client-left', true);
    reply.code(200).send();
  }

  /** `OPTIONS` of an endpoint or a session; whoever may open sessions is told the STUN and TURN servers. */
  options(mayOpen: boolean, request: FastifyRequest, reply: FastifyReply): void {
    // RFC 9725 4.6: not on a preflight.
    if (mayOpen && request.headers['access-control-request-method'] === undefined) this.#addLinks(reply);
    reply.code(200).header('Accept-Post', sdpType).header('Accept-Patch', fragmentType).send();
  }

  // RFC 9725 4.6, and OBS reads no two servers of one line.
  #addLinks(reply: FastifyReply): void {
    if (this.#links.length > 0) reply.header('Link', [...this.#links]);
  }

  #answer(session: Session, offer: Offer): string {
    const { owner } = session;
    const place = this.#pool.reserve(owner.channel, session.id, owner.use);
    if (place === undefined) throw new SessionsExhausted();
    try {
      return this.#establish(session, offer, place);
    } catch (error) {
      place.cancel();
      throw error;
    }
  }

  #establish(session: Session, offer: Offer, place: Reservation): string {
    const { candidates } = place;
    const { fingerprint } = this.#pool;
    const sessionId = String(randomInt(1, 2 ** 47));
    const answer = session.owner.negotiate(offer, { sessionId, local: session.local, fingerprint, candidates });
    const media = answer.join(place, sessionOptions(session, offer, answer, fingerprint.value));
    session.establish({ media, remote: offer.ice, bundle: answer.bundle, candidates });
    return answer.sdp;
  }
}

function sessionOptions(
  session: Session,
  offer: Offer,
  answer: Negotiation,
  certificateFingerprint: string,
): SessionOptions {
  return {
    id: session.id,
    local: session.local,
    remote: offer.ice,
    dtlsRole: answer.dtlsRole,
    remoteFingerprints: offer.fingerprints,
    certificateFingerprint,
  };
}

function sessionPath(use: OfferUse): string {
  return use === 'publish' ? '/whip/session' : '/whep/session';
}

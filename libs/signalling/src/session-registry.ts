import { Inject, Injectable } from '@nestjs/common';
import type { CloseReason, PublisherFigures } from '@weir/sfu';
import type { OfferUse } from '@weir/whip';
import { Session } from './session.js';
import type { SessionOwner } from './session-owner.js';
import { SIGNALLING_OPTIONS, type SignallingOptions } from './signalling-options.js';

/** Thrown when the server takes no more sessions. */
export class SessionsExhausted extends Error {
  constructor() {
    super('The server takes no new sessions now: try again later.');
    this.name = 'SessionsExhausted';
  }
}

/** Thrown when one address has as many sessions as it may. */
export class AddressExhausted extends Error {
  constructor() {
    super('There are too many sessions from your address: close one or try again later.');
    this.name = 'AddressExhausted';
  }
}

/** Thrown when no session has that URL, or it is over; says why when the server ended it a short while ago. */
export class SessionUnknown extends Error {
  constructor(reason?: CloseReason) {
    super((reason && endings[reason]) ?? 'There is no such session, or it is over.');
    this.name = 'SessionUnknown';
  }
}

const endings: Partial<Record<CloseReason, string>> = {
  'above-limit': 'The session is over: it sent more than the server takes from one publisher, though it was told.',
  'not-allowed': 'The session is over: its stream key is good no more, or you may not watch the channel any more.',
  'worker-lost': 'The session is over: the server lost it by a fault of its own. Open another one.',
};
const endingsKept = 1000;

/** All WHIP and WHEP sessions, and how many there may be. */
@Injectable()
export class SessionRegistry {
  readonly #options: SignallingOptions;
  readonly #byId = new Map<string, Session>();
  readonly #bySecret = new Map<string, Session>();
  readonly #byAddress = new Map<string, Set<Session>>();
  /** Why the server ended sessions that clients may still ask for, by secret, the oldest first. */
  readonly #endings = new Map<string, CloseReason>();
  #draining = false;

  constructor(@Inject(SIGNALLING_OPTIONS) options: SignallingOptions) {
    this.#options = options;
  }

  /** Whether another session would be taken. */
  get ready(): boolean {
    return !this.#draining && this.#byId.size < this.#options.sessionsMax;
  }

  /** Sessions now. */
  get size(): number {
    return this.#byId.size;
  }

  /** Whose sessions there are, connected or not. */
  owners(): SessionOwner[] {
    return Array.from(this.#byId.values(), ({ owner }) => owner);
  }

  /** Takes a new session; throws SessionsExhausted or AddressExhausted. */
  open(owner: SessionOwner, address: string): Session {
    if (!this.ready) throw new SessionsExhausted();
    this.#checkAddress(address);
    const session = new Session(owner, address, (closed) => this.#forget(closed));
    this.#byId.set(session.id, session);
    this.#bySecret.set(session.secret, session);
    this.#neighbours(address).add(session);
    return session;
  }

  /** The session of a URL; throws SessionUnknown. */
  find(secret: string, use: OfferUse): Session {
    const session = this.#bySecret.get(secret);
    if (session !== undefined && session.owner.use === use) return session;
    throw new SessionUnknown(this.#endings.get(secret));
  }

  /** Whether a channel has a session of that use, connected or not. */
  has(channel: string, use: OfferUse): boolean {
    for (const { owner } of this.#byId.values()) if (owner.channel === channel && owner.use === use) return true;
    return false;
  }

  /** A media worker finished ICE and DTLS of a session. */
  connected(id: string): void {
    this.#byId.get(id)?.connect();
  }

  /** A media worker tells what a publisher sent in the last second. */
  measured(id: string, figures: PublisherFigures): void {
    this.#byId.get(id)?.owner.measured?.(figures);
  }

  /** A media worker ended a session. */
  closed(id: string, reason: CloseReason): void {
    const session = this.#byId.get(id);
    if (session === undefined) return;
    if (endings[reason] !== undefined) this.#remember(session.secret, reason);
    session.close(reason);
  }

  /** Ends the subscribers of a channel, whose stream is over. */
  closeSubscribers(channel: string): void {
    for (const session of this.#byId.values()) {
      if (session.owner.use === 'play' && session.owner.channel === channel) session.close('stream-ended');
    }
  }

  /** Ends the sessions whose owner is meant; whoever asks again gets something else. */
  closeReplaced(isMeant: (owner: SessionOwner) => boolean): void {
    for (const session of this.#byId.values()) if (isMeant(session.owner)) session.close('replaced');
  }

  /** Ends the sessions whose owner is meant, for good: they are not allowed any more. */
  closeNotAllowed(isMeant: (owner: SessionOwner) => boolean): void {
    for (const session of this.#byId.values()) {
      if (!isMeant(session.owner)) continue;
      this.#remember(session.secret, 'not-allowed');
      session.close('not-allowed', true);
    }
  }

  /** Takes no more sessions and ends those there are. */
  shutDown(): void {
    this.#draining = true;
    for (const session of this.#byId.values()) session.close('shutdown');
  }

  #checkAddress(address: string): void {
    const { sessionsPerAddress, unconnectedPerAddress } = this.#options;
    const sessions = this.#byAddress.get(address) ?? new Set<Session>();
    if (sessions.size >= sessionsPerAddress) throw new AddressExhausted();
    if (sessions.size < unconnectedPerAddress) return;
    let unconnected = 0;
    for (const session of sessions) if (!session.connected) unconnected += 1;
    if (unconnected >= unconnectedPerAddress) throw new AddressExhausted();
  }

  #neighbours(address: string): Set<Session> {
    let sessions = this.#byAddress.get(address);
    if (sessions === undefined) this.#byAddress.set(address, (sessions = new Set()));
    return sessions;
  }

  #remember(secret: string, reason: CloseReason): void {
    if (this.#endings.size === endingsKept) this.#endings.delete(this.#endings.keys().next().value!);
    this.#endings.set(secret, reason);
  }

  #forget(session: Session): void {
    this.#byId.delete(session.id);
    this.#bySecret.delete(session.secret);
    const neighbours = this.#neighbours(session.address);
    neighbours.delete(session);
    if (neighbours.size === 0) this.#byAddress.delete(session.address);
  }
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { IceCredentials } from '@weir/ice';
import type { CloseReason, HostCandidate, MediaSession } from '@weir/sfu';
import { type BundleTarget, type Fragment, matchEntityTag } from '@weir/whip';
import { newIceCredentials } from './ice-credentials.js';
import type { SessionOwner } from './session-owner.js';

/** Thrown when a PATCH has no `If-Match`. */
export class EntityTagMissing extends Error {
  constructor() {
    super('Send If-Match with the ETag of the session, or *.');
    this.name = 'EntityTagMissing';
  }
}

/** Thrown when the `If-Match` of a PATCH is not the current tag. */
export class EntityTagMismatch extends Error {
  constructor() {
    super('If-Match is not the current ETag: the session was restarted meanwhile.');
    this.name = 'EntityTagMismatch';
  }
}

/** Thrown when a session is restarted again within a second. */
export class RestartTooSoon extends Error {
  constructor() {
    super('ICE can be restarted once a second.');
    this.name = 'RestartTooSoon';
  }
}

/** What an ICE restart is answered with. */
export interface IceRestart {
  readonly bundle: BundleTarget;
  readonly local: IceCredentials;
  readonly candidates: readonly HostCandidate[];
}

/** What a session knows once it is answered. */
export interface Establishment {
  readonly media: MediaSession;
  readonly remote: IceCredentials;
  readonly bundle: BundleTarget;
  readonly candidates: readonly HostCandidate[];
}

const restartIntervalMs = 1000;

/** The signalling side of one WHIP or WHEP session. */
export class Session {
  /** Names the session in logs and towards the media workers. */
  readonly id = randomUUID();
  /** Names the session in its URL; whoever knows it owns the session. */
  readonly secret = randomBytes(24).toString('base64url');
  readonly owner: SessionOwner;
  readonly address: string;
  readonly #onClose: (session: Session) => void;
  #local = newIceCredentials();
  #entityTag = newEntityTag();
  #establishment: Establishment | undefined;
  #remote: IceCredentials | undefined;
  #restartedAtMs = Number.NEGATIVE_INFINITY;
  #connected = false;
  #closed = false;

  /** `onClose` is called once, before the owner learns of it. */
  constructor(owner: SessionOwner, address: string, onClose: (session: Session) => void) {
    this.owner = owner;
    this.address = address;
    this.#onClose = onClose;
  }

  /** This side's ICE credentials; they change with every restart. */
  get local(): IceCredentials {
    return this.#local;
  }

  /** Strong entity tag with its quotes, one for each ICE session (RFC 9725 4.3.1). */
  get entityTag(): string {
    return this.#entityTag;
  }

  /** True once ICE and DTLS are done. */
  get connected(): boolean {
    return this.#connected;
  }

  /** True from the end on. */
  get closed(): boolean {
    return this.#closed;
  }

  /** The offer is answered and a media worker has the session. */
  establish(establishment: Establishment): void {
    this.#establishment = establishment;
    this.#remote = establishment.remote;
    if (this.#closed) establishment.media.close('client-left');
  }

  /** ICE and DTLS are done. */
  connect(): void {
    if (this.#closed || this.#connected) return;
    this.#connected = true;
    this.owner.connected(this.id);
  }

  /**
   * Takes a PATCH: undefined for a trickle, whose candidates nobody needs, or what a restart is answered with.
   * Throws EntityTagMissing, EntityTagMismatch or RestartTooSoon, and the session goes on.
   */
  patch(fragment: Fragment, ifMatch: string | undefined, nowMs: number): IceRestart | undefined {
    const verdict = matchEntityTag(ifMatch, this.#entityTag);
    if (verdict === 'missing') throw new EntityTagMissing();
    if (verdict === 'mismatch') throw new EntityTagMismatch();
    const established = this.#establishment;
    const remote = fragment.credentials;
    // RFC 9725 4.3.1: a restart is told by other credentials, not by If-Match.
    if (established === undefined || remote === undefined || this.#isCurrent(remote)) return undefined;
    if (nowMs - this.#restartedAtMs < restartIntervalMs) throw new RestartTooSoon();
    this.#restartedAtMs = nowMs;
    this.#remote = remote;
    this.#local = newIceCredentials();
    this.#entityTag = newEntityTag();
    established.media.restartIce(this.#local, remote);
    return { bundle: established.bundle, local: this.#local, candidates: established.candidates };
  }

  /** Ends the session; idempotent. `asked` is true when the client asked for it over HTTP. */
  close(reason: CloseReason, asked = false): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose(this);
    this.#establishment?.media.close(reason);
    this.owner.closed(this.id, reason, asked);
  }

  #isCurrent(remote: IceCredentials): boolean {
    return remote.ufrag === this.#remote?.ufrag && remote.pwd === this.#remote.pwd;
  }
}

function newEntityTag(): string {
  return `"${randomBytes(8).toString('hex')}"`;
}

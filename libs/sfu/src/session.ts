import type { DtlsRole, Fingerprint } from '@weir/dtls';
import type { IceCredentials } from '@weir/ice';
import type { PublishedTrack, StreamDescription, SubscribedTrack } from '@weir/rtp';
import type { PublisherFigures } from './layer-gauge.js';

/** A host address at which a media worker is reachable over UDP. */
export interface HostCandidate {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
}

/** What a publisher and a subscriber have in common. */
export interface SessionOptions {
  /** Unguessable, unique for ever. */
  readonly id: string;
  readonly local: IceCredentials;
  readonly remote: IceCredentials;
  readonly dtlsRole: DtlsRole;
  readonly remoteFingerprints: readonly Fingerprint[];
  /** Value of the fingerprint that the answer announced; names the certificate to use. */
  readonly certificateFingerprint: string;
}

/** One WHIP session. */
export interface PublisherOptions extends SessionOptions {
  readonly tracks: readonly PublishedTrack[];
}

/** One WHEP session. */
export interface SubscriberOptions extends SessionOptions {
  readonly tracks: readonly SubscribedTrack[];
}

/** Why a session ended. */
export type CloseReason =
  | 'client-left' // DELETE, DTLS close_notify or RTCP BYE of every track
  | 'connect-timeout' // never finished ICE and DTLS
  | 'ice-timeout' // silent for too long
  | 'dtls-failed' // handshake failed or the certificate was not the announced one
  | 'replaced' // a newer publisher took over, or a subscriber gets something else of its channel
  | 'stream-ended' // the stream a subscriber watched is over
  | 'worker-lost' // its media worker died
  | 'not-allowed' // a subscriber may watch no longer, or a publisher's key is good no more
  | 'above-limit' // a publisher sent more than it may, though it was told
  | 'shutdown';

/** A place on a media worker that is kept for one session. */
export interface Reservation {
  /** Where the session reaches its worker; IPv4 first. */
  readonly candidates: readonly HostCandidate[];
  /** Opens a WHIP session; once connected it takes the place of the channel's publisher, if any. */
  publish(options: PublisherOptions): MediaSession;
  /** Opens a WHEP session; it gets whatever is on air in the channel, now and later. */
  subscribe(options: SubscriberOptions): MediaSession;
  /** Gives the place to others, unless a session was opened; idempotent. */
  cancel(): void;
}

/** Handle of a session that lives on a media worker. */
export interface MediaSession {
  readonly id: string;
  /** Replaces both sides' ICE credentials while media goes on (RFC 8445 2.4). */
  restartIce(local: IceCredentials, remote: IceCredentials): void;
  /** Lets a subscriber hear nothing of what is on air, though it still sees it, or hear again. */
  deafen(isDeaf: boolean): void;
  /** Ends the session; idempotent. */
  close(reason: CloseReason): void;
}

/** What a media pool tells about its sessions and streams. */
export interface MediaPoolEvents {
  /** ICE and DTLS are done; media may flow. */
  connected(sessionId: string): void;
  /** Told once for each session, whoever ended it. */
  closed(sessionId: string, reason: CloseReason): void;
  /** What a publisher sent, once a second while it is connected. */
  measured(sessionId: string, figures: PublisherFigures): void;
  /** The packets of a channel's publisher told what it really carries; again whenever that changes. */
  described(channel: string, description: StreamDescription): void;
}

/** Figures of one media worker, as counted since its start unless said. */
export interface WorkerStats {
  /** What sends. */
  readonly engine: 'js' | 'ffi';
  readonly publishers: number;
  readonly subscribers: number;
  readonly packetsReceived: number;
  readonly packetsSent: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly sendErrors: number;
  readonly nacksReceived: number;
  readonly nacksSent: number;
  readonly retransmissions: number;
  readonly keyFrameRequestsReceived: number;
  readonly keyFrameRequestsSent: number;
  readonly unauthenticated: number;
  /** Time from arrival of a packet to the last of its copies being sent, microseconds, of the last second. */
  readonly delayP50Us: number;
  readonly delayP90Us: number;
  readonly delayP99Us: number;
  readonly delayP999Us: number;
  /** CPU seconds of the worker's thread. */
  readonly cpuUserSeconds: number;
  readonly cpuSystemSeconds: number;
}

/** Figures of one media worker and of its place in the pool. */
export interface PlacedWorkerStats extends WorkerStats {
  /** Number of the worker, from 0. */
  readonly worker: number;
  /** UDP port. */
  readonly port: number;
  /** Part of its budget of viewers that is used; more than 1 when all budgets are used up. */
  readonly load: number;
}

import type { DtlsRole, Fingerprint } from '@weir/dtls';
import type { IceCredentials } from '@weir/ice';
import type { PublishedTrack, StreamDescription, SubscribedTrack } from '@weir/rtp';

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
  | 'replaced' // a newer publisher took over
  | 'stream-ended' // the stream a subscriber watched is over
  | 'worker-lost' // its media worker died
  | 'shutdown';

/** Handle of a session that lives on a media worker. */
export interface MediaSession {
  readonly id: string;
  /** Replaces both sides' ICE credentials while media goes on (RFC 8445 2.4). */
  restartIce(local: IceCredentials, remote: IceCredentials): void;
  /** Ends the session; idempotent. */
  close(reason: CloseReason): void;
}

/** What a media pool tells about its sessions and streams. */
export interface MediaPoolEvents {
  /** ICE and DTLS are done; media may flow. */
  connected(sessionId: string): void;
  /** Told once for each session, whoever ended it. */
  closed(sessionId: string, reason: CloseReason): void;
  /** The packets of a channel's publisher told what it really carries; again whenever that changes. */
  described(channel: string, description: StreamDescription): void;
}

/** Figures of one media worker, as counted since its start unless said. */
export interface WorkerStats {
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
  readonly delayP99Us: number;
  /** CPU seconds of the worker's thread. */
  readonly cpuUserSeconds: number;
  readonly cpuSystemSeconds: number;
}

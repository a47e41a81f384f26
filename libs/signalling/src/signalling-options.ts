import type { IceServer } from '@weir/whip';

/** What signalling needs of the configuration. */
export interface SignallingOptions {
  /** Longest offer, bytes; default 65536. */
  readonly sdpMaxBytes: number;
  /** Longest PATCH body, bytes; default 16384. */
  readonly fragmentMaxBytes: number;
  /** How long a body may take to arrive, milliseconds; default 5000. */
  readonly bodyTimeoutMs: number;
  /** Sessions in all; default 5000. */
  readonly sessionsMax: number;
  /** Sessions from one address; default 200. */
  readonly sessionsPerAddress: number;
  /** Sessions from one address that have not finished ICE and DTLS; default 20. */
  readonly unconnectedPerAddress: number;
  /** STUN and TURN servers told to clients; default none. */
  readonly iceServers: readonly IceServer[];
}

/** Injection token of SignallingOptions. */
export const SIGNALLING_OPTIONS = Symbol('SIGNALLING_OPTIONS');

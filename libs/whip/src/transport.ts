import type { IceCredentials } from '@weir/ice';

/** A certificate fingerprint (RFC 8122 5): lower-case hash name, upper-case hex pairs joined by colons. */
export interface Fingerprint {
  readonly algorithm: string;
  readonly value: string;
}

/** `server` waits for a ClientHello, `client` sends it. */
export type DtlsRole = 'client' | 'server';

/** Value of `a=setup` (RFC 4145 4). */
export type Setup = 'actpass' | 'active' | 'passive';

/** A host address at which media is received over UDP. */
export interface HostCandidate {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
}

/** What this side announces about its single transport. */
export interface AnswerTransport {
  /** Decimal digits, at most 19, for `o=` (RFC 8829 5.2.1). */
  readonly sessionId: string;
  readonly local: IceCredentials;
  readonly fingerprint: Fingerprint;
  /** In order of preference within a family; IPv4 is written first. */
  readonly candidates: readonly HostCandidate[];
}

/** The part of an answer that an ICE restart fragment repeats. */
export interface BundleTarget {
  /** Media type of the first accepted section: `audio` or `video`. */
  readonly media: string;
  readonly protocol: string;
  /** First payload type of that section. */
  readonly payloadType: number;
  /** Mids of the accepted sections, that of the first one first; empty when the offer named none. */
  readonly mids: readonly string[];
}

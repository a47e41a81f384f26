import { hash } from 'node:crypto';
import type { Fingerprint } from './handshake-protocol.js';

// RFC 8122 5: MD5, MD2 and SHA-1 must not be used any more.
const digests: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512' };

/** The fingerprint of a DER certificate by one of `sha-256`, `sha-384` and `sha-512` (RFC 8122 5). */
export function fingerprintOf(certificateDer: Uint8Array, algorithm = 'sha-256'): Fingerprint {
  const digest = digests[algorithm];
  if (digest === undefined) throw new UnknownDigest(algorithm);
  const hex = hash(digest, certificateDer, 'hex').toUpperCase();
  return { algorithm, value: (hex.match(/../g) ?? []).join(':') };
}

/** Whether a DER certificate has at least one of the announced fingerprints; those by an unknown digest count for nothing. */
export function matchesFingerprint(certificateDer: Uint8Array, announced: readonly Fingerprint[]): boolean {
  return announced.some((fingerprint) => {
    const algorithm = fingerprint.algorithm.toLowerCase();
    if (!Object.hasOwn(digests, algorithm)) return false;
    return fingerprintOf(certificateDer, algorithm).value === fingerprint.value.toUpperCase();
  });
}

/** The digest asked for is not one that certificates are announced with. */
export class UnknownDigest extends Error {
  override readonly name = 'UnknownDigest';

  constructor(algorithm: string) {
    super(`${algorithm} is not one of ${Object.keys(digests).join(', ')}`);
  }
}

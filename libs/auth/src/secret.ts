import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret of 192 random bits, 32 characters safe in URLs, headers and shells. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** SHA-256 of a secret: enough at rest, because the secrets themselves are random. */
export function hashSecret(secret: string): Uint8Array {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Compares two hashes in constant time. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

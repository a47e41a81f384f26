import { createHash, randomBytes, randomInt } from 'node:crypto';

const PREFIX = 'stage_';
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LETTERS = 9;

/** A new bearer token of a guest: 192 random bits. */
export function newGuestToken(): string {
  return PREFIX + randomBytes(24).toString('base64url');
}

/** Whether a bearer token is one of a guest, valid or not, and none of an account. */
export function isGuestToken(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** SHA-256 of a token: enough at rest, because tokens are random. */
export function hashGuestToken(token: string): Uint8Array {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** A new id of a guest, which no reserved name has: `g` and nine small letters and digits. */
export function newGuestId(): string {
  return `g${Array.from({ length: ID_LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`;
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ChannelRow } from '@weir/store';

/** A new token of 192 random bits that a URL can carry. */
export function newWatchToken(): string {
  return randomBytes(24).toString('base64url');
}

/** SHA-256 of a token: enough at rest, because tokens are random. */
export function hashOfWatchToken(token: string): Uint8Array {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Whether the token is the channel's. */
export function isWatchToken({ watchHash }: Pick<ChannelRow, 'watchHash'>, token: string | undefined): boolean {
  if (token === undefined || watchHash === undefined) return false;
  return timingSafeEqual(hashOfWatchToken(token), watchHash);
}

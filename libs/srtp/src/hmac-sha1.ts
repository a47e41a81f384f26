import { createHmac } from 'node:crypto';

/** HMAC-SHA1 of `data`, 20 bytes, as `@weir/ice` asks for. */
export function hmacSha1(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac('sha1', key).update(data).digest();
}

/** Message types of the Binding method (RFC 8489 5). */
export const StunType = {
  bindingRequest: 0x0001,
  bindingIndication: 0x0011,
  bindingSuccess: 0x0101,
  bindingError: 0x0111,
} as const;

/** Attribute types (RFC 8489 18.3, RFC 8445 20.1). */
export const StunAttribute = {
  mappedAddress: 0x0001,
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  realm: 0x0014,
  nonce: 0x0015,
  messageIntegritySha256: 0x001c,
  passwordAlgorithm: 0x001d,
  userhash: 0x001e,
  xorMappedAddress: 0x0020,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlled: 0x8029,
  iceControlling: 0x802a,
} as const;

/** Fixed value of the second header word (RFC 8489 5). */
export const MAGIC_COOKIE = 0x2112a442;

/** Length of the fixed header. */
export const STUN_HEADER_BYTES = 20;

/** Length of a transaction id. */
export const TRANSACTION_ID_BYTES = 12;

/** Length of an HMAC-SHA1. */
export const INTEGRITY_BYTES = 20;

/** What a FINGERPRINT's CRC-32 is XORed with (RFC 8489 14.7). */
export const FINGERPRINT_XOR = 0x5354554e;

/** HMAC-SHA1 of `data` under `key`, 20 bytes; the caller brings the implementation. */
export type HmacSha1 = (key: Uint8Array, data: Uint8Array) => Uint8Array;

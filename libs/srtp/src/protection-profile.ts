/** SRTP protection profiles (RFC 5764 4.1.2, RFC 7714 14.2): 1 is AES128_CM_HMAC_SHA1_80, 7 is AEAD_AES_128_GCM. */
export type SrtpProfile = 1 | 7;

/** Length of master and session encryption keys of either profile. */
export const SRTP_KEY_BYTES = 16;

/** Most bytes that protection adds to an RTP packet. */
export const SRTP_MAX_OVERHEAD_BYTES = 16;

/** Most bytes that protection adds to an RTCP packet. */
export const SRTCP_MAX_OVERHEAD_BYTES = 20;

/** Length of the salt: 14 in counter mode (RFC 3711 8.2), 12 with GCM (RFC 7714 12). */
export function srtpSaltBytes(profile: SrtpProfile): number {
  return profile === 7 ? 12 : 14;
}

/** Length of the authentication tag: 10 bytes of HMAC-SHA1, or 16 of GCM. */
export function srtpTagBytes(profile: SrtpProfile): number {
  return profile === 7 ? 16 : 10;
}

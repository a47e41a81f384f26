/** ICE user name fragment and password (RFC 8445 5.3). */
export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

/** Random bytes that {@link createIceCredentials} consumes. */
export const ICE_CREDENTIAL_RANDOM_BYTES = 40;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const UFRAG_CHARACTERS = 12;

/** Makes credentials of 72 and 168 bits out of 40 cryptographically random bytes. */
export function createIceCredentials(random: Uint8Array): IceCredentials {
  if (random.length < ICE_CREDENTIAL_RANDOM_BYTES) throw new RangeError('40 random bytes are needed');
  let text = '';
  for (const byte of random.subarray(0, ICE_CREDENTIAL_RANDOM_BYTES)) text += ALPHABET[byte & 63];
  return { ufrag: text.slice(0, UFRAG_CHARACTERS), pwd: text.slice(UFRAG_CHARACTERS) };
}

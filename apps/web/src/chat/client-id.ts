/** A new name for a message, 128 random bits; also on pages without HTTPS, where there is no `crypto.randomUUID`. */
export function newClientId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

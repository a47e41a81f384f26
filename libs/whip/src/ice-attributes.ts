import type { IceCredentials } from '@weir/ice';
import { attribute, attributeValues, type SdpAttribute, SdpMalformed, words } from './sdp-text.js';
import type { Fingerprint, Setup } from './transport.js';

const HASH_BYTES = new Map([
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
]);

/** The credentials of one level of a description, or undefined when it has none; half a pair is malformed. */
export function readCredentials(attributes: readonly SdpAttribute[]): IceCredentials | undefined {
  const ufrag = attribute(attributes, 'ice-ufrag');
  const pwd = attribute(attributes, 'ice-pwd');
  if (ufrag === undefined && pwd === undefined) return undefined;
  if (ufrag === undefined || pwd === undefined) throw new SdpMalformed('a=ice-ufrag and a=ice-pwd must come together.');
  // RFC 8839 5.4 allows letters, digits, + and /; some agents write more, and only a colon or a blank would do harm.
  if (!/^[!-9;-~]{4,256}$/.test(ufrag)) throw new SdpMalformed('a=ice-ufrag must have 4 to 256 characters.');
  if (!/^[!-~]{22,256}$/.test(pwd)) throw new SdpMalformed('a=ice-pwd must have 22 to 256 characters.');
  return { ufrag, pwd };
}

/** The fingerprints of one level by hashes that are still safe: SHA-256, SHA-384 and SHA-512. */
export function readFingerprints(attributes: readonly SdpAttribute[]): Fingerprint[] {
  const fingerprints: Fingerprint[] = [];
  for (const line of attributeValues(attributes, 'fingerprint')) {
    const [name = '', hex = ''] = words(line);
    const algorithm = name.toLowerCase();
    const value = hex.toUpperCase();
    const bytes = HASH_BYTES.get(algorithm);
    if (bytes === undefined) continue;
    if (value.length !== bytes * 3 - 1 || !/^[0-9A-F]{2}(:[0-9A-F]{2})*$/.test(value)) {
      throw new SdpMalformed(`a=fingerprint:${algorithm} must be ${bytes} hex pairs joined by colons.`);
    }
    fingerprints.push({ algorithm, value });
  }
  return fingerprints;
}

/** The DTLS role of one level, or undefined when it has none. */
export function readSetup(attributes: readonly SdpAttribute[]): Setup | 'holdconn' | undefined {
  const value = attribute(attributes, 'setup')?.toLowerCase();
  if (value === undefined) return undefined;
  if (value === 'actpass' || value === 'active' || value === 'passive' || value === 'holdconn') return value;
  throw new SdpMalformed('a=setup must be actpass, active or passive.');
}

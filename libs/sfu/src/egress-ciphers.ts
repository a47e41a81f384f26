import type { SrtpSessionKeys } from '@weir/srtp';
import { CounterModeCipher } from './counter-mode-cipher.js';
import type { EgressCipher } from './egress-cipher.js';
import { GcmCipher } from './gcm-cipher.js';

/** The cipher for the session keys of one direction. */
export function createEgressCipher(keys: SrtpSessionKeys): EgressCipher {
  return keys.profile === 7 ? new GcmCipher(keys) : new CounterModeCipher(keys);
}

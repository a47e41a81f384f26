import { CounterCipher } from './counter-cipher.js';
import { GcmCipher } from './gcm-cipher.js';
import type { PacketCipher } from './packet-cipher.js';
import type { SrtpSessionKeys } from './session-keys.js';

/** The cipher for the RTP packets of one direction. */
export function createRtpCipher(keys: SrtpSessionKeys): PacketCipher {
  if (keys.profile === 7) return new GcmCipher(keys.rtpKey, keys.rtpSalt);
  return new CounterCipher(keys.rtpKey, keys.rtpAuthKey, keys.rtpSalt);
}

/** The cipher for the RTCP packets of one direction. */
export function createRtcpCipher(keys: SrtpSessionKeys): PacketCipher {
  if (keys.profile === 7) return new GcmCipher(keys.rtcpKey, keys.rtcpSalt);
  return new CounterCipher(keys.rtcpKey, keys.rtcpAuthKey, keys.rtcpSalt);
}

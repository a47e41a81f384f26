export { hmacSha1 } from './hmac-sha1.js';
export { COUNTER_IV_BYTES, GCM_IV_BYTES, counterIv, counterRtcpIv, gcmIv, gcmRtcpIv } from './initialization-vector.js';
export {
  SRTCP_MAX_OVERHEAD_BYTES,
  SRTP_KEY_BYTES,
  SRTP_MAX_OVERHEAD_BYTES,
  srtpSaltBytes,
  srtpTagBytes,
} from './protection-profile.js';
export type { SrtpProfile } from './protection-profile.js';
export { deriveSessionKeys } from './session-keys.js';
export type { SrtpSessionKeys } from './session-keys.js';
export { SrtcpReceiver } from './srtcp-receiver.js';
export { SrtcpSender } from './srtcp-sender.js';
export { SrtpReceiver } from './srtp-receiver.js';
export { SrtpRejection } from './srtp-rejection.js';
export { SrtpSender } from './srtp-sender.js';

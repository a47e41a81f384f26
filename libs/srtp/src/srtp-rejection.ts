/** Why a packet was not unprotected; negative, so that it cannot be taken for a length. */
export const SrtpRejection = {
  /** Not an RTP or RTCP packet, or too short for tag and index. */
  malformed: -1,
  /** Received before, or older than the replay window. */
  replayed: -2,
  /** The tag does not fit: another key, another rollover counter or a changed packet. */
  unauthenticated: -3,
  /** Authentic, yet from one source more than a session may have. */
  tooManySources: -4,
} as const;

/** Sources (SSRCs) that one receiver keeps state for. */
export const MAX_SOURCES = 32;

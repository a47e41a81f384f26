/** One report block of a sender or receiver report (RFC 3550 section 6.4.1). */
export interface ReportBlock {
  /** The source reported on. */
  ssrc: number;
  /** Share of packets lost since the report before, in 1/256, 0 to 255. */
  fractionLost: number;
  /** Packets lost since the start, -2^23 to 2^23 - 1; duplicates make it negative. */
  cumulativeLost: number;
  /** Extended highest sequence number, 32 bits. */
  highestSequence: number;
  /** Interarrival jitter in timestamp units. */
  jitter: number;
  /** Middle 32 bits of the NTP time of the last sender report; 0 without one. */
  lastSenderReport: number;
  /** Time since that report arrived, in 1/65536 seconds; 0 without one. */
  delaySinceLastSenderReport: number;
}

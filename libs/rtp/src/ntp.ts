const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;
const CYCLE = 2 ** 32;

/** Seconds of the NTP time of a Unix time in milliseconds (RFC 5905 section 6), 32 bits. */
export function ntpSeconds(unixMs: number): number {
  return (Math.floor(unixMs / 1000) + SECONDS_FROM_1900_TO_1970) >>> 0;
}

/** Fraction of the NTP time of a Unix time in milliseconds, in units of 2^-32 seconds. */
export function ntpFraction(unixMs: number): number {
  const ms = unixMs - Math.floor(unixMs / 1000) * 1000;
  return Math.floor((ms / 1000) * CYCLE) >>> 0;
}

/** Unix time in milliseconds of an NTP time between 1968 and 2104 (eras 0 and 1). */
export function unixMsFromNtp(seconds: number, fraction: number): number {
  const era = seconds < 2 ** 31 ? CYCLE : 0;
  return (era + seconds - SECONDS_FROM_1900_TO_1970) * 1000 + (fraction / CYCLE) * 1000;
}

/** Middle 32 bits of an NTP time, 16.16 fixed point seconds (RFC 3550 section 4). */
export function compactNtp(seconds: number, fraction: number): number {
  return ((seconds << 16) | (fraction >>> 16)) >>> 0;
}

/** Middle 32 bits of the NTP time of a Unix time in milliseconds. */
export function compactNtpFromUnix(unixMs: number): number {
  return compactNtp(ntpSeconds(unixMs), ntpFraction(unixMs));
}

/** Duration in milliseconds as 16.16 fixed point seconds, 0 to 2^32 - 1. */
export function compactDuration(ms: number): number {
  return Math.min(CYCLE - 1, Math.max(0, Math.round((ms * 65536) / 1000)));
}

/** Round trip in milliseconds of a report block (RFC 3550 section 6.4.1), never negative; -1 when it answers no report. */
export function roundTripMs(nowCompact: number, lastSenderReport: number, delaySinceLastSenderReport: number): number {
  if (lastSenderReport === 0) return -1;
  const elapsed = (nowCompact - lastSenderReport - delaySinceLastSenderReport) | 0;
  return elapsed <= 0 ? 0 : (elapsed * 1000) / 65536;
}

/** Value of the abs-send-time header extension at a Unix time in milliseconds: 6.18 fixed point seconds, 24 bits. */
export function absoluteSendTime(unixMs: number): number {
  return Math.floor(((unixMs % 64_000) * 2 ** 18) / 1000) & 0xffffff;
}

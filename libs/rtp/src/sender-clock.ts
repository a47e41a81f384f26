import { unixMsFromNtp } from './ntp.js';
import { timestampDistance } from './timestamp.js';

const BACKWARD_CLOCK_AFTER_MS = 10_000;

/** One sender's relation of RTP timestamps to its wall clock, as its sender reports tell it (RFC 3550 section 6.4.1). */
export class SenderClock {
  readonly #clockRate: number;
  #ntpMs = 0;
  #rtpTimestamp = 0;
  #arrivalMs = 0;
  #ready = false;

  /** The clock rate is in Hz. */
  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  /** Whether a report has arrived; before that nothing can be converted. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Takes a sender report; false when it is ignored: without a wall clock, or older than one of the last 10 s. */
  report(ntpSeconds: number, ntpFraction: number, rtpTimestamp: number, arrivalMs: number): boolean {
    // RFC 3550 section 6.4.1: a sender that has no notion of time sets the NTP timestamp to zero.
    if (ntpSeconds === 0 && ntpFraction === 0) return false;
    const ntpMs = unixMsFromNtp(ntpSeconds, ntpFraction);
    const overdue = arrivalMs - this.#arrivalMs >= BACKWARD_CLOCK_AFTER_MS;
    if (this.#ready && !overdue && ntpMs < this.#ntpMs) return false;
    this.#ntpMs = ntpMs;
    this.#rtpTimestamp = rtpTimestamp >>> 0;
    this.#arrivalMs = arrivalMs;
    this.#ready = true;
    return true;
  }

  /** The sender's wall clock, in Unix milliseconds, at one of its RTP timestamps. */
  ntpMsAt(rtpTimestamp: number): number {
    return this.#ntpMs + (timestampDistance(this.#rtpTimestamp, rtpTimestamp) * 1000) / this.#clockRate;
  }

  /** The RTP timestamp, 32 bits, at a time of the sender's wall clock in Unix milliseconds. */
  rtpAt(ntpMs: number): number {
    const ticks = Math.round(((ntpMs - this.#ntpMs) * this.#clockRate) / 1000);
    return (this.#rtpTimestamp + ticks) >>> 0;
  }

  /** The sender's wall clock, in Unix milliseconds, at a time on the clock of `arrivalMs`. */
  ntpMsOnArrivalAt(nowMs: number): number {
    return this.#ntpMs + (nowMs - this.#arrivalMs);
  }

  /** Forgets the report, for a source that starts anew. */
  reset(): void {
    this.#ready = false;
  }
}

import { compactDuration, compactNtp } from './ntp.js';
import type { ReportBlock } from './report-block.js';
import { sequenceDistance } from './sequence.js';
import { timestampDistance } from './timestamp.js';

const CYCLE = 65536;
const MAX_DROPOUT = 3000;
// RFC 3550 appendix A.1 says 100; retransmissions on the same SSRC (OBS) come later than that.
const MAX_MISORDER = 8192;
const MAX_TRANSIT_STEP_SECONDS = 5;

/** Reception statistics of one source (RFC 3550 appendices A.1, A.3 and A.8). */
export class ReceiveStats {
  readonly #clockRate: number;
  #base = -1;
  #highest = -1;
  #suspect = -1;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #restarts = 0;
  #lastTransit = 0;
  #hasTransit = false;
  #jitter = 0;
  #lastSenderReport = 0;
  #senderReportArrivalMs = 0;

  /** The clock rate is in Hz. */
  constructor(clockRate: number) {
    this.#clockRate = clockRate;
  }

  /** Packets received since the source started or last started anew, with duplicates. */
  get received(): number {
    return this.#received;
  }

  /** Packets lost since then; negative when there were more duplicates than losses. */
  get lost(): number {
    return this.#base < 0 ? 0 : this.#highest - this.#base + 1 - this.#received;
  }

  /** Interarrival jitter in timestamp units. */
  get jitter(): number {
    return this.#jitter;
  }

  /** Highest extended sequence number; -1 before the first packet. */
  get highest(): number {
    return this.#highest;
  }

  /** How often the source's numbers jumped so far that it must have started anew. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Counts a packet and returns its extended sequence number (never negative), or -1 for the first after a great jump. */
  receive(sequenceNumber: number, rtpTimestamp: number, arrivalMs: number): number {
    if (this.#highest < 0) return this.#start(CYCLE + sequenceNumber, rtpTimestamp, arrivalMs);
    const distance = sequenceDistance(this.#highest, sequenceNumber);
    if (distance >= MAX_DROPOUT || distance <= -MAX_MISORDER) {
      // RFC 3550 appendix A.1: two sequential packets after a jump mean that the other side restarted.
      if (sequenceNumber !== this.#suspect) {
        this.#suspect = (sequenceNumber + 1) & 0xffff;
        return -1;
      }
      this.#restarts += 1;
      const ahead = this.#highest + ((sequenceNumber - this.#highest) & 0xffff);
      return this.#start(ahead, rtpTimestamp, arrivalMs);
    }
    this.#received += 1;
    const extended = this.#highest + distance;
    if (distance > 0) {
      this.#highest = extended;
      this.#updateJitter(rtpTimestamp, arrivalMs);
    }
    return extended;
  }

  /** Notes a sender report of this source, for the next report block. */
  senderReport(ntpSeconds: number, ntpFraction: number, arrivalMs: number): void {
    this.#lastSenderReport = compactNtp(ntpSeconds, ntpFraction);
    this.#senderReportArrivalMs = arrivalMs;
  }

  /** Report block about the time since the last one; `ssrc` is the source's. */
  reportBlock(ssrc: number, nowMs: number): ReportBlock {
    const expected = this.#base < 0 ? 0 : this.#highest - this.#base + 1;
    const expectedInterval = expected - this.#expectedBefore;
    const lostInterval = expectedInterval - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    return {
      ssrc,
      fractionLost:
        expectedInterval <= 0 || lostInterval <= 0
          ? 0
          : Math.min(255, Math.floor((lostInterval * 256) / expectedInterval)),
      cumulativeLost: Math.max(-0x800000, Math.min(0x7fffff, this.lost)),
      highestSequence: this.#highest < 0 ? 0 : (this.#highest - CYCLE) >>> 0,
      jitter: Math.floor(this.#jitter),
      lastSenderReport: this.#lastSenderReport,
      delaySinceLastSenderReport:
        this.#lastSenderReport === 0 ? 0 : compactDuration(nowMs - this.#senderReportArrivalMs),
    };
  }

  #start(extended: number, rtpTimestamp: number, arrivalMs: number): number {
    this.#base = extended;
    this.#highest = extended;
    this.#suspect = -1;
    this.#received = 1;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
    this.#hasTransit = false;
    this.#updateJitter(rtpTimestamp, arrivalMs);
    return extended;
  }

  #updateJitter(rtpTimestamp: number, arrivalMs: number): void {
    const arrival = Math.round((arrivalMs * this.#clockRate) / 1000);
    const transit = timestampDistance(rtpTimestamp, arrival);
    const step = Math.abs(timestampDistance(this.#lastTransit, transit));
    this.#lastTransit = transit;
    if (!this.#hasTransit) {
      this.#hasTransit = true;
      return;
    }
    if (step > MAX_TRANSIT_STEP_SECONDS * this.#clockRate) return;
    this.#jitter += (step - this.#jitter) / 16;
  }
}

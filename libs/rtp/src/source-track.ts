import { RecentMinimum } from './recent-minimum.js';
import { TimestampUnwrapper, timestampDistance } from './timestamp.js';

const JUMP_MS = 1000;
const STALL_MS = 200;
const PAUSE_MS = 500;
const OLD_REPORT_MS = 10_000;
const SLEW = 0.005;
const SETTLING_SLEW = 0.1;
// A report is late by what its sender was busy with; one that is later than this tells of another relation of the clocks.
const ANOTHER_RELATION_MS = 50;

/** How long a track is brought to its place quickly, for its first packets tend to be late. */
export const SETTLING_MS = 2000;

/** One track of a guest on the guest's timeline. "Media time" is its RTP timestamp in milliseconds. */
export class SourceTrack {
  /** Sender's clock at media time 0 by the promptest report of the last seconds, Unix milliseconds; NaN before the first. */
  senderOriginMs = Number.NaN;

  readonly #ticksPerMs: number;
  readonly #origins = new RecentMinimum();
  readonly #senderOrigins = new RecentMinimum();
  #timestamps = new TimestampUnwrapper();
  #report: { readonly timestamp: number; readonly senderMs: number; readonly cameAtMs: number } | undefined;
  #originMs = Number.NaN;
  #settlesUntilMs = 0;
  #latestMediaMs = 0;
  #latestTimeMs = Number.NEGATIVE_INFINITY;
  #floorMs = Number.NEGATIVE_INFINITY;
  #doubtedAtMs = Number.NaN;
  #fittedAtMs = Number.NEGATIVE_INFINITY;
  #fittedSinceMs = Number.NEGATIVE_INFINITY;

  /** The clock rate is in Hz. */
  constructor(clockRate: number) {
    this.#ticksPerMs = clockRate / 1000;
  }

  /** Arrival minus media time, the least of the last seconds; NaN before the first packet. */
  get leastOriginMs(): number {
    return this.#origins.value;
  }

  /** This clock minus the sender's as its quickest packets tell; NaN before a report and a packet. */
  get delayMs(): number {
    return this.#origins.value - this.senderOriginMs;
  }

  /** Its packets come from another source from now on; times go on where they were. */
  restart(): void {
    this.#timestamps = new TimestampUnwrapper();
    this.#origins.reset();
    this.#report = undefined;
    this.#senderOrigins.reset();
    this.senderOriginMs = Number.NaN;
    this.#originMs = Number.NaN;
    this.#floorMs = this.#latestTimeMs;
    this.#doubtedAtMs = Number.NaN;
    this.#fittedAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Takes a sender report, unless an older one that was overtaken. */
  report(timestamp: number, senderMs: number, nowMs: number): void {
    const before = this.#report;
    if (before !== undefined && senderMs < before.senderMs && nowMs - before.cameAtMs < OLD_REPORT_MS) return;
    this.#report = { timestamp, senderMs, cameAtMs: nowMs };
    if (this.#timestamps.latest >= 0) this.#applyReport();
  }

  /** Media time of an RTP timestamp. */
  mediaMs(timestamp: number): number {
    const isFirst = this.#timestamps.latest < 0;
    const ticks = this.#timestamps.unwrap(timestamp);
    if (isFirst && this.#report !== undefined) this.#applyReport();
    return ticks / this.#ticksPerMs;
  }

  /** Notes an arrival; `isOtherSteady` says that the guest's other track goes on as before, `delayMs` is the guest's. */
  note(mediaMs: number, arrivedAtMs: number, isOtherSteady: boolean, delayMs: number): void {
    const origin = arrivedAtMs - mediaMs;
    const jump = origin - this.#origins.value;
    if (Math.abs(jump) > JUMP_MS) {
      if (this.#isStall(jump, arrivedAtMs, isOtherSteady)) return;
      this.#shift(jump, mediaMs);
      // A report that came before the first packet after the jump tells the new relation already.
      if (!(Math.abs(origin - this.senderOriginMs - delayMs) < JUMP_MS)) this.senderOriginMs += jump;
    }
    this.#doubtedAtMs = Number.NaN;
    if (arrivedAtMs - this.#fittedAtMs > PAUSE_MS) this.#fittedSinceMs = arrivedAtMs;
    this.#fittedAtMs = arrivedAtMs;
    this.#origins.note(origin, arrivedAtMs);
  }

  /** True while packets have come without a pause for a second, and in step with their timestamps. */
  isSteadyAt(nowMs: number): boolean {
    return nowMs - this.#fittedAtMs < PAUSE_MS && nowMs - this.#fittedSinceMs >= JUMP_MS;
  }

  /** Time of a media time, with the track's origin on its way to `targetMs`. */
  place(mediaMs: number, targetMs: number): number {
    if (Number.isNaN(this.#originMs)) {
      this.#originMs = targetMs;
      this.#latestMediaMs = mediaMs;
      this.#settlesUntilMs = mediaMs + SETTLING_MS;
    }
    const slew = mediaMs < this.#settlesUntilMs ? SETTLING_SLEW : SLEW;
    const most = Math.max(0, mediaMs - this.#latestMediaMs) * slew;
    this.#originMs += Math.max(-most, Math.min(most, targetMs - this.#originMs));
    this.#latestMediaMs = Math.max(this.#latestMediaMs, mediaMs);
    const timeMs = Math.max(this.#floorMs, mediaMs + this.#originMs);
    this.#latestTimeMs = Math.max(this.#latestTimeMs, timeMs);
    return timeMs;
  }

  // What the network held back comes all at once, late but in step; a clock that stood still goes on late.
  #isStall(jump: number, arrivedAtMs: number, isOtherSteady: boolean): boolean {
    if (jump < 0 || isOtherSteady) return false;
    if (Number.isNaN(this.#doubtedAtMs)) this.#doubtedAtMs = arrivedAtMs;
    return arrivedAtMs - this.#doubtedAtMs < STALL_MS;
  }

  #shift(jump: number, mediaMs: number): void {
    this.#origins.reset();
    this.#originMs = Math.max(this.#originMs + jump, this.#latestTimeMs + 1 - mediaMs);
    this.#latestMediaMs = mediaMs;
  }

  #applyReport(): void {
    const { timestamp, senderMs, cameAtMs } = this.#report!;
    const { latest } = this.#timestamps;
    const originMs = senderMs - (latest + timestampDistance(latest >>> 0, timestamp)) / this.#ticksPerMs;
    if (Math.abs(originMs - this.senderOriginMs) > ANOTHER_RELATION_MS) this.#senderOrigins.reset();
    this.#senderOrigins.note(originMs, cameAtMs);
    this.senderOriginMs = this.#senderOrigins.value;
  }
}

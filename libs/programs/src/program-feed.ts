import type { ProgramReport } from '@weir/program';
import type { FedPacket, Feed } from '@weir/sfu';

type RtpReport = Extract<ProgramReport, { type: 'rtp' }>;
type ClockReport = Extract<ProgramReport, { type: 'rtp-clock' }>;

const VIDEO_CLOCK_RATE = 90_000;
const FRESH_MS = 400;
const LONGEST_HOLD_MS = 500;

/** A program in real time on its way into a router, while somebody wants it. */
export class ProgramFeed {
  readonly #open: () => Feed;
  #feed: Feed | undefined;
  /** The pictures since the last key frame, which a program tells first, until they have come to the present. */
  #held: FedPacket[] | undefined;
  #openedAtMs = 0;
  #clock: ClockReport | undefined;

  /** `open` puts a feed on air in the router. */
  constructor(open: () => Feed) {
    this.#open = open;
  }

  /** Whether it is wanted. */
  get isOn(): boolean {
    return this.#feed !== undefined;
  }

  /** It is wanted from now on, or no more; idempotent. */
  turn(on: boolean): void {
    if (on === this.isOn) return;
    this.#feed?.close();
    this.#feed = on ? this.#open() : undefined;
    this.#held = on ? [] : undefined;
    this.#openedAtMs = Date.now();
    this.#clock = undefined;
  }

  /** The process that told of the media until now is no more. */
  restarted(): void {
    this.#held = undefined;
    this.#clock = undefined;
  }

  /** Takes media of the program. */
  take({ kind, packets }: RtpReport): void {
    if (this.#held === undefined || kind === 'audio') {
      this.#feed?.push(kind, packets);
      return;
    }
    // All at once they are one group of pictures to start viewers from, one by one they would be shown late for long.
    this.#held.push(...packets);
    if (!this.#isPresent(packets)) return;
    this.#feed?.push(kind, this.#held);
    this.#held = undefined;
  }

  /** Takes the time of a timestamp. */
  tell(report: ClockReport): void {
    const { kind, timestamp, atMs } = report;
    if (kind === 'video') this.#clock = report;
    this.#feed?.clock(kind, timestamp, atMs);
  }

  #isPresent(packets: readonly FedPacket[]): boolean {
    const nowMs = Date.now();
    const last = packets.at(-1);
    if (last === undefined || this.#clock === undefined || nowMs - this.#openedAtMs > LONGEST_HOLD_MS) return true;
    const capturedAtMs = this.#clock.atMs + (((last.timestamp - this.#clock.timestamp) | 0) * 1000) / VIDEO_CLOCK_RATE;
    return nowMs - capturedAtMs < FRESH_MS;
  }
}

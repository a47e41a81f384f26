import { SourceTimeline } from './source-timeline.js';
import type { MediaKind } from './track.js';

/** What is special about a simulated guest; times in milliseconds. */
export interface GuestOptions {
  /** The guest's wall clock minus the server's; default 1234567. */
  readonly skewMs?: number;
  /** How much faster the guest's clock runs; default 0. */
  readonly drift?: number;
  /** How much faster the RTP clock of the sound runs than the guest's wall clock; default 0. */
  readonly audioDrift?: number;
  /** Least time from capture to arrival by kind; default 30 and 80. */
  readonly delayMs?: Readonly<Record<MediaKind, number>>;
  /** Most that comes on top of it; default 20. */
  readonly jitterMs?: number;
  /** When the first report of each kind is sent; default 0. */
  readonly firstReportMs?: Readonly<Record<MediaKind, number>>;
  readonly reportEveryMs?: number;
  /** Most that the clock read for a report is ahead of its timestamp; default 0. */
  readonly reportLateMs?: number;
}

/** One frame of a simulated guest. */
export interface PlacedFrame {
  readonly kind: MediaKind;
  readonly capturedAtMs: number;
  readonly arrivedAtMs: number;
  readonly timeMs: number;
}

interface Arrival {
  readonly kind: MediaKind;
  readonly isReport: boolean;
  readonly capturedAtMs: number;
  readonly arrivedAtMs: number;
}

const RATES = { audio: 48, video: 90 } as const;
const FRAME_MS = { audio: 20, video: 1000 / 30 } as const;
const OFFSETS = { audio: 0xffff_0000, video: 0x1234_5678 } as const;

/** A guest that sends sound and picture over a network with jitter, and a timeline that they are put on. */
export class SimulatedGuest {
  readonly timeline = new SourceTimeline();
  readonly placed: PlacedFrame[] = [];
  readonly #options: GuestOptions;
  readonly #pausedMs = { audio: 0, video: 0 };
  #state = 12_345;

  constructor(options: GuestOptions = {}) {
    this.#options = options;
  }

  /** Sends what is captured between two server times; with `kinds`, only of these. */
  run(fromMs: number, toMs: number, kinds: readonly MediaKind[] = ['audio', 'video'], heldUntilMs = 0): PlacedFrame[] {
    const arrivals = kinds.flatMap((kind) => [
      ...this.#frames(kind, fromMs, toMs),
      ...this.#reports(kind, fromMs, toMs),
    ]);
    const placed: PlacedFrame[] = [];
    const held = arrivals.map((arrival) => ({ ...arrival, arrivedAtMs: Math.max(arrival.arrivedAtMs, heldUntilMs) }));
    for (const { kind, isReport, capturedAtMs, arrivedAtMs } of held.toSorted(
      (a, b) => a.arrivedAtMs - b.arrivedAtMs,
    )) {
      const timestamp = this.timestampAt(kind, capturedAtMs);
      if (isReport) {
        const lateMs = (this.#options.reportLateMs ?? 0) * this.#chance();
        this.timeline.report(kind, timestamp, this.senderMsAt(capturedAtMs) + lateMs, arrivedAtMs);
      } else {
        const timeMs = this.timeline.timeOf(kind, timestamp, arrivedAtMs);
        placed.push({ kind, capturedAtMs, arrivedAtMs, timeMs });
      }
    }
    this.placed.push(...placed);
    return placed;
  }

  /** The RTP clock of a track stands still for so long. */
  freeze(kind: MediaKind, ms: number): void {
    this.#pausedMs[kind] += ms;
  }

  senderMsAt(serverMs: number): number {
    return serverMs * (1 + (this.#options.drift ?? 0)) + (this.#options.skewMs ?? 1_234_567);
  }

  timestampAt(kind: MediaKind, serverMs: number): number {
    const drift = kind === 'audio' ? 1 + (this.#options.audioDrift ?? 0) : 1;
    const ms = (this.senderMsAt(serverMs) - this.senderMsAt(0)) * drift - this.#pausedMs[kind];
    return (OFFSETS[kind] + Math.round(ms * RATES[kind])) >>> 0;
  }

  #frames(kind: MediaKind, fromMs: number, toMs: number): Arrival[] {
    const count = Math.floor((toMs - fromMs) / FRAME_MS[kind]);
    let latestMs = 0;
    return Array.from({ length: count }, (_, index) => {
      const capturedAtMs = fromMs + index * FRAME_MS[kind];
      // A track's packets do not overtake one another: they were put in order before.
      latestMs = Math.max(latestMs, capturedAtMs + this.#delayMs(kind));
      return { kind, isReport: false, capturedAtMs, arrivedAtMs: latestMs };
    });
  }

  #reports(kind: MediaKind, fromMs: number, toMs: number): Arrival[] {
    const everyMs = this.#options.reportEveryMs ?? 5000;
    const reports: Arrival[] = [];
    for (let sentMs = this.#options.firstReportMs?.[kind] ?? 0; sentMs < toMs; sentMs += everyMs) {
      if (sentMs < fromMs) continue;
      reports.push({ kind, isReport: true, capturedAtMs: sentMs, arrivedAtMs: sentMs + this.#delayMs('audio') });
    }
    return reports;
  }

  #delayMs(kind: MediaKind): number {
    const least = (this.#options.delayMs ?? { audio: 30, video: 80 })[kind];
    return least + this.#chance() ** 3 * (this.#options.jitterMs ?? 20);
  }

  #chance(): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state / 2_147_483_647;
  }
}

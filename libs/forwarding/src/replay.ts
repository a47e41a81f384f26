const MARGIN_MS = 40;
const STEP_TICKS = 90;
const CLOCK_PER_MS = 90;

/** How fast a joining viewer is brought up to the present. */
export interface ReplayPace {
  /** Times the stream's own rate. */
  readonly speed: number;
  /** Never slower than this, bits a second. */
  readonly floorBps: number;
}

/**
 * The catching-up of one viewer: the cached group of pictures from its key frame, sent faster than real time, each frame stamped
 * with the time of its sending, so that the receiver's jitter estimate sees a stream without delay.
 */
export class Replay {
  /** Extended source sequence number of the next packet to send. */
  cursor: number;
  /** True once the frame at the cursor is so fresh that it keeps its own timestamp. */
  caughtUp = false;

  readonly #firstSequence: number[] = [];
  readonly #outTimestamp: number[] = [];
  #frameTimestamp = -1;
  #creditBytes = 0;
  #lastMs: number;

  /** `burstBytes` may be sent at once, so that the key frame is there soon. */
  constructor(firstSequence: number, burstBytes: number, nowMs: number) {
    this.cursor = firstSequence;
    this.#creditBytes = burstBytes;
    this.#lastMs = nowMs;
  }

  /** Bytes that may be sent now, given the stream's rate in bits a second. */
  credit(nowMs: number, streamBps: number, pace: ReplayPace): number {
    const bps = Math.max(streamBps * pace.speed, pace.floorBps);
    const earned = ((nowMs - this.#lastMs) * bps) / 8000;
    this.#creditBytes = Math.min(this.#creditBytes + earned, Math.max(this.#creditBytes, bps / 80));
    this.#lastMs = nowMs;
    return this.#creditBytes;
  }

  /** `bytes` were sent. */
  spend(bytes: number): void {
    this.#creditBytes -= bytes;
  }

  /**
   * Outgoing timestamp of the frame that packet `sequence` with source timestamp `timestamp` belongs to.
   * `natural` is what it would have live, `present` what a frame captured now would have, `last` the last one sent or -1.
   */
  stamp(sequence: number, timestamp: number, natural: number, present: number, last: number): number {
    if (timestamp === this.#frameTimestamp) return this.#outTimestamp.at(-1) ?? natural;
    const late = (present - MARGIN_MS * CLOCK_PER_MS) >>> 0;
    const fresh = ahead(natural, late);
    let out = fresh ? natural : late;
    if (last >= 0 && !ahead(out, (last + STEP_TICKS - 1) >>> 0)) out = (last + STEP_TICKS) >>> 0;
    this.caughtUp = out === natural;
    this.#frameTimestamp = timestamp;
    this.#firstSequence.push(sequence);
    this.#outTimestamp.push(out);
    return out;
  }

  /** The timestamp that packet `sequence` was sent with; -1 when it was not part of the replay. */
  timestampOf(sequence: number): number {
    if (sequence >= this.cursor) return -1;
    for (let frame = this.#firstSequence.length - 1; frame >= 0; frame--) {
      if (sequence >= this.#firstSequence[frame]!) return this.#outTimestamp[frame]!;
    }
    return -1;
  }
}

function ahead(a: number, b: number): boolean {
  return ((a - b) | 0) > 0;
}

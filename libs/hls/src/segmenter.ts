import { type Sample, writePart } from '@weir/cmaf';
import { GridBoundaries } from './grid-boundaries.js';
import { KeyFrameBoundaries } from './key-frame-boundaries.js';
import type { Part, SegmentProfile } from './part.js';
import { FIRST_RUN, type RunStart } from './run-start.js';
import type { SegmentBoundaries } from './segment-boundaries.js';
import { checkProfile, partTargetSeconds, targetDurationSeconds } from './segment-profile.js';
import { ToldBoundaries } from './told-boundaries.js';

const TOLERANCE_SECONDS = 0.0005;
const SHORTEST_SEGMENT = 0.5;
/** EXTINF is compared with the target duration after rounding (rfc8216bis, section 4.4.3.1); the rest is for a packet across the cut. */
const ROUNDED_AWAY_SECONDS = 0.4;
/** Shortest part that is not the last of its segment, of the target (rfc8216bis, section 4.4.4.9). */
const SHORTEST_PART = 0.85;

/** How one track is cut. */
export interface SegmenterOptions {
  readonly track: string;
  readonly kind: 'video' | 'audio';
  /** Ticks a second of the samples' times. */
  readonly timescale: number;
  readonly profile: SegmentProfile;
  /** `fixed`: segments of the profile's length. `given`: video's key frames decide, and audio is told by `cutAt`. */
  readonly boundaries: 'fixed' | 'given';
  /** With `fixed`: length of a run's first segment; default that of the profile. */
  readonly firstSegmentSeconds?: number;
  /** With `given` no segment is longer, when rounded; default that of the profile. */
  readonly targetDurationSeconds?: number;
  /** Default: the first run, at zero. */
  readonly resume?: RunStart;
  /** Told, in video with `given` boundaries, the program time at which each segment begins. */
  readonly onSegment?: (seconds: number) => void;
}

/** Makes parts and segments of the samples of one track; the same samples make the same parts. */
export class Segmenter {
  readonly #options: SegmenterOptions;
  readonly #onPart: (part: Part) => void;
  readonly #targetTicks: number;
  #start: RunStart;
  #offsetTicks: number;
  #boundaries: SegmentBoundaries;
  #segment: number;
  #index = 0;
  #isClosed = true;
  #sequenceNumber = 0;
  #pending: Sample[] = [];
  #pendingTicks = 0;

  /** Throws `ProfileInvalid`. */
  constructor(options: SegmenterOptions, onPart: (part: Part) => void) {
    checkProfile(options.profile);
    this.#options = options;
    this.#onPart = onPart;
    this.#targetTicks = Math.floor(partTargetSeconds(options.profile) * options.timescale + 1e-6);
    this.#start = options.resume ?? FIRST_RUN;
    this.#offsetTicks = this.#ticks(this.#start.offsetSeconds ?? 0);
    this.#boundaries = this.#newBoundaries();
    this.#segment = this.#start.segment - 1;
  }

  /** Media sequence number of the segment that the newest sample belongs to; one less than the run's first before there is any. */
  get segment(): number {
    return this.#segment;
  }

  /** Takes the next sample in decoding order; tells every part that it completes. */
  push(sample: Sample): void {
    const ticks = sample.decodeTime - this.#offsetTicks;
    const durationTicks = Math.min(sample.duration, this.#targetTicks);
    const known = this.#boundaries.segmentOf(ticks, durationTicks, sample.isKey);
    if (known === undefined) return;
    const segment = Math.max(known, this.#isClosed ? this.#segment + 1 : this.#segment);
    if (segment !== this.#segment) this.#begin(segment);
    else if (this.#ticksWith(sample) > this.#targetTicks) this.#closePart(false);
    this.#pendingTicks = this.#ticksWith(sample);
    this.#pending.push(sample);

    const endTicks = ticks + sample.duration;
    if (this.#boundaries.isOver(endTicks)) {
      this.#closePart(true);
      this.#isClosed = true;
    } else if (this.#isFull(sample.duration) && !this.#boundaries.mayBeOver(endTicks)) this.#closePart(false);
  }

  /** With `given` boundaries: a segment begins at this program time; must be told before samples of that time are pushed. */
  cutAt(seconds: number): void {
    if (this.#boundaries instanceof ToldBoundaries) this.#boundaries.cutAt(this.#ticks(seconds));
  }

  /** With `given` boundaries in video: no sample comes before this program time, so that segments do not become too long. */
  advance(seconds: number): void {
    if (this.#boundaries instanceof KeyFrameBoundaries) this.#boundaries.advance(this.#ticks(seconds));
  }

  /** Ends the segment and goes on after a discontinuity: samples are those of another encoder. */
  nextRun(start: RunStart): void {
    this.flush();
    this.#start = start;
    this.#offsetTicks = this.#ticks(start.offsetSeconds ?? 0);
    this.#boundaries = this.#newBoundaries();
    this.#segment = start.segment - 1;
  }

  /** Ends the segment with the samples that there are. */
  flush(): void {
    this.#closePart(true);
    this.#isClosed = true;
  }

  #begin(segment: number): void {
    if (!this.#isClosed) this.#closePart(true);
    this.#segment = segment;
    this.#index = 0;
    this.#isClosed = false;
  }

  #ticksWith(sample: Sample): number {
    const first = this.#pending[0] ?? sample;
    return sample.decodeTime + sample.duration - first.decodeTime;
  }

  #isFull(durationTicks: number): boolean {
    return (
      this.#pendingTicks + durationTicks > this.#targetTicks && this.#pendingTicks >= SHORTEST_PART * this.#targetTicks
    );
  }

  #closePart(endsSegment: boolean): void {
    const [first] = this.#pending;
    if (first === undefined) return;
    const { track, kind, timescale } = this.#options;
    this.#sequenceNumber += 1;
    const part: Part = {
      track,
      run: this.#start.run,
      segment: this.#segment,
      index: this.#index,
      startSeconds: (first.decodeTime - this.#offsetTicks) / timescale,
      // one sample alone may be longer, as before a hole, but no part may say so (rfc8216bis, section 4.4.4.9)
      durationSeconds: Math.min(this.#pendingTicks, this.#targetTicks) / timescale,
      independent: kind === 'audio' || first.isKey,
      endsSegment,
      bytes: writePart(this.#sequenceNumber, this.#pending),
    };
    this.#index += 1;
    this.#pending = [];
    this.#pendingTicks = 0;
    this.#onPart(part);
  }

  #newBoundaries(): SegmentBoundaries {
    const { kind, boundaries, profile, timescale, onSegment, firstSegmentSeconds } = this.#options;
    const toleranceTicks = TOLERANCE_SECONDS * timescale;
    const firstSegment = this.#start.segment;
    const startTicks = this.#ticks(this.#start.seconds);
    const lengthTicks = profile.segmentSeconds * timescale;
    const isVideo = kind === 'video';
    if (boundaries === 'fixed') {
      const firstLengthTicks = this.#ticks(firstSegmentSeconds ?? profile.segmentSeconds);
      const grid = { startTicks, firstLengthTicks, lengthTicks, toleranceTicks, firstSegment, isVideo };
      return new GridBoundaries(grid);
    }
    if (!isVideo) return new ToldBoundaries(firstSegment, toleranceTicks);
    const longestSeconds = this.#options.targetDurationSeconds ?? targetDurationSeconds(profile);
    const longestTicks = (longestSeconds + ROUNDED_AWAY_SECONDS) * timescale;
    return new KeyFrameBoundaries(
      { startTicks, firstSegment, toleranceTicks, shortestTicks: SHORTEST_SEGMENT * lengthTicks, longestTicks },
      (ticks) => onSegment?.(ticks / timescale),
    );
  }

  #ticks(seconds: number): number {
    return Math.round(seconds * this.#options.timescale);
  }
}

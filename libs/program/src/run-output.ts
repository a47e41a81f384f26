import type { Sample, TrackInit } from '@weir/cmaf';
import { FRAGMENT_OFFSET_SECONDS } from '@weir/ffmpeg';
import { Packager, type SegmentProfile } from '@weir/hls';
import type { ProgramReport } from './program-protocol.js';
import { SegmentGate } from './segment-gate.js';

/** Where a run begins, by its numbers. */
export interface RunPosition {
  readonly run: number;
  /** Media sequence number. */
  readonly segment: number;
}

/** A track that a run will have. */
export interface PlannedTrack {
  readonly name: string;
  readonly bitrateBps: number;
  /** Pictures a second; 0 for audio. */
  readonly frameRate: number;
}

/** One run, from what an encoder gives to what the program reports. */
export interface RunOutputOptions {
  readonly position: RunPosition;
  /** Program time at which it begins, seconds. */
  readonly startSeconds: number;
  /** In the order in which they are told. */
  readonly tracks: readonly PlannedTrack[];
  readonly profile: SegmentProfile;
  /** `given`: segments begin with the key frames that come. */
  readonly boundaries: 'fixed' | 'given';
  /** With `fixed`: length of its first segment. */
  readonly firstSegmentSeconds?: number;
  readonly report: (report: ProgramReport) => void;
}

/** Makes the tracks and parts of one run; times of samples are program time and `FRAGMENT_OFFSET_SECONDS`. */
export class RunOutput {
  readonly #options: RunOutputOptions;
  readonly #packager: Packager;
  readonly #gate: SegmentGate;
  readonly #inits = new Map<string, TrackInit>();
  /** What came before all tracks were known. */
  readonly #waiting: [string, Sample][] = [];
  #isTold = false;
  #endSeconds: number;

  constructor(options: RunOutputOptions) {
    const { position, startSeconds, profile, boundaries, firstSegmentSeconds, tracks, report } = options;
    this.#options = options;
    this.#endSeconds = startSeconds;
    this.#gate = new SegmentGate(
      tracks.map(({ name }) => name),
      position.segment,
      (part) => {
        this.#endSeconds = Math.max(this.#endSeconds, part.startSeconds + part.durationSeconds);
        this.#tellTracks();
        report({ type: 'part', part });
      },
    );
    this.#packager = new Packager(
      {
        profile,
        boundaries,
        ...(firstSegmentSeconds !== undefined && { firstSegmentSeconds }),
        resume: { ...position, seconds: startSeconds, offsetSeconds: FRAGMENT_OFFSET_SECONDS },
      },
      (part) => this.#gate.push(part),
    );
  }

  /** Where its last part ended, seconds of program time. */
  get endSeconds(): number {
    return this.#endSeconds;
  }

  /** What a track is, before its first sample. */
  init(name: string, init: TrackInit): void {
    this.#inits.set(name, init);
    this.#packager.open({ name, kind: init.kind, timescale: init.timescale });
    if (!this.#isComplete) return;
    for (const [track, sample] of this.#waiting.splice(0)) this.#packager.push(track, sample);
  }

  /** The next sample of a track. */
  sample(name: string, sample: Sample): void {
    // A track that is opened later would not have the segments of before.
    if (this.#isComplete) this.#packager.push(name, sample);
    else this.#waiting.push([name, sample]);
  }

  /** With `given` boundaries: no picture comes before this program time. */
  advance(seconds: number): void {
    if (this.#isComplete) this.#packager.advance(seconds);
  }

  /** Ends it with the samples that there are; returns where the next run begins. */
  finish(): RunPosition {
    this.#packager.flush();
    const { run, segment } = this.#options.position;
    return { run: this.#isTold ? run + 1 : run, segment: Math.max(segment, this.#gate.newestSegment + 1) };
  }

  get #isComplete(): boolean {
    return this.#inits.size === this.#options.tracks.length;
  }

  #tellTracks(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    const { tracks, position, report } = this.#options;
    for (const { name, bitrateBps, frameRate } of tracks) {
      const init = this.#inits.get(name);
      if (init !== undefined)
        report({ type: 'track', track: { name, run: position.run, init, bitrateBps, frameRate } });
    }
  }
}

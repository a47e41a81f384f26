import type { Sample } from '@weir/cmaf';
import type { Part, SegmentProfile } from './part.js';
import { FIRST_RUN, type RunStart } from './run-start.js';
import { Segmenter } from './segmenter.js';

/** A track as it is in one run. */
export interface PackagedTrack {
  readonly name: string;
  readonly kind: 'video' | 'audio';
  /** Ticks a second of the samples' times. */
  readonly timescale: number;
}

/** How a program is cut. */
export interface PackagerOptions {
  readonly profile: SegmentProfile;
  /** `fixed`: segments of the profile's length. `given`: the key frames of the one video track decide, for passthrough. */
  readonly boundaries: 'fixed' | 'given';
  /** With `fixed`: length of a run's first segment, so that players need not wait for a long one; default that of the profile. */
  readonly firstSegmentSeconds?: number;
  /** With `given` no segment is longer, when rounded; default that of the profile. */
  readonly targetDurationSeconds?: number;
  /** Default: the first run, at zero. */
  readonly resume?: RunStart;
}

interface OpenTrack extends PackagedTrack {
  readonly segmenter: Segmenter;
  /** Audio that video has not passed yet. */
  readonly held: Sample[];
}

/** A track that was not opened in this run, or that was closed. */
export class TrackNotOpen extends Error {
  override readonly name = 'TrackNotOpen';

  constructor(track: string) {
    super(`The track "${track}" is not open in this run`);
  }
}

/** Makes parts of the samples of all tracks of a program, so that a segment's number means the same time in every track. */
export class Packager {
  readonly #options: PackagerOptions;
  readonly #onPart: (part: Part) => void;
  readonly #tracks = new Map<string, OpenTrack>();
  #start: RunStart;
  #lastSegment: number;
  /** With `given`: where video's newest segment begins, and its number. */
  #cut: { readonly seconds: number; readonly segment: number } | undefined;
  #videoSeconds = -Infinity;

  constructor(options: PackagerOptions, onPart: (part: Part) => void) {
    this.#options = options;
    this.#onPart = onPart;
    this.#start = options.resume ?? FIRST_RUN;
    this.#lastSegment = this.#start.segment - 1;
  }

  /** Where the present run began. */
  get run(): RunStart {
    return this.#start;
  }

  /** Adds a track of this run, as soon as its timescale is known; throws `ProfileInvalid`. */
  open(track: PackagedTrack): void {
    const { profile, boundaries, targetDurationSeconds, firstSegmentSeconds } = this.#options;
    const isGuided = boundaries === 'given' && track.kind === 'audio';
    const segment = isGuided && this.#cut ? this.#cut.segment : this.#start.segment;
    const segmenter = new Segmenter(
      {
        track: track.name,
        kind: track.kind,
        timescale: track.timescale,
        profile,
        boundaries,
        ...(firstSegmentSeconds !== undefined && { firstSegmentSeconds }),
        ...(targetDurationSeconds !== undefined && { targetDurationSeconds }),
        resume: { ...this.#start, segment },
        onSegment: (seconds) => this.#cutAt(seconds),
      },
      this.#onPart,
    );
    if (isGuided && this.#cut) segmenter.cutAt(this.#cut.seconds);
    this.#tracks.set(track.name, { ...track, segmenter, held: [] });
  }

  /** Takes a track's next sample in decoding order; throws `TrackNotOpen`. */
  push(name: string, sample: Sample): void {
    const track = this.#tracks.get(name);
    if (track === undefined) throw new TrackNotOpen(name);
    if (this.#options.boundaries === 'fixed') {
      track.segmenter.push(sample);
    } else if (track.kind === 'audio') {
      track.held.push(sample);
      this.#release(track);
    } else {
      track.segmenter.push(sample);
      this.#pass(this.#secondsOf(track, sample.decodeTime + sample.duration));
    }
  }

  /** With `given`: no video comes before this program time, so that audio need not wait for it. */
  advance(seconds: number): void {
    for (const track of this.#tracks.values()) {
      if (track.kind === 'video') track.segmenter.advance(seconds);
    }
    this.#pass(seconds);
  }

  /** Ends a track's segment and takes no more of it; idempotent. */
  close(name: string): void {
    const track = this.#tracks.get(name);
    if (track === undefined) return;
    this.#finish(track);
    this.#tracks.delete(name);
  }

  /** Ends the segment in all tracks and closes them; what is opened next begins, after a discontinuity, at the same number in all. */
  nextRun(seconds: number, offsetSeconds = this.#start.offsetSeconds ?? 0): RunStart {
    this.flush();
    this.#start = { run: this.#start.run + 1, segment: this.#lastSegment + 1, seconds, offsetSeconds };
    this.#cut = undefined;
    this.#videoSeconds = -Infinity;
    return this.#start;
  }

  /** Ends the segment in all tracks, and closes them, with the samples that there are. */
  flush(): void {
    for (const name of this.#tracks.keys()) this.close(name);
  }

  #cutAt(seconds: number): void {
    this.#cut = { seconds, segment: this.#cut ? this.#cut.segment + 1 : this.#start.segment };
    for (const track of this.#tracks.values()) track.segmenter.cutAt(seconds);
  }

  #pass(seconds: number): void {
    this.#videoSeconds = Math.max(this.#videoSeconds, seconds);
    for (const track of this.#tracks.values()) this.#release(track);
  }

  /** A frame is let go when video is known beyond its end, so that it is known too whether it is its segment's last. */
  #release(track: OpenTrack): void {
    const { segmenter, held } = track;
    let count = 0;
    for (const sample of held) {
      if (this.#secondsOf(track, sample.decodeTime + sample.duration) >= this.#videoSeconds) break;
      segmenter.push(sample);
      count += 1;
    }
    if (count > 0) held.splice(0, count);
  }

  #finish(track: OpenTrack): void {
    for (const sample of track.held) track.segmenter.push(sample);
    track.segmenter.flush();
    this.#lastSegment = Math.max(this.#lastSegment, track.segmenter.segment);
  }

  #secondsOf(track: OpenTrack, time: number): number {
    return time / track.timescale - (this.#start.offsetSeconds ?? 0);
  }
}

import { opusInit, type TrackInit, videoInit } from '@weir/cmaf';
import { Packager, type Part } from '@weir/hls';
import type { ProgramState, ProgramTrack } from '@weir/program';
import type { LiveProgram, ProgramListener } from '@weir/programs';

const profile = { partSeconds: 0.333, segmentSeconds: 2, holdBackSeconds: 1 };
const pps = Buffer.from('68ef0fcb', 'hex');
const sps: Readonly<Record<string, Buffer>> = {
  '720p': Buffer.from('6764001facb402802dd80880000003008000001e478c1950', 'hex'),
  '360p': Buffer.from('6764001eacb405017fcb8088000003000800000301e478b175', 'hex'),
};

/** A program whose media the test hands on. */
export class FakeProgram implements LiveProgram {
  readonly channel = 'demo';
  readonly epoch = 'abc';
  readonly startedAtMs = 1_700_000_000_000;
  readonly originMs = 1_700_000_000_500;
  readonly profile = profile;
  readonly state: ProgramState = { mode: 'program', isOnSlate: false, droppedRungs: [] };
  poster: Uint8Array | undefined;
  isolatedTo: (string | undefined)[] = [];
  readonly #listeners: ProgramListener[] = [];

  listen(listener: ProgramListener): void {
    this.#listeners.push(listener);
  }

  isolate(directory: string | undefined): void {
    this.isolatedTo.push(directory);
  }

  track(track: ProgramTrack): void {
    for (const listener of this.#listeners) listener.track(track);
  }

  trackEnded(name: string): void {
    for (const listener of this.#listeners) listener.trackEnded(name);
  }

  parts(parts: readonly Part[]): void {
    for (const part of parts) for (const listener of this.#listeners) listener.part(part);
  }

  image(name: string, file: Uint8Array): void {
    for (const listener of this.#listeners) listener.image?.(name, file);
  }

  end(): void {
    for (const listener of this.#listeners) listener.ended();
  }
}

/** A track with the initialisation segment of its kind. */
export function trackOf(name: string, run = 0): ProgramTrack {
  const init: TrackInit =
    name === 'audio'
      ? opusInit({ channels: 2, preSkip: 0, timescale: 48_000 })
      : videoInit({ sps: sps[name] ?? pps, pps, timescale: 90_000 });
  const isVideo = init.kind === 'video';
  return { name, run, init, bitrateBps: isVideo ? 200_000 : 64_000, frameRate: isVideo ? 30 : 0 };
}

/** What parts are made of. */
export interface Media {
  readonly seconds: number;
  readonly tracks?: readonly string[];
  readonly run?: number;
  /** First segment, whose program time is twice as many seconds. */
  readonly segment?: number;
  /** What times in fragments are later than program time. */
  readonly offsetSeconds?: number;
}

/** Parts of all tracks in the order of their time, with samples that no decoder would know but that have times, keys and sizes. */
export function partsOf({
  seconds,
  tracks = ['720p', 'audio'],
  run = 0,
  segment = 0,
  offsetSeconds = 10,
}: Media): Part[] {
  const parts: Part[] = [];
  const start = segment * profile.segmentSeconds;
  const resume = { run, segment, seconds: start, offsetSeconds };
  const packager = new Packager({ profile, boundaries: 'fixed', resume }, (part) => parts.push(part));
  for (const name of tracks) {
    const { init } = trackOf(name);
    packager.open({ name, kind: init.kind, timescale: init.timescale });
    const duration = init.kind === 'video' ? 3000 : 960;
    const count = Math.round((seconds * init.timescale) / duration);
    const first = Math.round((start + offsetSeconds) * init.timescale);
    for (let index = 0; index < count; index += 1) {
      const isKey = init.kind === 'audio' || index % 60 === 0;
      const data = Buffer.alloc(isKey && init.kind === 'video' ? 900 : 120, `${name}${index}`);
      packager.push(name, { decodeTime: first + index * duration, duration, compositionOffset: 0, isKey, data });
    }
  }
  packager.flush();
  return parts.sort(
    (one, other) => one.startSeconds + one.durationSeconds - other.startSeconds - other.durationSeconds,
  );
}

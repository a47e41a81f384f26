import { parameterSets, type TrackInit, unitsToLengths, videoInit } from '@weir/cmaf';
import { FRAGMENT_OFFSET_SECONDS, LADDER_AUDIO } from '@weir/ffmpeg';
import type { SegmentProfile } from '@weir/hls';
import type { CpuMeter } from './cpu-meter.js';
import { AUDIO_BITRATE_BPS } from './encoder-run.js';
import type { GuestFrame } from './guest-media.js';
import { OpusLine } from './opus-line.js';
import type { ProgramReport } from './program-protocol.js';
import { PICTURE_RATE, type RealTimeOutput } from './real-time-output.js';
import { RunOutput, type RunPosition } from './run-output.js';
import { AacPath, OpusPath, type SoundPath } from './sound-path.js';

/** Name of the track that is the publisher's own video. */
export const SOURCE_TRACK = 'source';

/** One run of video as the publisher sends it. */
export interface PassthroughRunOptions {
  readonly position: RunPosition;
  /** With it sound becomes AAC, without it stays Opus. */
  readonly ffmpegPath: string | undefined;
  readonly profile: SegmentProfile;
  /** The key frame that it begins with. */
  readonly first: GuestFrame;
  readonly bitrateBps: number;
  readonly frameRate: number;
  readonly cpu: CpuMeter;
  readonly report: (report: ProgramReport) => void;
  /** Takes everything at once too. */
  readonly realTime: RealTimeOutput;
  /** It cannot go on. */
  readonly onFailure: (why: string) => void;
}

const TIMESCALE = 90_000;
const LATEST_SOUND_MS = 400;
const LATEST_VIDEO_MS = 1000;

/** The avc1 track of a key frame; undefined when its parameter sets are missing or malformed. */
export function sourceInit(frame: GuestFrame): TrackInit | undefined {
  const { sps, pps } = parameterSets(frame.units);
  if (sps === undefined || pps.length === 0) return undefined;
  try {
    return videoInit({ sps, pps, timescale: TIMESCALE });
  } catch {
    return undefined;
  }
}

/** Packs a publisher's H.264 and its sound as one run of the program. */
export class PassthroughRun {
  readonly #output: RunOutput;
  readonly #line: OpusLine;
  readonly #realTime: RealTimeOutput;
  readonly #sound: SoundPath;
  readonly #startMs: number;
  readonly #usualTicks: number;
  #pending: { readonly frame: GuestFrame; readonly ticks: number } | undefined;
  #endMs: number;
  #isOver = false;

  /** `init` is that of the first frame. */
  constructor(options: PassthroughRunOptions, init: TrackInit) {
    const { position, ffmpegPath, profile, first, bitrateBps, frameRate, cpu, report, onFailure } = options;
    const startSeconds = first.timeMs / 1000;
    this.#realTime = options.realTime;
    this.#startMs = first.timeMs;
    this.#endMs = first.timeMs;
    this.#usualTicks = Math.round(TIMESCALE / Math.max(1, frameRate));
    const output = new RunOutput({
      position,
      startSeconds,
      tracks: [
        { name: SOURCE_TRACK, bitrateBps, frameRate },
        { name: LADDER_AUDIO, bitrateBps: AUDIO_BITRATE_BPS, frameRate: 0 },
      ],
      profile,
      boundaries: 'given',
      report,
    });
    this.#output = output;
    output.init(SOURCE_TRACK, init);
    this.#sound =
      ffmpegPath === undefined
        ? new OpusPath(output)
        : new AacPath({ ffmpegPath, startSeconds, bitrateBps: AUDIO_BITRATE_BPS, output, cpu, onFailure });
    this.#line = new OpusLine(startSeconds, (packet) => {
      this.#realTime.sound([packet], 0);
      this.#sound.packet(packet);
    });
  }

  /** Program time up to which it has taken video, seconds. */
  get endSeconds(): number {
    return this.#endMs / 1000;
  }

  /** The next frame of either track. */
  frame(frame: GuestFrame): void {
    if (this.#isOver) return;
    if (frame.kind === 'video') this.#video(frame);
    else if (frame.timeMs >= this.#startMs) this.#line.push(frame.timeMs, frame.units[0]!);
  }

  /** Time passes, also when nobody sends; program milliseconds. */
  advance(nowMs: number): void {
    if (this.#isOver) return;
    this.#line.fill(nowMs - LATEST_SOUND_MS);
    const latestMs = nowMs - LATEST_VIDEO_MS;
    if (latestMs > this.#endMs) this.#output.advance(latestMs / 1000);
  }

  /** Ends it with what there is; resolves where the next run begins. */
  async finish(): Promise<RunPosition> {
    this.#isOver = true;
    if (this.#pending !== undefined) this.#put(this.#pending, this.#usualTicks);
    this.#pending = undefined;
    await this.#sound.end();
    return this.#output.finish();
  }

  #video(frame: GuestFrame): void {
    const at = Math.round((frame.timeMs * PICTURE_RATE) / 1000);
    this.#realTime.picture({ at, isKey: frame.isKey, units: frame.units });
    const wanted = Math.round((frame.timeMs / 1000 + FRAGMENT_OFFSET_SECONDS) * TIMESCALE);
    const before = this.#pending;
    const ticks = before === undefined ? wanted : Math.max(wanted, before.ticks + 1);
    if (before !== undefined) this.#put(before, ticks - before.ticks);
    this.#pending = { frame, ticks };
    this.#endMs = Math.max(this.#endMs, frame.timeMs);
  }

  #put({ frame, ticks }: { readonly frame: GuestFrame; readonly ticks: number }, duration: number): void {
    this.#output.sample(SOURCE_TRACK, {
      decodeTime: ticks,
      duration,
      compositionOffset: 0,
      isKey: frame.isKey,
      data: unitsToLengths(frame.units),
    });
  }
}

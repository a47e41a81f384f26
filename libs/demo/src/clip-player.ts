import type { AccessUnit } from './annex-b.js';
import { CLIP_AUDIO_FRAME_MS, CLIP_FRAME_RATE, type Clip } from './clip.js';

const VIDEO_TICKS = 90_000 / CLIP_FRAME_RATE;
const AUDIO_TICKS = (48_000 * CLIP_AUDIO_FRAME_MS) / 1000;

/** Takes the frames of a clip as they become due. */
export interface ClipSink {
  /** `rtpTimestamp` counts from 0 at 90 kHz and is not wrapped. */
  video(unit: AccessUnit, rtpTimestamp: number): void;
  /** `rtpTimestamp` counts from 0 at 48 kHz and is not wrapped. */
  audio(packet: Uint8Array, rtpTimestamp: number): void;
}

/** Plays a clip over and over in the order of time; timestamps rise for ever. */
export class ClipPlayer {
  readonly #clip: Clip;
  readonly #sink: ClipSink;
  #videoFrames = 0;
  #audioFrames = 0;

  constructor(clip: Clip, sink: ClipSink) {
    this.#clip = clip;
    this.#sink = sink;
  }

  /** Hands over all frames due `elapsedMs` after the start; returns when the next one is due, in the same milliseconds. */
  advance(elapsedMs: number): number {
    while (Math.min(this.#videoDueMs, this.#audioDueMs) <= elapsedMs) {
      if (this.#videoDueMs <= this.#audioDueMs) this.#playVideo();
      else this.#playAudio();
    }
    return Math.min(this.#videoDueMs, this.#audioDueMs);
  }

  get #videoDueMs(): number {
    return (this.#videoFrames * 1000) / CLIP_FRAME_RATE;
  }

  get #audioDueMs(): number {
    return this.#audioFrames * CLIP_AUDIO_FRAME_MS;
  }

  #playVideo(): void {
    const unit = this.#clip.video[this.#videoFrames % this.#clip.video.length];
    if (unit) this.#sink.video(unit, this.#videoFrames * VIDEO_TICKS);
    this.#videoFrames += 1;
  }

  #playAudio(): void {
    const packet = this.#clip.audio[this.#audioFrames % this.#clip.audio.length];
    if (packet) this.#sink.audio(packet, this.#audioFrames * AUDIO_TICKS);
    this.#audioFrames += 1;
  }
}

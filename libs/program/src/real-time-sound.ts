import { OPUS_DELAY_SAMPLES, OPUS_PACKET_SAMPLES, OpusEncoder } from '@weir/ffmpeg';
import type { CpuMeter } from './cpu-meter.js';
import { type RealTimeOutput, SOUND_RATE } from './real-time-output.js';
import { RestartPause } from './restart-pause.js';

/** What real-time sound works with. */
export interface RealTimeSoundOptions {
  readonly ffmpegPath: string;
  readonly frameRate: number;
  readonly output: RealTimeOutput;
  readonly cpu: CpuMeter;
  /** Milliseconds of a clock that never steps. */
  readonly nowMs: () => number;
  readonly log: (message: string) => void;
}

/** The program's sound as Opus, encoded only while somebody wants it. */
export class RealTimeSound {
  readonly #options: RealTimeSoundOptions;
  readonly #pause = new RestartPause();
  #encoder: OpusEncoder | undefined;
  #mayStartMs = Number.NEGATIVE_INFINITY;
  #nextTick = 0;
  /** Packets of one turn of the event loop go together. */
  #waiting: { readonly atSamples: number; readonly data: Uint8Array }[] = [];

  constructor(options: RealTimeSoundOptions) {
    this.#options = options;
  }

  /** The sound of a tick; one that does not follow the last begins anew. */
  write(tick: number, samples: Float32Array): void {
    const { output } = this.#options;
    if (!output.isOn || tick !== this.#nextTick) this.#end();
    this.#nextTick = tick + 1;
    if (!output.isOn) return;
    this.#encoder ??= this.#start(tick);
    // One that stands still is too late when it goes on.
    if (this.#encoder?.encode(samples) === false) this.#end();
  }

  /** Idempotent. */
  close(): void {
    this.#end();
  }

  #end(): void {
    void this.#encoder?.kill();
    this.#encoder = undefined;
    this.#waiting = [];
  }

  #start(tick: number): OpusEncoder | undefined {
    const { ffmpegPath, frameRate, cpu, nowMs, log } = this.#options;
    if (nowMs() < this.#mayStartMs) return undefined;
    let atSamples = Math.round((tick * SOUND_RATE) / frameRate);
    const encoder: OpusEncoder = new OpusEncoder({
      ffmpegPath,
      onPacket: (data) => {
        if (encoder === this.#encoder) this.#take(atSamples, data);
        atSamples += OPUS_PACKET_SAMPLES;
      },
    });
    this.#pause.started(nowMs());
    cpu.add(encoder);
    log(`encoder of real-time sound started, ffmpeg ${encoder.pid ?? 'missing'}`);
    void this.#watch(encoder);
    return encoder;
  }

  #take(atSamples: number, data: Uint8Array): void {
    if (this.#waiting.length === 0) queueMicrotask(() => this.#tell());
    this.#waiting.push({ atSamples, data });
  }

  #tell(): void {
    this.#options.output.sound(this.#waiting, OPUS_DELAY_SAMPLES);
    this.#waiting = [];
  }

  async #watch(encoder: OpusEncoder): Promise<void> {
    const { cpu, nowMs, log } = this.#options;
    const failed = await encoder.exited;
    cpu.remove(encoder);
    if (encoder !== this.#encoder) return;
    this.#end();
    this.#mayStartMs = nowMs() + this.#pause.died(nowMs());
    log(`encoder of real-time sound lost: ${failed?.message ?? 'it ended by itself'}`);
  }
}

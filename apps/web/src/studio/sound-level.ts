const SILENT_BELOW = 0.01;
const SILENT_AFTER_MS = 5000;
const CLIPPING_FROM = 0.98;

/** Measures a microphone's loudness for a meter; the track itself stays untouched. */
export class SoundLevel {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #source: MediaStreamAudioSourceNode;
  readonly #samples = new Float32Array(1024);
  #heardMs = performance.now();

  constructor(track: MediaStreamTrack) {
    this.#analyser.fftSize = this.#samples.length;
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
    void this.#context.resume();
  }

  /** Peak of the last 20 ms, from 0 to 1, and what it means. */
  read(nowMs: number): { level: number; silent: boolean; clipping: boolean } {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    for (const sample of this.#samples) peak = Math.max(peak, Math.abs(sample));
    if (peak >= SILENT_BELOW || this.#context.state !== 'running') this.#heardMs = nowMs;
    return {
      level: meterPosition(peak),
      silent: nowMs - this.#heardMs > SILENT_AFTER_MS,
      clipping: peak >= CLIPPING_FROM,
    };
  }

  /** Frees the audio graph; idempotent. */
  close(): void {
    if (this.#context.state === 'closed') return;
    this.#source.disconnect();
    void this.#context.close();
  }
}

/** Where a peak stands on a meter that runs from -54 dB (0) to full scale (1). */
export function meterPosition(peak: number): number {
  return peak <= 0 ? 0 : Math.min(1, Math.max(0, 1 + (20 * Math.log10(peak)) / 54));
}

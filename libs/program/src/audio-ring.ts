const SAMPLES_PER_MS = 48;
/** More than five seconds; a power of two. */
const CAPACITY = 1 << 18;
const JUMP = 60 * SAMPLES_PER_MS;
const FAR = 50 * SAMPLES_PER_MS;
const CORRECTED_ABOVE = 3 * SAMPLES_PER_MS;
const CORRECTED_BELOW = SAMPLES_PER_MS / 2;
const MOST_DRIFT_CORRECTION = 0.003;
const MOST_CORRECTION = 0.008;
const FAR_OFF = 10 * SAMPLES_PER_MS;
const FADE = 96;
const DRIFT_SHARE = 0.05;

/**
 * Stereo sound of one guest by its time: written in blocks, read as an unbroken line. Where the clocks drift apart it is
 * read up to 0.3 % faster or slower, so that its place is kept within 10 ms; a reader that slews faster is followed with up to 0.8 %. What is
 * missing is silence.
 */
export class AudioRing {
  readonly #samples = new Float32Array(2 * CAPACITY);
  #baseMs: number | undefined;
  #start = 0;
  #end = 0;
  #drift = 0;
  #readAt: number | undefined;
  #isCorrecting = false;
  #presence = 0;

  /** Milliseconds of sound that wait behind the reader's place. */
  get aheadMs(): number {
    return this.#readAt === undefined ? 0 : Math.max(0, this.#end - this.#readAt) / SAMPLES_PER_MS;
  }

  /** Takes interleaved samples by the time of the first; a jump of more than 60 ms is followed, less is held to be inexact. */
  write(timeMs: number, block: Float32Array): void {
    this.#baseMs ??= timeMs;
    const at = Math.round((timeMs - this.#baseMs) * SAMPLES_PER_MS);
    const offset = at - this.#end;
    if (Math.abs(offset - this.#drift) > JUMP) this.#jump(at);
    else this.#drift += (offset - this.#drift) * DRIFT_SHARE;
    const frames = Math.min(block.length >> 1, CAPACITY);
    for (let frame = 0; frame < frames; frame += 1) {
      const slot = 2 * slotOf(this.#end + frame);
      this.#samples[slot] = block[2 * frame]!;
      this.#samples[slot + 1] = block[2 * frame + 1]!;
    }
    this.#end += frames;
    this.#start = Math.max(this.#start, this.#end - CAPACITY);
  }

  /** Fills the block with the sound from this time on; returns how many samples were missing. */
  read(timeMs: number, block: Float32Array): number {
    const frames = block.length >> 1;
    if (this.#baseMs === undefined) {
      block.fill(0);
      return frames;
    }
    const wanted = (timeMs - this.#baseMs) * SAMPLES_PER_MS - this.#drift;
    const step = this.#stepTo(wanted, frames);
    let at = this.#readAt!;
    let missing = 0;
    for (let frame = 0; frame < frames; frame += 1, at += step) {
      if (!this.#readFrame(at, block, 2 * frame)) missing += 1;
    }
    this.#readAt = at;
    return missing;
  }

  /** Forgets everything. */
  clear(): void {
    this.#baseMs = undefined;
    this.#readAt = undefined;
    this.#start = 0;
    this.#end = 0;
    this.#drift = 0;
    this.#presence = 0;
  }

  #stepTo(wanted: number, frames: number): number {
    if (this.#readAt === undefined || Math.abs(wanted - this.#readAt) > FAR) {
      this.#readAt = Math.round(wanted);
      this.#isCorrecting = false;
      return 1;
    }
    const error = wanted - this.#readAt;
    if (Math.abs(error) > CORRECTED_ABOVE) this.#isCorrecting = true;
    else if (this.#isCorrecting && Math.abs(error) < CORRECTED_BELOW) {
      this.#isCorrecting = false;
      this.#readAt = Math.round(this.#readAt);
    }
    if (!this.#isCorrecting) return 1;
    const most = Math.abs(error) > FAR_OFF ? MOST_CORRECTION : MOST_DRIFT_CORRECTION;
    return 1 + Math.min(most, Math.max(-most, error / frames));
  }

  #readFrame(at: number, block: Float32Array, slot: number): boolean {
    const first = Math.floor(at);
    const left = this.#end - 1 - first;
    if (first < this.#start || left < 1) {
      block[slot] = 0;
      block[slot + 1] = 0;
      this.#presence = 0;
      return false;
    }
    if (this.#presence < FADE) this.#presence += 1;
    const gain = Math.min(this.#presence, left, FADE) / FADE;
    const share = at - first;
    const one = 2 * slotOf(first);
    const two = 2 * slotOf(first + 1);
    const samples = this.#samples;
    block[slot] = gain * (samples[one]! + (samples[two]! - samples[one]!) * share);
    block[slot + 1] = gain * (samples[one + 1]! + (samples[two + 1]! - samples[one + 1]!) * share);
    return true;
  }

  /** Goes on at another place: what lies between is silent. */
  #jump(at: number): void {
    this.#drift = 0;
    if (at > this.#end && at - this.#end < CAPACITY) {
      for (let position = this.#end; position < at; position += 1)
        this.#samples.fill(0, 2 * slotOf(position), 2 * slotOf(position) + 2);
    } else this.#start = at;
    this.#end = at;
  }
}

function slotOf(position: number): number {
  return position & (CAPACITY - 1);
}

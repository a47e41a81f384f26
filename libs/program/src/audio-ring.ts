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
/** A gap or a splice is smoothed over 2 ms. */
const FADE = 2 * SAMPLES_PER_MS;
/** Times are whole milliseconds: one that is further from where the sound so far leads says that some of it was lost. */
const LOST = 2 * SAMPLES_PER_MS;
const DRIFT_SHARE = 0.05;

/**
 * Stereo sound of one guest by its time: written in blocks, read as an unbroken line. Where the clocks drift apart it is
 * read up to 0.3 % faster or slower, so that its place is kept within 10 ms; a reader that slews faster is followed with up to 0.8 %. What is
 * missing is silence. Wherever the line is broken, it goes from where it was to where it goes on within 2 ms, so that nothing clicks.
 */
export class AudioRing {
  readonly #samples = new Float32Array(2 * CAPACITY);
  #baseMs: number | undefined;
  #start = 0;
  #end = 0;
  #drift = 0;
  #offset = 0;
  #readAt: number | undefined;
  #isCorrecting = false;
  #wasThere = false;
  #isBroken = false;
  #lastLeft = 0;
  #lastRight = 0;
  #smoothing = 0;
  #breakLeft = 0;
  #breakRight = 0;

  /** Milliseconds of sound that wait behind the reader's place. */
  get aheadMs(): number {
    return this.#readAt === undefined ? 0 : Math.max(0, this.#end - this.#readAt) / SAMPLES_PER_MS;
  }

  /** Takes interleaved samples by the time of the first; a jump of more than 60 ms is followed, less is held to be inexact. */
  write(timeMs: number, block: Float32Array): void {
    this.#baseMs ??= timeMs;
    const at = Math.round((timeMs - this.#baseMs) * SAMPLES_PER_MS);
    const offset = at - this.#end;
    const isJump = Math.abs(offset - this.#drift) > JUMP;
    const isSplice = !isJump && Math.abs(offset - this.#offset) > LOST;
    const [left, right] = this.#lastWritten();
    if (isJump) this.#jump(at);
    else this.#drift += (offset - this.#drift) * DRIFT_SHARE;
    this.#offset = isJump ? 0 : offset;
    const frames = Math.min(block.length >> 1, CAPACITY);
    for (let frame = 0; frame < frames; frame += 1) {
      const slot = 2 * slotOf(this.#end + frame);
      this.#samples[slot] = block[2 * frame]!;
      this.#samples[slot + 1] = block[2 * frame + 1]!;
    }
    if (isJump) this.#lead(this.#end, frames, 0, 0);
    else if (isSplice) this.#lead(this.#end, frames, left, right);
    this.#end += frames;
    this.#start = Math.max(this.#start, this.#end - CAPACITY);
  }

  /** Fills the block with the sound from this time on; returns how many samples were missing. */
  read(timeMs: number, block: Float32Array): number {
    const frames = block.length >> 1;
    let at = 0;
    let step = 0;
    if (this.#baseMs !== undefined) {
      step = this.#stepTo((timeMs - this.#baseMs) * SAMPLES_PER_MS - this.#drift, frames);
      at = this.#readAt!;
    }
    let missing = 0;
    for (let frame = 0; frame < frames; frame += 1, at += step) {
      const isThere = this.#readFrame(at, block, 2 * frame);
      if (!isThere) missing += 1;
      if (isThere !== this.#wasThere || this.#isBroken) this.#break(isThere, block, frame);
      if (this.#smoothing > 0) this.#smooth(block, 2 * frame);
    }
    if (this.#baseMs !== undefined) this.#readAt = at;
    this.#lastLeft = block[2 * frames - 2] ?? this.#lastLeft;
    this.#lastRight = block[2 * frames - 1] ?? this.#lastRight;
    return missing;
  }

  /** Forgets everything. */
  clear(): void {
    this.#baseMs = undefined;
    this.#readAt = undefined;
    this.#start = 0;
    this.#end = 0;
    this.#drift = 0;
    this.#offset = 0;
  }

  #stepTo(wanted: number, frames: number): number {
    if (this.#readAt === undefined || Math.abs(wanted - this.#readAt) > FAR) {
      this.#readAt = Math.round(wanted);
      this.#isCorrecting = false;
      this.#isBroken = true;
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
    if (first < this.#start || first + 1 >= this.#end) {
      block[slot] = 0;
      block[slot + 1] = 0;
      return false;
    }
    const share = at - first;
    const one = 2 * slotOf(first);
    const two = 2 * slotOf(first + 1);
    const samples = this.#samples;
    block[slot] = samples[one]! + (samples[two]! - samples[one]!) * share;
    block[slot + 1] = samples[one + 1]! + (samples[two + 1]! - samples[one + 1]!) * share;
    return true;
  }

  /** What is read goes on elsewhere than where it was: the distance is taken back step by step. */
  #break(isThere: boolean, block: Float32Array, frame: number): void {
    this.#wasThere = isThere;
    this.#isBroken = false;
    this.#smoothing = FADE;
    this.#breakLeft = (frame > 0 ? block[2 * frame - 2]! : this.#lastLeft) - block[2 * frame]!;
    this.#breakRight = (frame > 0 ? block[2 * frame - 1]! : this.#lastRight) - block[2 * frame + 1]!;
  }

  #smooth(block: Float32Array, slot: number): void {
    const share = this.#smoothing / FADE;
    block[slot] = block[slot]! + this.#breakLeft * share;
    block[slot + 1] = block[slot + 1]! + this.#breakRight * share;
    this.#smoothing -= 1;
  }

  /** The frame at the end, silence when there is none. */
  #lastWritten(): readonly [number, number] {
    if (this.#end <= this.#start) return [0, 0];
    const slot = 2 * slotOf(this.#end - 1);
    return [this.#samples[slot]!, this.#samples[slot + 1]!];
  }

  /** Leads from a frame to those that were written at a position. */
  #lead(position: number, frames: number, left: number, right: number): void {
    const first = 2 * slotOf(position);
    const [breakLeft, breakRight] = [left - this.#samples[first]!, right - this.#samples[first + 1]!];
    for (let frame = 0; frame < Math.min(FADE, frames); frame += 1) {
      const slot = 2 * slotOf(position + frame);
      const share = 1 - frame / FADE;
      this.#samples[slot] = this.#samples[slot]! + breakLeft * share;
      this.#samples[slot + 1] = this.#samples[slot + 1]! + breakRight * share;
    }
  }

  /** Goes on at another place: what lies between is silent, and what was before ends in silence. */
  #jump(at: number): void {
    this.#drift = 0;
    this.#isBroken = true;
    if (at > this.#end && at - this.#end < CAPACITY) {
      for (let position = Math.max(this.#start, this.#end - FADE); position < this.#end; position += 1)
        this.#fade(position, (this.#end - 1 - position) / FADE);
      for (let position = this.#end; position < at; position += 1)
        this.#samples.fill(0, 2 * slotOf(position), 2 * slotOf(position) + 2);
    } else this.#start = at;
    this.#end = at;
  }

  #fade(position: number, gain: number): void {
    const slot = 2 * slotOf(position);
    this.#samples[slot] = gain * this.#samples[slot]!;
    this.#samples[slot + 1] = gain * this.#samples[slot + 1]!;
  }
}

function slotOf(position: number): number {
  return position & (CAPACITY - 1);
}

const CAPACITY = 512;
const FIRST_REQUEST_AFTER_MS = 10;
const SHORTEST_RETRY_MS = 20;
const LONGEST_RETRY_MS = 400;
const BACK_OFF = 1.25;
const MAX_REQUESTS = 6;
const KEY_FRAME_HEAD_PACKETS = 16;

/** Packets of one source that are missing, at most 512, and when to ask for each of them again. */
export class NackList {
  /** Set when more is missing than can be asked for, so that only a key frame helps; whoever asks for one clears it. */
  overflowed = false;

  /** Rising extended sequence numbers; the other arrays run beside it. */
  readonly #missing = new Float64Array(CAPACITY);
  readonly #dueAtMs = new Float64Array(CAPACITY);
  readonly #requests = new Uint8Array(CAPACITY);
  #size = 0;
  #latest = -1;
  #abandoned = 0;

  /** Packets missing now. */
  get size(): number {
    return this.#size;
  }

  /** Packets given up after the last request went unanswered, since the start. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /** Notes an arrival by its extended sequence number, in any order; true when it filled a hole. */
  receive(extendedSequence: number, nowMs: number): boolean {
    if (this.#latest < 0) {
      this.#latest = extendedSequence;
      return false;
    }
    if (extendedSequence <= this.#latest) return this.#size > 0 && this.#remove(extendedSequence);
    if (extendedSequence > this.#latest + 1) this.#addHole(this.#latest + 1, extendedSequence, nowMs);
    this.#latest = extendedSequence;
    return false;
  }

  /** Puts the 16-bit numbers to ask for now into `out`, oldest first, and returns how many; call every 20 ms or less. */
  due(nowMs: number, roundTripMs: number, out: number[]): number {
    let count = 0;
    let kept = 0;
    for (let i = 0; i < this.#size; i += 1) {
      let dueAtMs = this.#dueAtMs[i]!;
      let requests = this.#requests[i]!;
      if (dueAtMs <= nowMs) {
        if (requests === MAX_REQUESTS) {
          this.#abandoned += 1;
          continue;
        }
        const retryMs = Math.max(roundTripMs, SHORTEST_RETRY_MS) * BACK_OFF ** requests;
        dueAtMs = nowMs + Math.min(retryMs, LONGEST_RETRY_MS);
        requests += 1;
        out[count] = this.#missing[i]! & 0xffff;
        count += 1;
      }
      this.#missing[kept] = this.#missing[i]!;
      this.#dueAtMs[kept] = dueAtMs;
      this.#requests[kept] = requests;
      kept += 1;
    }
    this.#size = kept;
    return count;
  }

  /** Gives up what a key frame makes needless; the 16 packets before it stay, for they may be its lost beginning. */
  keyFrame(extendedSequence: number): void {
    if (this.#size > 0) this.#removeRange(0, this.#indexOf(extendedSequence - KEY_FRAME_HEAD_PACKETS));
  }

  /** Forgets everything but the counters, for a source that starts anew. */
  reset(): void {
    this.#size = 0;
    this.#latest = -1;
    this.overflowed = false;
  }

  #addHole(from: number, to: number, nowMs: number): void {
    if (this.#size + to - from > CAPACITY) {
      this.#size = 0;
      this.overflowed = true;
      return;
    }
    for (let sequence = from; sequence < to; sequence += 1) {
      this.#missing[this.#size] = sequence;
      this.#dueAtMs[this.#size] = nowMs + FIRST_REQUEST_AFTER_MS;
      this.#requests[this.#size] = 0;
      this.#size += 1;
    }
  }

  #remove(sequence: number): boolean {
    const index = this.#indexOf(sequence);
    if (index === this.#size || this.#missing[index] !== sequence) return false;
    this.#removeRange(index, index + 1);
    return true;
  }

  #removeRange(start: number, end: number): void {
    if (start === end) return;
    this.#missing.copyWithin(start, end, this.#size);
    this.#dueAtMs.copyWithin(start, end, this.#size);
    this.#requests.copyWithin(start, end, this.#size);
    this.#size -= end - start;
  }

  /** Index of the first entry that is not below a sequence number. */
  #indexOf(sequence: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#missing[middle]! < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

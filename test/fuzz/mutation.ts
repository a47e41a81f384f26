/** Seeded source of broken packets (mulberry32): the same in every run. */
export class Mutation {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer of 0 up to but not including `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  /** One of the given things. */
  pick<T>(things: readonly T[]): T {
    const thing = things[this.below(things.length)];
    if (thing === undefined) throw new RangeError('nothing to pick from');
    return thing;
  }

  /** Puts one of the samples, broken in up to four ways, or sheer noise at `offset` and returns its length. */
  write(samples: readonly Uint8Array[], out: Uint8Array, offset: number): number {
    if (this.below(8) === 0) return this.#noise(out, offset);
    const sample = this.pick(samples);
    out.set(sample, offset);
    let length = sample.length;
    for (let count = this.below(5); count > 0 && length > 0; count -= 1) {
      const at = offset + this.below(length);
      switch (this.below(5)) {
        case 0:
          out[at] = this.below(256);
          break;
        case 1:
          out[at] = out[at]! ^ (1 << this.below(8));
          break;
        case 2:
          out[at] = this.pick([0, 1, 3, 0x7f, 0x80, 0xff]);
          break;
        case 3:
          length = this.below(length + 1);
          break;
        default:
          out.copyWithin(at, offset, offset + length);
          length = at - offset + this.below(length + 1);
      }
    }
    return length;
  }

  #noise(out: Uint8Array, offset: number): number {
    const length = this.below(64);
    for (let i = 0; i < length; i += 1) out[offset + i] = this.below(256);
    return length;
  }
}

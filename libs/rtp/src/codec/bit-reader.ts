/** Reads bits of a bounded range; beyond its end every bit is 0 and `exhausted` is set. */
export class BitReader {
  /** Set once more was read than there is. */
  exhausted = false;

  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #bit = 0;
  #zeros = 0;
  #escaped = false;

  /** Starts at `offset`; with `escaped`, emulation prevention bytes are left out (H.264 and H.265 section 7.3.1.1). */
  open(bytes: Uint8Array, offset: number, end: number, escaped: boolean): void {
    this.exhausted = false;
    this.#bytes = bytes;
    this.#at = offset;
    this.#end = Math.min(end, bytes.length);
    this.#bit = 0;
    this.#zeros = 0;
    this.#escaped = escaped;
    this.#skipEscape();
  }

  /** One bit. */
  bit(): number {
    if (this.#at >= this.#end) {
      this.exhausted = true;
      return 0;
    }
    const value = (this.#bytes[this.#at]! >> (7 - this.#bit)) & 1;
    this.#bit += 1;
    if (this.#bit === 8) this.#nextByte();
    return value;
  }

  /** An unsigned number of 0 to 32 bits. */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count && !this.exhausted; i += 1) value = value * 2 + this.bit();
    return this.exhausted ? 0 : value;
  }

  /** Passes over bits. */
  skip(count: number): void {
    for (let i = 0; i < count && !this.exhausted; i += 1) this.bit();
  }

  /** An unsigned Exp-Golomb number, 0 to 2^32 - 2 (H.264 section 9.1); a longer code exhausts the reader. */
  unsignedGolomb(): number {
    let leadingZeros = 0;
    while (this.bit() === 0) {
      leadingZeros += 1;
      if (leadingZeros > 31) this.exhausted = true;
      if (this.exhausted) return 0;
    }
    return 2 ** leadingZeros - 1 + this.bits(leadingZeros);
  }

  /** A signed Exp-Golomb number (H.264 section 9.1.1). */
  signedGolomb(): number {
    const code = this.unsignedGolomb();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }

  #nextByte(): void {
    this.#zeros = this.#bytes[this.#at] === 0 ? this.#zeros + 1 : 0;
    this.#at += 1;
    this.#bit = 0;
    this.#skipEscape();
  }

  #skipEscape(): void {
    if (!this.#escaped || this.#zeros < 2 || this.#at >= this.#end || this.#bytes[this.#at] !== 3) return;
    this.#at += 1;
    this.#zeros = 0;
  }
}

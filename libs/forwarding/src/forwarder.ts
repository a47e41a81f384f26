const EPOCHS = 8;

/** Where an outgoing packet came from. */
export interface PacketOrigin {
  source: number;
  sequence: number;
}

/**
 * Rewrites the packets of whatever source is on air into one continuous outgoing stream.
 *
 * A source is a number that its owner never uses again. Sequence numbers are extended inside; losses stay gaps, so that a viewer's
 * NACK maps back to the packet of the source.
 */
export class Forwarder {
  /** Extended outgoing sequence number of the last translated packet. */
  outSequence = 0;
  /** Outgoing RTP timestamp of the last translated packet. */
  outTimestamp = 0;
  /** Highest extended outgoing sequence number so far; the one before the first until a packet was translated. */
  highestSequence: number;
  /** Outgoing timestamp of the packet with the highest sequence number. */
  highestTimestamp: number;

  #epoch = -1;
  #frameCut = false;
  readonly #outFirst = new Float64Array(EPOCHS);
  readonly #source = new Float64Array(EPOCHS).fill(-1);
  readonly #sequenceOffset = new Float64Array(EPOCHS);
  readonly #timestampOffset = new Float64Array(EPOCHS);

  /** `firstSequence` should be random in 1000..32767, so that the first wrap is far away (RFC 3711 3.3.1). */
  constructor(firstSequence: number, firstTimestamp: number) {
    this.highestSequence = firstSequence - 1;
    this.highestTimestamp = firstTimestamp;
  }

  /** Source of the packets that `translate` takes now; -1 before the first. */
  get source(): number {
    return this.#epoch < 0 ? -1 : this.#source[this.#epoch % EPOCHS]!;
  }

  /**
   * Goes on with `source`, whose packet `sequence` at `timestamp` comes next, `elapsedTicks` of the RTP clock after the last one.
   * A sequence number is left out when the last frame was cut, so that the decoder knows.
   */
  begin(source: number, sequence: number, timestamp: number, elapsedTicks: number): void {
    const first = this.#epoch < 0;
    const outFirst = this.highestSequence + (first || !this.#frameCut ? 1 : 2);
    const outTimestamp = (this.highestTimestamp + (first ? 0 : Math.max(1, elapsedTicks))) >>> 0;
    const slot = ++this.#epoch % EPOCHS;
    this.#outFirst[slot] = outFirst;
    this.#source[slot] = source;
    this.#sequenceOffset[slot] = outFirst - sequence;
    this.#timestampOffset[slot] = (outTimestamp - timestamp) >>> 0;
  }

  /** Goes back to packet `sequence` of the source on air, as the next to be sent; live timestamps stay as they are. */
  resume(sequence: number): void {
    const before = this.#epoch % EPOCHS;
    const outFirst = this.highestSequence + (this.#frameCut ? 2 : 1);
    const slot = ++this.#epoch % EPOCHS;
    this.#outFirst[slot] = outFirst;
    this.#source[slot] = this.#source[before]!;
    this.#sequenceOffset[slot] = outFirst - sequence;
    this.#timestampOffset[slot] = this.#timestampOffset[before]!;
  }

  /** Sets `outSequence` and `outTimestamp`; false for a packet from before the source went on air. */
  translate(sequence: number, timestamp: number, marker: boolean): boolean {
    if (this.#epoch < 0) return false;
    const slot = this.#epoch % EPOCHS;
    const out = sequence + this.#sequenceOffset[slot]!;
    if (out < this.#outFirst[slot]!) return false;
    this.outSequence = out;
    this.outTimestamp = (timestamp + this.#timestampOffset[slot]!) >>> 0;
    if (out > this.highestSequence) {
      this.highestSequence = out;
      this.highestTimestamp = this.outTimestamp;
      this.#frameCut = !marker;
    }
    return true;
  }

  /** As `translate`, with a timestamp of the caller's choice: a replay runs on a clock of its own. */
  translateAt(sequence: number, outTimestamp: number, marker: boolean): boolean {
    if (!this.translate(sequence, 0, marker)) return false;
    this.outTimestamp = outTimestamp >>> 0;
    if (this.outSequence === this.highestSequence) this.highestTimestamp = this.outTimestamp;
    return true;
  }

  /** Outgoing timestamp of a packet of the source on air, without sending it. */
  timestampOf(timestamp: number): number {
    return (timestamp + this.#timestampOffset[this.#epoch % EPOCHS]!) >>> 0;
  }

  /** Finds the packet that was sent as `outSequence16`; false when that was too long ago or never. Sets `outSequence`. */
  locate(outSequence16: number, into: PacketOrigin): boolean {
    const behind = (this.highestSequence - outSequence16) & 0xffff;
    const out = this.highestSequence - behind;
    for (let epoch = this.#epoch; epoch >= 0 && epoch > this.#epoch - EPOCHS; epoch--) {
      const slot = epoch % EPOCHS;
      if (out < this.#outFirst[slot]!) continue;
      into.source = this.#source[slot]!;
      into.sequence = out - this.#sequenceOffset[slot]!;
      this.outSequence = out;
      return true;
    }
    return false;
  }

  /** Outgoing timestamp that `source` had or has; for a packet found by `locate`. */
  timestampAt(outSequence: number, timestamp: number): number {
    for (let epoch = this.#epoch; epoch >= 0 && epoch > this.#epoch - EPOCHS; epoch--) {
      const slot = epoch % EPOCHS;
      if (outSequence >= this.#outFirst[slot]!) return (timestamp + this.#timestampOffset[slot]!) >>> 0;
    }
    return timestamp;
  }
}

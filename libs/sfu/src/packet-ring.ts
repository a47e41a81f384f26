const SLOT_BYTES = 1536;

/** Largest RTP payload that a ring holds, bytes. */
export const MAX_PAYLOAD_BYTES = SLOT_BYTES;

/**
 * The last packets of one layer, in the clear and once for all viewers: NACK cache, GOP cache and feed of every sink.
 * Slots are addressed by the extended sequence number of the source.
 */
export class PacketRing {
  /** Payloads by slot; a view of the slot's bytes as long as the packet. */
  readonly payloads: Buffer[];
  /** Extended sequence numbers by slot; -1 where nothing was stored. */
  readonly sequences: Float64Array;
  readonly timestamps: Uint32Array;
  readonly markers: Uint8Array;
  /** Arrival on the worker's clock, milliseconds. */
  readonly arrivalsMs: Float64Array;

  readonly #bytes: Buffer;
  readonly #mask: number;

  /** `slots` is a power of two. */
  constructor(slots: number) {
    this.#bytes = Buffer.allocUnsafeSlow(slots * SLOT_BYTES);
    this.#mask = slots - 1;
    this.payloads = Array.from({ length: slots }, () => this.#bytes);
    this.sequences = new Float64Array(slots).fill(-1);
    this.timestamps = new Uint32Array(slots);
    this.markers = new Uint8Array(slots);
    this.arrivalsMs = new Float64Array(slots);
  }

  /** Packets that fit. */
  get slots(): number {
    return this.#mask + 1;
  }

  /** Stores a payload of at most 1536 bytes under an extended sequence number and returns its slot. */
  store(sequence: number, timestamp: number, marker: boolean, payload: Uint8Array, arrivalMs: number): number {
    const slot = sequence & this.#mask;
    const start = slot * SLOT_BYTES;
    this.#bytes.set(payload, start);
    this.payloads[slot] = this.#bytes.subarray(start, start + payload.length);
    this.sequences[slot] = sequence;
    this.timestamps[slot] = timestamp;
    this.markers[slot] = marker ? 1 : 0;
    this.arrivalsMs[slot] = arrivalMs;
    return slot;
  }

  /** Slot of a packet, or -1 when it never came or was overwritten. */
  find(sequence: number): number {
    const slot = sequence & this.#mask;
    return this.sequences[slot] === sequence ? slot : -1;
  }
}

const SLOT_BYTES = 1536;
const ORIGINAL_SEQUENCE_BYTES = 2;

/** Stands for a packet that does not tell how loud it is. */
export const NO_LEVEL = 255;

/** Largest RTP payload that a ring holds, bytes; one of that size can still be wrapped. */
export const MAX_PAYLOAD_BYTES = SLOT_BYTES - ORIGINAL_SEQUENCE_BYTES;

/** The memory of a ring; plain data that can be posted to another thread, which then sees the same packets. */
export interface RingMemory {
  readonly slots: number;
  readonly payloads: SharedArrayBuffer;
  readonly facts: SharedArrayBuffer;
}

/**
 * The last packets of one layer, in the clear and once for all viewers on all workers: NACK cache, GOP cache and feed of every sink.
 * Slots are addressed by the extended sequence number of the source. One thread stores, any thread reads.
 */
export class PacketRing {
  readonly memory: RingMemory;
  /** Payload bytes of all slots; those of a slot start at `offset(slot)`. */
  readonly bytes: Buffer;
  /** The same memory in words of this machine. */
  readonly words: Int32Array;
  /** Extended sequence numbers by slot; -1 where nothing was stored. */
  readonly sequences: Float64Array;
  /** Arrival, milliseconds. */
  readonly arrivalsMs: Float64Array;
  readonly timestamps: Uint32Array;
  /** Bytes of payload by slot. */
  readonly lengths: Uint16Array;
  readonly markers: Uint8Array;
  /** How loud each packet of sound is, decibels below overload (RFC 6464), or `NO_LEVEL`. */
  readonly levels: Uint8Array;

  readonly #mask: number;
  readonly #views: Buffer[] = [];

  private constructor(memory: RingMemory) {
    const { slots, payloads, facts } = memory;
    this.memory = memory;
    this.bytes = Buffer.from(payloads);
    this.words = new Int32Array(payloads);
    this.sequences = new Float64Array(facts, 0, slots);
    this.arrivalsMs = new Float64Array(facts, slots * 8, slots);
    this.timestamps = new Uint32Array(facts, slots * 16, slots);
    this.lengths = new Uint16Array(facts, slots * 20, slots);
    this.markers = new Uint8Array(facts, slots * 22, slots);
    this.levels = new Uint8Array(facts, slots * 23, slots);
    this.#mask = slots - 1;
  }

  /** Makes an empty ring; `slots` is a power of two. */
  static create(slots: number): PacketRing {
    const payloads = new SharedArrayBuffer(slots * SLOT_BYTES);
    const ring = new PacketRing({ slots, payloads, facts: new SharedArrayBuffer(slots * 24) });
    ring.sequences.fill(-1);
    return ring;
  }

  /** A ring that another thread stores into. */
  static attach(memory: RingMemory): PacketRing {
    return new PacketRing(memory);
  }

  /** Packets that fit. */
  get slots(): number {
    return this.#mask + 1;
  }

  /** Stores a payload of at most `MAX_PAYLOAD_BYTES` under an extended sequence number and returns its slot. */
  store(sequence: number, timestamp: number, marker: boolean, payload: Uint8Array, arrivalMs: number): number {
    const slot = sequence & this.#mask;
    // Readers in other threads must not take what is half written for either packet.
    this.sequences[slot] = -1;
    this.bytes.set(payload, slot * SLOT_BYTES);
    this.lengths[slot] = payload.length;
    this.timestamps[slot] = timestamp;
    this.markers[slot] = marker ? 1 : 0;
    this.levels[slot] = NO_LEVEL;
    this.arrivalsMs[slot] = arrivalMs;
    this.sequences[slot] = sequence;
    return slot;
  }

  /** As `store`, for a packet in the format of RFC 4588 4: two bytes of original sequence number, then the payload. */
  storeWrapped(sequence: number, originalSequence16: number, payload: Uint8Array): number {
    const slot = sequence & this.#mask;
    const start = slot * SLOT_BYTES;
    this.bytes[start] = originalSequence16 >>> 8;
    this.bytes[start + 1] = originalSequence16;
    this.bytes.set(payload, start + 2);
    this.lengths[slot] = payload.length + 2;
    this.sequences[slot] = sequence;
    return slot;
  }

  /** Slot of a packet, or -1 when it never came or was overwritten. */
  find(sequence: number): number {
    const slot = sequence & this.#mask;
    return this.sequences[slot] === sequence ? slot : -1;
  }

  /** Where the payload of a slot starts in `bytes`. */
  offset(slot: number): number {
    return slot * SLOT_BYTES;
  }

  /** The payload of a slot, the same view as long as its length stays the same. */
  payload(slot: number): Buffer {
    const length = this.lengths[slot]!;
    const view = this.#views[slot];
    if (view?.length === length) return view;
    const start = slot * SLOT_BYTES;
    return (this.#views[slot] = this.bytes.subarray(start, start + length));
  }
}

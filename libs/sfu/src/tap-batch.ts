import { NO_LEVEL, type PacketRing } from './packet-ring.js';
import type { TapPacket } from './tap.js';

// Before the payloads stand, each for all packets: sequence, arrival, timestamp, length, marker, level.
const SEQUENCE = 0;
const ARRIVAL = 8;
const TIMESTAMP = 16;
const LENGTH = 20;
const MARKER = 22;
const LEVEL = 23;
const FACT_BYTES = 24;

/** Copies the first `count` of the slots out of a ring into one piece of memory; `shiftMs` is added to arrivals. */
export function packTapBatch(ring: PacketRing, slots: Int32Array, count: number, shiftMs: number): ArrayBuffer {
  let bytes = count * FACT_BYTES;
  for (let i = 0; i < count; i++) bytes += ring.lengths[slots[i]!]!;
  const memory = new ArrayBuffer(bytes);
  const sequences = new Float64Array(memory, count * SEQUENCE, count);
  const arrivalsMs = new Float64Array(memory, count * ARRIVAL, count);
  const timestamps = new Uint32Array(memory, count * TIMESTAMP, count);
  const lengths = new Uint16Array(memory, count * LENGTH, count);
  const markers = new Uint8Array(memory, count * MARKER, count);
  const levels = new Uint8Array(memory, count * LEVEL, count);
  const payloads = new Uint8Array(memory);
  let at = count * FACT_BYTES;
  for (let i = 0; i < count; i++) {
    const slot = slots[i]!;
    sequences[i] = ring.sequences[slot]!;
    arrivalsMs[i] = ring.arrivalsMs[slot]! + shiftMs;
    timestamps[i] = ring.timestamps[slot]!;
    lengths[i] = ring.lengths[slot]!;
    markers[i] = ring.markers[slot]!;
    levels[i] = ring.levels[slot]!;
    const start = ring.offset(slot);
    ring.bytes.copy(payloads, at, start, start + lengths[i]!);
    at += lengths[i]!;
  }
  return memory;
}

/** The packets of a batch; their payloads are views of its memory. */
export function readTapBatch(memory: ArrayBuffer, count: number): TapPacket[] {
  const sequences = new Float64Array(memory, count * SEQUENCE, count);
  const arrivalsMs = new Float64Array(memory, count * ARRIVAL, count);
  const timestamps = new Uint32Array(memory, count * TIMESTAMP, count);
  const lengths = new Uint16Array(memory, count * LENGTH, count);
  const markers = new Uint8Array(memory, count * MARKER, count);
  const levels = new Uint8Array(memory, count * LEVEL, count);
  const packets: TapPacket[] = [];
  let at = count * FACT_BYTES;
  for (let i = 0; i < count; i++) {
    packets.push({
      sequence: sequences[i]!,
      timestamp: timestamps[i]!,
      marker: markers[i] === 1,
      arrivedAtMs: arrivalsMs[i]!,
      ...(levels[i] !== NO_LEVEL && { audioLevel: levels[i]! }),
      payload: new Uint8Array(memory, at, lengths[i]!),
    });
    at += lengths[i]!;
  }
  return packets;
}

import type { FedPacket } from './feed.js';

// Before the payloads stand, each for all packets: timestamp, length, marker.
const TIMESTAMP = 0;
const LENGTH = 4;
const MARKER = 6;
const FACT_BYTES = 7;

/** Copies packets into one piece of memory, which goes over to a media worker. */
export function packFeedBatch(packets: readonly FedPacket[]): ArrayBuffer {
  const count = packets.length;
  let at = count * FACT_BYTES;
  const memory = new ArrayBuffer(packets.reduce((bytes, { payload }) => bytes + payload.length, at));
  const timestamps = new Uint32Array(memory, count * TIMESTAMP, count);
  const lengths = new Uint16Array(memory, count * LENGTH, count);
  const markers = new Uint8Array(memory, count * MARKER, count);
  const payloads = new Uint8Array(memory);
  for (const [index, { timestamp, marker, payload }] of packets.entries()) {
    timestamps[index] = timestamp;
    lengths[index] = payload.length;
    markers[index] = marker ? 1 : 0;
    payloads.set(payload, at);
    at += payload.length;
  }
  return memory;
}

/** The packets of a batch; their payloads are views of its memory. */
export function readFeedBatch(memory: ArrayBuffer, count: number): FedPacket[] {
  const timestamps = new Uint32Array(memory, count * TIMESTAMP, count);
  const lengths = new Uint16Array(memory, count * LENGTH, count);
  const markers = new Uint8Array(memory, count * MARKER, count);
  let at = count * FACT_BYTES;
  return Array.from({ length: count }, (_, index) => {
    const payload = new Uint8Array(memory, at, lengths[index]!);
    at += payload.length;
    return { timestamp: timestamps[index]!, marker: markers[index] === 1, payload };
  });
}

import { describe, expect, it } from 'vitest';
import { createDepacketizer } from './depacketize/depacketizers.js';
import type { MediaFrame } from './depacketize/media-frame.js';
import { type OutgoingPacket, picturePackets, soundPacket } from './outgoing-packets.js';

const SPS = Uint8Array.of(
  0x67,
  0x64,
  0,
  0x1f,
  0xac,
  0xd9,
  0x40,
  0x50,
  0x05,
  0xbb,
  0x01,
  0x10,
  0,
  0,
  3,
  0,
  0x10,
  0,
  0,
  3,
  3,
  0xc0,
  0xf1,
  0x83,
  0x19,
  0x60,
);
const PPS = Uint8Array.of(0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0);

function slice(type: number, length: number): Uint8Array {
  // first_mb_in_slice 0, slice_type 7 (I) or 5 (P), as Exp-Golomb codes.
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 37) & 0xff);
  bytes.set([type === 5 ? 0x65 : 0x41, type === 5 ? 0x88 : 0x9a]);
  return bytes;
}

function taken(codec: 'h264' | 'opus', packets: readonly OutgoingPacket[]): MediaFrame[] {
  const frames: MediaFrame[] = [];
  const depacketizer = createDepacketizer(codec, {
    frame: (frame) => frames.push({ ...frame, timestamp: frame.timestamp % 2 ** 32 }),
    wantKeyFrame: () => undefined,
  })!;
  for (const [index, packet] of packets.entries())
    depacketizer.push({ ...packet, sequence: 10 + index, arrivedAtMs: index });
  return frames;
}

describe('picturePackets', () => {
  it.each([2, 1200, 1201, 40_000])('is what a depacketizer makes the same pictures of, of %i bytes', (bytes) => {
    const key = [SPS, PPS, slice(5, bytes + 30)];
    const next = [slice(1, bytes)];
    const packets = [...picturePackets(key, 3000), ...picturePackets(next, 6000)];
    for (const { payload } of packets) expect(payload.length).toBeLessThanOrEqual(1200);
    const frames = taken('h264', packets);
    expect(frames.map(({ timestamp, isKey }) => [timestamp, isKey])).toEqual([
      [3000, true],
      [6000, false],
    ]);
    expect(frames.map(({ units }) => units.map((unit) => [...unit]))).toEqual(
      [key, next].map((all) => all.map((unit) => [...unit])),
    );
  });

  it('marks the last packet alone, and leaves out delimiters, messages and filler', () => {
    const packets = picturePackets(
      [Uint8Array.of(9, 0xf0), Uint8Array.of(6, 5, 1), slice(1, 3000), Uint8Array.of(12, 0xff)],
      1,
    );
    expect(packets.map(({ marker }) => marker)).toEqual([false, false, true]);
    expect(packets.every(({ payload }) => (payload[0]! & 0x1f) === 28)).toBe(true);
  });
});

describe('soundPacket', () => {
  it('is what a depacketizer takes as it is', () => {
    const data = Uint8Array.of(0xfc, 1, 2, 3);
    const [frame] = taken('opus', [soundPacket(data, 960, true)]);
    expect([frame?.timestamp, ...(frame?.units[0] ?? [])]).toEqual([960, ...data]);
  });
});

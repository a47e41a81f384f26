import { describe, expect, it } from 'vitest';
import { OggMalformed, readOpusPackets } from './ogg-opus.js';

const page = (segments: readonly number[], payload: readonly number[]) => [
  0x4f,
  0x67,
  0x67,
  0x53,
  ...Array.from({ length: 22 }, () => 0),
  segments.length,
  ...segments,
  ...payload,
];

describe('readOpusPackets', () => {
  it('leaves out the two header packets', () => {
    const file = [...page([1], [1]), ...page([1], [2]), ...page([2, 1], [3, 4, 5])];
    expect(readOpusPackets(Uint8Array.from(file)).map((packet) => [...packet])).toEqual([[3, 4], [5]]);
  });

  it('joins a packet that is longer than one segment and goes on in the next page', () => {
    const long = Array.from({ length: 255 }, () => 7);
    const file = [...page([1], [1]), ...page([1], [2]), ...page([255], long), ...page([2], [8, 9])];
    expect(readOpusPackets(Uint8Array.from(file)).map((packet) => packet.length)).toEqual([257]);
  });

  it('refuses what is not Ogg', () => {
    expect(() => readOpusPackets(Uint8Array.from([1, 2, 3]))).toThrow(OggMalformed);
  });
});

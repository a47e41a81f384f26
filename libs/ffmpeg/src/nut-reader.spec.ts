import { splitAnnexB } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { NutBytes } from './nut-bytes.js';
import { NutMalformed } from './nut-header.js';
import { NutReader } from './nut-reader.js';
import { skipSideData } from './nut-side-data.js';

// Five frames of eight stereo samples that rise, a gap after the first; with syncpoints and an index, then as the decoders have it.
const samples = [
  [
    'bnV0L211bHRpbWVkaWEgY29udGFpbmVyAE5NelYfXwStUQMBgf9/AQGC9wDAAAYAAAAAAAGgAAIBASgBACkAAQQACgAIAQQBCgAI',
    'IQIBgXbAAAYAAAAAAAEGAwAAAQQAAAG2Av/6Av/7Av/8Av/9PGrzaU5TEUBb8vnbGAABBFBGRCAADoL3AAAAAIL3AAECRf8DhE5J',
    'q2i1lrp4CQAAAAAAAAAAAE5Jq2i1lrp4IQEAAAABB2VuY29kZXICDkxhdmMgcGNtX2YzMmxlndKm5k5L5K3uykVpBgAAAAAAAAMA',
    'QAAAAAAAAAAAiYgIOwAAAACJiIg7AAAAAM3MzDsAAAAAiYgIPAAAAACrqio8AAAAAM3MTDwAAAAA7+5uPAAAAAABaZ6mEECJ01B8',
    'iYiIPAAAAACamZk8AAAAAKuqqjwAAAAAvLu7PAAAAADNzMw8AAAAAN7d3TwAAAAA7+7uPAAAAAAAAAA9AAAAAAOmIECJiAg9AAAA',
    'ABERET0AAAAAmpkZPQAAAAAiIiI9AAAAAKuqKj0AAAAAMzMzPQAAAAC8uzs9AAAAAERERD0AAAAAA6YwQM3MTD0AAAAAVVVVPQAA',
    'AADe3V09AAAAAGZmZj0AAAAA7+5uPQAAAAB3d3c9AAAAAAAAgD0AAAAARESEPQAAAAADpkBAiYiIPQAAAADNzIw9AAAAABERkT0A',
    'AAAAVVWVPQAAAACamZk9AAAAAN7dnT0AAAAAIiKiPQAAAABmZqY9AAAAAE5Y3WcvI+ZOEp2mQAENAwAAAAAAAAAbMyIzDQ==',
  ].join(''),
  [
    'bnV0L211bHRpbWVkaWEgY29udGFpbmVyAE5NelYfXwStUwQBAYH/fwEBgvcAwAAGAAAAAAABoAACAQEoAQApAAEEAAoACAEEAQoA',
    'CCECAYF2wAAGAAAAAAABBgMAAAEEAAABtgL/+gL/+wL//AL//QLR5iGyTlMRQFvy+dsYAAEEUEZEIAAOgvcAAAAAgvcAAQJF/wOE',
    'TkmraLWWungJAAAAAAAAAAAATkmraLWWunghAQAAAAEHZW5jb2RlcgIOTGF2YyBwY21fZjMybGWd0qbmTkvkre7KRWkGAAAAAAAA',
    'AwBAAAAAAAAAAACJiAg7AAAAAImIiDsAAAAAzczMOwAAAACJiAg8AAAAAKuqKjwAAAAAzcxMPAAAAADv7m48AAAAAAFpnqYQQInT',
    'UHyJiIg8AAAAAJqZmTwAAAAAq6qqPAAAAAC8u7s8AAAAAM3MzDwAAAAA3t3dPAAAAADv7u48AAAAAAAAAD0AAAAAA6YgQImICD0A',
    'AAAAERERPQAAAACamRk9AAAAACIiIj0AAAAAq6oqPQAAAAAzMzM9AAAAALy7Oz0AAAAAREREPQAAAAADpjBAzcxMPQAAAABVVVU9',
    'AAAAAN7dXT0AAAAAZmZmPQAAAADv7m49AAAAAHd3dz0AAAAAAACAPQAAAABERIQ9AAAAAAOmQECJiIg9AAAAAM3MjD0AAAAAERGR',
    'PQAAAABVVZU9AAAAAJqZmT0AAAAA3t2dPQAAAAAiIqI9AAAAAGZmpj0AAAAATljdZy8j5k4SnaZAAQ0DAAAAAAAAABszIjMN',
  ].join(''),
].map((text) => new Uint8Array(Buffer.from(text, 'base64')));

// Four pictures of H.264, every second a key frame, as an encoder makes them: with side data, of which there is none.
const coded = [
  'bnV0L211bHRpbWVkaWEgY29udGFpbmVyAE5NelYfXwStTAQBAYH/fwEBg+AAwAAGAAAAAAABoAACAQEoAQApACEBn38gAp9/gXnA',
  'AAYAAAAAAAEGAwAAAQQAAAG2Av/6Av/7Av/8Av/9AgXMBnxOUxFAW/L52zkAAARIMjY0AA6D4AAAACEAAAABZ0LACtp7ARAAAAMA',
  'EAAAAwPI8SJqAAAAAWjOD8gQEAEBAHQMSIZOSatotZa6eCAAAAAAAQdlbmNvZGVyAg1MYXZmNTkuMjcuMTAwDR8Q1k5Jq2i1lrp4',
  'OwEAAAACB2VuY29kZXICFUxhdmM1OS4zNy4xMDAgbGlieDI2NAxyX2ZyYW1lX3JhdGUCBDMwLzE+2NobTkvkre7KRWkGAAAAAAAA',
  'AYIpABkAAAAAAAFliIQ6EYoAAhjxwABA9jgACHlgAYIokAALAAAAAAABQZogJpQBgimgABkAAAAAAAFliIIHoRigACKvHAAEHeOA',
  'AIzmAYIosAALAAAAAAABQZogJpROWN1nLyPmThGwAAERAwAAAAAAAAAaWWMWGA==',
].join('');

interface Frame {
  readonly timeMs: number;
  readonly values: readonly number[];
}

function read(pieces: readonly Uint8Array[], maxFrameBytes = 1000): Frame[] {
  const frames: Frame[] = [];
  const reader = new NutReader({
    maxFrameBytes,
    onFrame: (timeMs, data) =>
      frames.push({ timeMs, values: Array.from(new Float32Array(data.slice(0, data.length & ~3).buffer)) }),
  });
  for (const piece of pieces) reader.push(piece);
  return frames;
}

/** Mulberry32. */
function seeded(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

describe('NutReader', () => {
  it.each(samples)('gives all frames with their exact times, however the bytes are cut', (bytes) => {
    const whole = read([bytes]);
    const ticks = [0, 480_016, 480_032, 480_048, 480_064];
    expect(whole.map((frame) => frame.timeMs)).toEqual(ticks.map((tick) => tick / 48));
    for (const [index, { values }] of whole.entries()) {
      expect(values).toHaveLength(16);
      expect(values[4]).toBeCloseTo(((index * 8 + 2) * 100) / 48_000, 6);
    }
    expect(read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
    const random = seeded(5);
    for (let round = 0; round < 50; round += 1) {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length;) {
        const end = at + 1 + random(90);
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
      expect(read(pieces)).toEqual(whole);
    }
  });

  it('puts frames where it is told', () => {
    const place = new Uint8Array(64);
    const got: Uint8Array[] = [];
    new NutReader({ maxFrameBytes: 64, onFrame: (_, data) => got.push(data), allocate: () => place }).push(samples[1]!);
    expect(got).toHaveLength(5);
    expect(got.every((data) => data === place)).toBe(true);
  });

  it('leaves out what frames have beside them', () => {
    const pictures: Uint8Array[] = [];
    const reader = new NutReader({ maxFrameBytes: 1000, onFrame: (_, data) => pictures.push(data) });
    reader.push(new Uint8Array(Buffer.from(coded, 'base64')));
    const types = pictures.map((picture) => splitAnnexB(picture).map((unit) => unit[0]! & 0x1f));
    expect(types).toEqual([[5], [1], [5], [1]]);
    expect(pictures.map((picture) => picture.indexOf(1))).toEqual([3, 3, 3, 3]);
  });

  it('refuses frames that are too long, and what is no NUT', () => {
    expect(() => read([samples[0]!], 63)).toThrow(NutMalformed);
    expect(() => read([new Uint8Array(100)])).toThrow(NutMalformed);
    expect(() => read([Buffer.from('nut/multimedia container\0\u0001')])).toThrow(NutMalformed);
  });

  it('takes broken streams without another error than its own', () => {
    const random = seeded(99);
    for (let round = 0; round < 20_000; round += 1) {
      const good = round % 3 === 0 ? new Uint8Array(Buffer.from(coded, 'base64')) : samples[(round % 3) - 1]!;
      const bytes = Uint8Array.from(good);
      // the beginning has to be right for the rest to be read
      for (let count = random(6); count >= 0; count -= 1) bytes[25 + random(bytes.length - 25)] = random(256);
      try {
        const frames = read([bytes.subarray(0, 26 + random(bytes.length - 26)), bytes.subarray(random(bytes.length))]);
        expect(frames.every(({ timeMs }) => Number.isFinite(timeMs))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(NutMalformed);
      }
    }
  });
});

describe('skipSideData', () => {
  it('passes over texts, data of a type, numbers, times and fractions', () => {
    // s is coded as 2 * value - 1, or -2 * value.
    const [text, typed, signed, time, half] = [2, 4, 6, 8, 12];
    const name = [1, 0x61];
    const items = [
      [...name, text, 2, 9, 9],
      [...name, typed, ...name, 3, 9, 9, 9],
      [...name, signed, 5],
      [...name, time, 5],
    ];
    const all = [6, ...items.flat(), ...name, half, 1, ...name, 1, 0, 0x77];
    const bytes = new NutBytes(Uint8Array.from(all), 0, all.length);
    expect([skipSideData(bytes), all[bytes.at]]).toEqual([true, 0x77]);
  });

  it('refuses what does not end', () => {
    for (const all of [[1, 1], [0], [100, 0], [0, 1, 1, 0x61, 2, 0x80]])
      expect(skipSideData(new NutBytes(Uint8Array.from(all), 0, all.length))).toBe(false);
  });
});

describe('NutBytes', () => {
  it('reads numbers, and tells when there are too few bytes', () => {
    const bytes = new NutBytes(Uint8Array.of(0x81, 0x00, 0x03, 0x04, 0x80), 0, 5);
    expect([bytes.unsigned(), bytes.signed(), bytes.signed(), bytes.isShort]).toEqual([128, 2, -2, false]);
    bytes.unsigned();
    expect(bytes.isShort).toBe(true);
  });
});

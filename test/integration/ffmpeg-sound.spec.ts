import {
  AacEncoder,
  type DecodedSound,
  FRAGMENT_OFFSET_SECONDS,
  OPUS_DELAY_SAMPLES,
  OPUS_PACKET_SAMPLES,
  OpusEncoder,
  SILENT_OPUS_PACKET,
  SoundDecoder,
} from '@weir/ffmpeg';
import { describe, expect, it } from 'vitest';
import { until } from '../harness/until.js';
import { codedSound, ffmpegPath, type Fragment, FragmentList, soundOf } from './ffmpeg-media.js';

const beep = 'sin(2*PI*1000*t)*gte(mod(t\\,1)\\,0.5)*0.5';

describe('a decoder of sound', () => {
  it('gives every packet back at its time and leaves gaps alone', async () => {
    const packets = await codedSound('sin(2*PI*440*t)*0.5', 2, 3_600_000.4);
    const kept = packets.filter((_, index) => index < 20 || (index > 40 && index !== 60));
    const out: DecodedSound[] = [];
    const decoder = new SoundDecoder({ ffmpegPath: await ffmpegPath(), onSound: (sound) => out.push(sound) });
    for (const packet of kept) decoder.decode(packet);
    await decoder.close();
    expect(await decoder.exited).toBeUndefined();
    expect(out.map((sound) => sound.timeMs)).toEqual(kept.map((packet) => Math.round(packet.timeMs)));
    expect(new Set(out.map((sound) => sound.samples.length))).toEqual(new Set([1920]));
    expect(Math.max(...out[10]!.samples)).toBeCloseTo(0.5, 1);
  });

  it('is not put out by noise', async () => {
    const decoder = new SoundDecoder({ ffmpegPath: await ffmpegPath(), onSound: () => undefined });
    for (let index = 0; index < 100; index += 1) {
      const data = Uint8Array.from({ length: 1 + (index % 7) * 50 }, (_, at) => (at * 89 + index * 31) & 0xff);
      decoder.decode({ timeMs: index * 20, data });
    }
    await decoder.close();
    expect(decoder.decode({ timeMs: 0, data: SILENT_OPUS_PACKET })).toBe(false);
  });
});

describe('an encoder of Opus', () => {
  it('makes a packet of each 20 ms as they come, which sound as much later as it says', async () => {
    const path = await ffmpegPath();
    const packets: Uint8Array[] = [];
    const encoder = new OpusEncoder({ ffmpegPath: path, onPacket: (data) => packets.push(data) });
    const beginsAt = 12_000;
    for (let at = 0; at < 24_000; at += 1600) {
      const block = Float32Array.from({ length: 3200 }, (_, index) => {
        const sample = at + (index >> 1);
        return sample < beginsAt ? 0 : 0.5 * Math.sin((2 * Math.PI * 1000 * sample) / 48_000);
      });
      expect(encoder.encode(block)).toBe(true);
    }
    await until(() => packets.length >= 24, { what: 'packets', everyMs: 5 });
    await encoder.kill();
    expect(encoder.encode(new Float32Array(3200))).toBe(false);
    const decoded: number[] = [];
    const decoder = new SoundDecoder({
      ffmpegPath: path,
      onSound: ({ samples }) => decoded.push(...samples.filter((_, index) => index % 2 === 0)),
    });
    for (const [index, data] of packets.entries()) decoder.decode({ timeMs: index * 20, data });
    await decoder.close();
    expect(decoded).toHaveLength(packets.length * OPUS_PACKET_SAMPLES);
    const onset = decoded.findIndex((sample) => Math.abs(sample) > 0.2);
    expect(Math.abs(onset - OPUS_DELAY_SAMPLES - beginsAt)).toBeLessThan(48);
  });
});

describe('an encoder of AAC', () => {
  async function encoded(packets: Awaited<ReturnType<typeof codedSound>>, startSeconds: number): Promise<FragmentList> {
    const fragments = new FragmentList();
    const encoder = new AacEncoder({
      ffmpegPath: await ffmpegPath(),
      startSeconds,
      onChunk: (chunk) => fragments.push(chunk),
    });
    for (const packet of packets) encoder.encode(packet);
    await encoder.close();
    expect(await encoder.exited).toBeUndefined();
    return fragments;
  }

  /** Where loud sound begins, by decode times, seconds of program time. */
  async function onsets(fragments: FragmentList): Promise<number[]> {
    const first = fragments.list[0]!.decodeTime / fragments.timescale - FRAGMENT_OFFSET_SECONDS;
    const samples = await soundOf(fragments.bytes());
    const found: number[] = [];
    let lastLoud = -48_000;
    for (let at = 0; at < samples.length; at += 1) {
      if (Math.abs(samples[at]!) < 0.1) continue;
      if (at - lastLoud > 4800) found.push(first + at / 48_000);
      lastLoud = at;
    }
    return found;
  }

  const isDense = (list: readonly Fragment[]) =>
    list.every((fragment, index) => index === 0 || fragment.decodeTime - list[index - 1]!.decodeTime === 1024);

  it('keeps times within a millisecond, from a late start on', async () => {
    const fragments = await encoded(await codedSound(beep, 4, 7000), 6.5);
    expect(isDense(fragments.list)).toBe(true);
    expect(fragments.list[0]!.decodeTime / fragments.timescale).toBeCloseTo(
      FRAGMENT_OFFSET_SECONDS + 6.5 - 1024 / 48_000,
      4,
    );
    const times = await onsets(fragments);
    expect(times).toHaveLength(4);
    // the Opus encoder itself is late by its look-ahead
    const late = times.map((time, index) => time - (7.5 + index));
    expect(Math.max(...late) - Math.min(...late)).toBeLessThan(0.001);
    expect(late[0]).toBeLessThan(0.0075);
  });

  it('makes silence of a gap', async () => {
    const packets = await codedSound(beep, 4);
    const times = await onsets(await encoded(packets, 0));
    const holed = await encoded(
      packets.filter(({ timeMs }) => timeMs < 700 || (timeMs >= 900 && timeMs !== 2100 && timeMs !== 2120)),
      0,
    );
    expect(isDense(holed.list)).toBe(true);
    const holedTimes = await onsets(holed);
    const [again] = holedTimes.splice(1, 1);
    expect(again).toBeCloseTo(0.9, 1);
    expect(holedTimes).toHaveLength(4);
    for (const [index, time] of holedTimes.entries()) expect(Math.abs(time - times[index]!)).toBeLessThan(0.001);
  });

  it('goes on with silent packets', async () => {
    const silence = Array.from({ length: 100 }, (_, index) => ({ timeMs: index * 20, data: SILENT_OPUS_PACKET }));
    const samples = await soundOf((await encoded(silence, 0)).bytes());
    expect(samples.length).toBeGreaterThan(1.9 * 48_000);
    expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.001);
  });
});

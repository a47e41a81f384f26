import { packetizeH264 } from '@weir/rtp';
import type { TapEvent } from '@weir/sfu';
import { describe, expect, it } from 'vitest';
import { type GuestFrame, GuestMedia } from './guest-media.js';
import { ProgramClock } from './program-clock.js';

const ORIGIN_MS = 1_700_000_000_000;
const SPS = Uint8Array.of(
  0x67,
  0x42,
  0xe0,
  0x1f,
  0xda,
  0x02,
  0x80,
  0xbf,
  0xe5,
  0xc0,
  0x44,
  0,
  0,
  3,
  0,
  4,
  0,
  0,
  3,
  0,
  0xf0,
  0x3c,
);
const PPS = Uint8Array.of(0x68, 0xce, 0x3c, 0x80);
const IDR = Uint8Array.of(0x65, 0x88, 0x84, 1, 2, 3, 4);
const SLICE = Uint8Array.of(0x41, 0x9a, 0x20, 1, 2, 3, 4);

function scene() {
  const state = {
    nowMs: 0,
    frames: [] as GuestFrame[],
    wanted: 0,
    gone: 0,
    unknown: [] as string[],
    levels: [] as number[],
  };
  const clock = new ProgramClock(ORIGIN_MS, { monotonicMs: () => state.nowMs, unixMs: () => ORIGIN_MS + state.nowMs });
  const media = new GuestMedia(clock, {
    frame: (frame) => state.frames.push(frame),
    level: (level) => state.levels.push(level),
    wantKeyFrame: () => (state.wanted += 1),
    gone: () => (state.gone += 1),
    unknownCodec: (codec) => state.unknown.push(codec),
  });
  let sequence = 1;
  const picture = (
    isKey: boolean,
    change: { publisher?: number; source?: number; codec?: 'h264' | 'h265' } = {},
  ): void => {
    const payloads = packetizeH264(isKey ? [SPS, PPS, IDR] : [SLICE]);
    const packets = payloads.map((payload, index) => ({
      sequence: sequence++,
      timestamp: (state.nowMs * 90) >>> 0,
      marker: index === payloads.length - 1,
      arrivedAtMs: ORIGIN_MS + state.nowMs,
      payload,
    }));
    const event: TapEvent = {
      type: 'packets',
      kind: 'video',
      publisher: 1,
      source: 1,
      codec: 'h264',
      clockRate: 90_000,
      packets,
      ...change,
    };
    media.take(event);
  };
  return { state, media, picture, skip: () => (sequence += 1) };
}

describe('GuestMedia', () => {
  it('gives frames the program time of their capture', () => {
    const { state, media, picture } = scene();
    expect(media.isGone).toBe(true);
    for (let index = 0; index < 30; index += 1) {
      state.nowMs = 1000 + index * 40;
      picture(index === 0);
    }
    expect(state.frames.map(({ timeMs }) => Math.round(timeMs))).toEqual(
      Array.from({ length: 30 }, (_, index) => 1000 + index * 40),
    );
    expect(state.frames[0]).toMatchObject({ isKey: true, codec: 'h264', kind: 'video', source: 1 });
    expect(media.isGone).toBe(false);
    expect(media.lastMediaMs).toBe(2160);
  });

  it('asks for a key frame when a packet was waited for in vain', () => {
    const { state, media, picture, skip } = scene();
    picture(true);
    skip();
    state.nowMs = 40;
    picture(false);
    expect(state.wanted).toBe(0);
    state.nowMs = 400;
    media.tick();
    expect(state.wanted).toBe(1);
    expect(media.framesLost).toBe(1);
    picture(true);
    expect(state.frames.map(({ isKey }) => isKey)).toEqual([true, true]);
  });

  it('tells once that the publisher is gone, and takes the next one', () => {
    const { state, media, picture } = scene();
    picture(true);
    media.take({ type: 'gone' });
    media.take({ type: 'gone' });
    expect(state.gone).toBe(1);
    expect(media.isGone).toBe(true);
    state.nowMs = 5000;
    picture(true, { publisher: 2, source: 7 });
    expect(media.isGone).toBe(false);
    expect(state.frames.at(-1)).toMatchObject({ source: 7 });
    expect(state.frames.at(-1)!.timeMs).toBeCloseTo(5000, -1);
  });

  it('tells of a codec that cannot be taken apart', () => {
    const { state, picture } = scene();
    picture(true, { codec: 'h265' });
    picture(true, { codec: 'h265' });
    expect(state.unknown).toEqual(['h265']);
    expect(state.frames).toEqual([]);
  });

  it('passes on how loud its packets say that the guest is', () => {
    const { state, media } = scene();
    const packet = (sequence: number, audioLevel?: number) => ({
      sequence,
      timestamp: sequence * 960,
      marker: false,
      arrivedAtMs: ORIGIN_MS,
      ...(audioLevel !== undefined && { audioLevel }),
      payload: Uint8Array.of(0xf8, 0xff, 0xfe),
    });
    const about = {
      type: 'packets',
      kind: 'audio',
      publisher: 1,
      source: 1,
      codec: 'opus',
      clockRate: 48_000,
    } as const;
    for (const packets of [[packet(1, 30), packet(2, 20)], [packet(3)], [packet(4, 127)]])
      media.take({ ...about, packets });
    expect(state.levels).toEqual([20, 127]);
  });

  it('takes a report that comes before the first packet of its source', () => {
    const { state, media, picture } = scene();
    const report = { type: 'clock', kind: 'video', publisher: 1, source: 1, timestamp: 0, senderMs: 50 } as const;
    media.take({ ...report, arrivedAtMs: ORIGIN_MS });
    picture(true);
    expect(state.frames).toHaveLength(1);
  });
});

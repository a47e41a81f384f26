import type { TrackCodec } from '@weir/rtp';
import { describe, expect, it } from 'vitest';
import { rankCodecs } from './codec-preference.js';

function codec(name: TrackCodec['name'], payloadType: number, parameters: TrackCodec['parameters'] = {}): TrackCodec {
  const feedback = { nack: true, pli: true, fir: false, remb: false };
  return { name, payloadType, clockRate: 90_000, channels: 1, parameters, ...feedback };
}

function h264(payloadType: number, profileLevelId: string, mode = '1'): TrackCodec {
  return codec('h264', payloadType, { 'profile-level-id': profileLevelId, 'packetization-mode': mode });
}

const offered = [
  codec('vp8', 96),
  h264(97, '42001f', '0'),
  h264(98, '42001f'),
  h264(99, '42e01f'),
  h264(100, '4d001f'),
  h264(101, '64001f'),
  h264(102, '640c1f'),
  h264(103, 'f4001f'),
];

function first(profileLevelId?: string): (number | undefined)[] {
  const stream = { codec: 'h264', ...(profileLevelId === undefined ? {} : { profileLevelId }) } as const;
  return rankCodecs(offered, stream).map((ranked) => ranked.payloadType);
}

describe('T12 rankCodecs by the profile that the stream really has', () => {
  it('prefers the same profile whatever its level or constraint bits are called', () => {
    expect(first('640028')[0]).toBe(101);
    expect(first('640c28')[0]).toBe(102);
    expect(first('4d4028')[0]).toBe(100);
    expect(first('42c01e')[0]).toBe(99);
    expect(first('58c01e')[0]).toBe(99);
    expect(first('42001e')[0]).toBe(98);
  });

  it('takes constrained baseline while the profile is unknown', () => {
    expect(first()[0]).toBe(99);
    expect(first('422001f')[0]).toBe(99);
  });

  it('puts packetization mode 0 and other codecs last', () => {
    expect(first('640028').slice(-2)).toEqual([97, 96]);
  });

  it('keeps the order of the offer among equals', () => {
    expect(rankCodecs(offered, { codec: 'vp8' })[0]?.payloadType).toBe(96);
    expect(
      rankCodecs([codec('vp9', 1), codec('vp9', 2)], { codec: 'vp9' }).map((ranked) => ranked.payloadType),
    ).toEqual([1, 2]);
  });

  it('prefers profile 0 of VP9 and AV1', () => {
    const vp9 = [codec('vp9', 1, { 'profile-id': '2' }), codec('vp9', 2, { 'profile-id': '0' }), codec('vp9', 3)];
    expect(rankCodecs(vp9, { codec: 'vp9' }).map((ranked) => ranked.payloadType)).toEqual([2, 3, 1]);
  });
});

import type { CodecName, TrackCodec } from '@weir/rtp';

/** The codecs of video that a peer can name. */
export type VideoCodecName = Exclude<CodecName, 'opus'>;

/** What is offered of Opus: stereo with in-band error correction (RFC 7587 6.1). */
export const opusCodec: TrackCodec = {
  name: 'opus',
  payloadType: 111,
  clockRate: 48_000,
  channels: 2,
  parameters: { minptime: '10', useinbandfec: '1', stereo: '1', 'sprop-stereo': '1' },
  nack: true,
  pli: false,
  fir: false,
  remb: false,
};

const payloadTypes: Readonly<Record<VideoCodecName, number>> = { h264: 102, vp8: 96, vp9: 98, av1: 45, h265: 116 };
const parameters: Readonly<Record<VideoCodecName, Readonly<Record<string, string>>>> = {
  h264: { 'level-asymmetry-allowed': '1', 'packetization-mode': '1' },
  vp8: {},
  vp9: { 'profile-id': '0' },
  av1: { 'level-idx': '5', profile: '0', tier: '0' },
  h265: { 'level-id': '93', 'profile-id': '1', 'tier-flag': '0', 'tx-mode': 'SRST' },
};

/** What is offered of a video codec, with retransmission and all feedback; the profile counts for H.264 only. */
export function videoCodec(name: VideoCodecName, profileLevelId = '42e01f'): TrackCodec {
  const payloadType = payloadTypes[name];
  return {
    name,
    payloadType,
    clockRate: 90_000,
    channels: 1,
    parameters: name === 'h264' ? { ...parameters.h264, 'profile-level-id': profileLevelId } : parameters[name],
    rtxPayloadType: payloadType + 1,
    nack: true,
    pli: true,
    fir: true,
    remb: true,
  };
}

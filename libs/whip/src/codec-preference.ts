import type { TrackCodec, TrackDescription } from '@weir/rtp';
import { h264Distance, h264Profile } from './h264-profile.js';

const SINGLE_NAL_MODE = 100;
const OTHER_CODEC = 1_000;

/** Orders a viewer's codecs by how well they suit what the stream really carries; H.264 first while that is unknown. */
export function rankCodecs(codecs: readonly TrackCodec[], stream: TrackDescription | undefined): TrackCodec[] {
  return codecs.toSorted((a, b) => distance(a, stream) - distance(b, stream));
}

function distance(codec: TrackCodec, stream: TrackDescription | undefined): number {
  const other = codec.name === (stream?.codec ?? (codec.name === 'opus' ? 'opus' : 'h264')) ? 0 : OTHER_CODEC;
  const { parameters } = codec;
  switch (codec.name) {
    case 'h264': {
      const wanted = h264Profile(stream?.codec === 'h264' ? stream.profileLevelId : undefined);
      // RFC 6184 6.2: mode 0, the default, forbids the fragments in which publishers send large units.
      const mode = parameters['packetization-mode'] === '1' ? 0 : SINGLE_NAL_MODE;
      return other + mode + h264Distance(wanted, h264Profile(parameters['profile-level-id']));
    }
    case 'vp9':
      return other + nonZero(parameters['profile-id']);
    case 'av1':
      return other + nonZero(parameters['profile']);
    case 'opus':
      return other + (codec.channels === 2 ? 0 : 1);
    case 'h265':
    case 'vp8':
      return other;
  }
}

function nonZero(profile: string | undefined): number {
  return profile === undefined || profile === '0' ? 0 : 1;
}

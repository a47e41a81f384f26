import type { CodecName, TrackCodec } from '@weir/rtp';

type Parameters = TrackCodec['parameters'];

const ANSWERED: Readonly<Record<CodecName, ReadonlySet<string>>> = {
  h264: new Set(['level-asymmetry-allowed', 'packetization-mode', 'profile-level-id', 'max-fs', 'max-mbps', 'max-br']),
  h265: new Set(['level-id', 'profile-id', 'profile-space', 'tier-flag', 'tx-mode', 'interop-constraints']),
  vp8: new Set(['max-fr', 'max-fs']),
  vp9: new Set(['profile-id', 'max-fr', 'max-fs']),
  av1: new Set(['level-idx', 'profile', 'tier']),
  opus: new Set([
    'minptime',
    'maxplaybackrate',
    'maxaveragebitrate',
    'stereo',
    'sprop-stereo',
    'cbr',
    'useinbandfec',
    'usedtx',
  ]),
};

const MAX_VALUE_LENGTH = 32;

/** The offered parameters that an answer repeats: those of the codec's standard, never parameter sets of another session. */
export function answeredParameters(name: CodecName, offered: Parameters): Parameters {
  const known = ANSWERED[name];
  return Object.fromEntries(
    Object.entries(offered).filter(
      ([parameter, value]) => known.has(parameter) && value.length <= MAX_VALUE_LENGTH && /^[!-:<-~]+$/.test(value),
    ),
  );
}

/** Opus parameters that make a browser encode, or decode, both channels (RFC 7587 6.1). */
export function withStereo(parameters: Parameters, extra: Parameters = {}): Parameters {
  return { ...parameters, stereo: '1', 'sprop-stereo': '1', ...extra };
}

import { MalformedParameterSet, readSps } from '@weir/cmaf';
import type { PictureMatrix } from '@weir/ffmpeg';
import type { GuestFrame } from './guest-media.js';

// ITU-T H.273, table 4
const MATRICES: Readonly<Record<number, PictureMatrix>> = { 1: 'bt709', 2: 'bt601', 5: 'bt601', 6: 'bt601' };

/** By which matrix a key frame's colours were made, BT.601 where it does not say; undefined where only its decoder can tell. */
export function matrixOf({ codec, units }: Pick<GuestFrame, 'codec' | 'units'>): PictureMatrix | undefined {
  // RFC 6386 section 9.2: VP8 knows no other.
  if (codec === 'vp8') return 'bt601';
  const [sps] = units;
  if (codec !== 'h264' || sps === undefined) return undefined;
  try {
    const { colour } = readSps(sps);
    return colour === undefined ? 'bt601' : MATRICES[colour.matrix];
  } catch (error) {
    if (error instanceof MalformedParameterSet) return undefined;
    throw error;
  }
}

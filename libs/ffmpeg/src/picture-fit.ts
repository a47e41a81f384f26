import type { PictureSize } from './picture-size.js';

// Added before cutting to an even number; of an odd one the lower neighbour is taken, here and in ffmpeg.
const towardsEven = 0.999;

/** Where a picture of square pixels lies on a decoder's canvas; the rest is black. */
export interface FittedPicture extends PictureSize {
  readonly x: number;
  readonly y: number;
}

/** Where `PictureDecoder` puts a picture of this size; all numbers are even. */
export function fitPicture(picture: PictureSize, fit: PictureSize): FittedPicture {
  const ratio = picture.width / picture.height;
  const width = nearestEven(Math.min(fit.width, fit.height * ratio));
  const height = nearestEven(Math.min(fit.height, fit.width / ratio));
  return { x: evenDown((fit.width - width) / 2), y: evenDown((fit.height - height) / 2), width, height };
}

/** By which matrix the colours of a picture were made. */
export type PictureMatrix = 'bt601' | 'bt709';

// Takes a twentieth of the time that the scaler takes for it, which goes by way of RGB, but has to be told everything.
const fromBt601 = `setparams=range=tv:colorspace=smpte170m:color_primaries=bt709:color_trc=bt709,colorspace=all=bt709:range=tv,`;

/**
 * The same for ffmpeg, whose `dar` is the ratio with the shape of the pixels in it, and BT.709 in the limited range; with no matrix given it is found
 * out for each picture, at twice the cost, and what does not say is BT.601, as browsers send it.
 */
export function fitFilter({ width, height }: PictureSize, matrix?: PictureMatrix): string {
  const w = `max(2\\,2*trunc((min(${width}\\,${height}*dar)+${towardsEven})/2))`;
  const h = `max(2\\,2*trunc((min(${height}\\,${width}/dar)+${towardsEven})/2))`;
  const toBt709 = matrix === undefined ? ':out_color_matrix=bt709' : '';
  const scale = `scale=w=${w}:h=${h}:flags=bilinear:out_range=tv${toBt709}`;
  const pad = `pad=w=${width}:h=${height}:x=2*trunc((ow-iw)/4):y=2*trunc((oh-ih)/4):color=black`;
  return `${scale},format=yuv420p,${matrix === 'bt601' ? fromBt601 : ''}${pad},setsar=1`;
}

function nearestEven(length: number): number {
  return Math.max(2, evenDown(length + towardsEven));
}

function evenDown(length: number): number {
  return 2 * Math.floor(length / 2);
}

import { FfmpegFailed } from './ffmpeg-failed.js';
import type { PictureSize } from './picture-size.js';
import { readPam, type StillImage } from './pam.js';
import { runTool } from './tool-run.js';

/** An image file that is to be decoded. */
export interface StillImageOptions {
  readonly ffmpegPath: string;
  /** A PNG, JPEG or WebP; it is not trusted. */
  readonly file: Uint8Array;
  /** What it is scaled into, or, as `cover`, just fills; it keeps its shape. */
  readonly fit: PictureSize;
  readonly isCover: boolean;
  readonly signal?: AbortSignal;
}

/** The most bytes of a file that is taken. */
export const MOST_IMAGE_BYTES = 8 << 20;

const MOST_PIXELS = 4096 * 4096;
const HEADER_BYTES = 256;
const DECODERS = [
  { decoder: 'png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], at: 0 },
  { decoder: 'mjpeg', begins: [0xff, 0xd8, 0xff], at: 0 },
  { decoder: 'webp', begins: [0x57, 0x45, 0x42, 0x50], at: 8 },
] as const;

/** Decodes an image in a process of its own; rejects with `FfmpegFailed` when it is none, too large or broken. */
export async function stillImage({ ffmpegPath, file, fit, isCover, signal }: StillImageOptions): Promise<StillImage> {
  const known = DECODERS.find(({ begins, at }) => begins.every((byte, index) => file[at + index] === byte));
  if (known === undefined || file.length > MOST_IMAGE_BYTES)
    throw refused('it is no PNG, JPEG or WebP of at most 8 MiB');
  const how = isCover ? 'increase' : 'decrease';
  const scale = `scale=${fit.width}:${fit.height}:force_original_aspect_ratio=${how}:force_divisible_by=2:flags=area`;
  const crop = isCover ? `,crop=${fit.width}:${fit.height}` : '';
  // Covered or not, it is at most as large as the rectangle, whatever the file says.
  const limit = HEADER_BYTES + 4 * fit.width * fit.height;
  const pieces: Buffer[] = [];
  let length = 0;
  await runTool({
    ffmpegPath,
    args: [
      ...`-max_pixels ${MOST_PIXELS} -f image2pipe -c:v ${known.decoder} -i pipe:0 -frames:v 1 -threads 1`.split(' '),
      ...`-filter_threads 1 -vf ${scale}${crop} -pix_fmt rgba -c:v pam -f image2pipe pipe:1`.split(' '),
    ],
    input: file,
    onOutput: (chunk) => {
      length += chunk.length;
      if (length <= limit) pieces.push(chunk);
    },
    signal,
  });
  const image = readPam(Buffer.concat(pieces));
  if (image === undefined || length > limit) throw refused('nothing of use came out');
  return image;
}

function refused(why: string): FfmpegFailed {
  return new FfmpegFailed(`could not decode the image: ${why}`, {
    exitCode: undefined,
    signal: undefined,
    lastLines: [],
  });
}

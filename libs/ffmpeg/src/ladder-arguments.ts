import { fragmentedMp4 } from './fragmented-mp4.js';
import { FRAGMENT_OFFSET_SECONDS, type LadderOptions, type LadderRung } from './ladder-options.js';
import type { PictureSize } from './picture-size.js';

const rawProbe = '-probesize 32 -analyzeduration 0'.split(' ');

/** What the ffmpeg of the pictures is told: they come on `pipe:0`, the rungs go to `pipe:1`, `pipe:3` and so on, the first once more as NUT behind them. */
export function pictureArguments(options: LadderOptions): string[] {
  const { size, frameRate, rungs } = options;
  return [
    ...rawProbe,
    ...'-f rawvideo -pixel_format yuv420p'.split(' '),
    ...`-video_size ${size.width}x${size.height} -framerate ${frameRate} -i pipe:0`.split(' '),
    ...`-filter_complex_threads 1 -filter_complex ${splitFilter(size, rungs)}`.split(' '),
    ...rungs.flatMap((rung, index) => [
      '-map',
      `[v${index}]`,
      ...pictureOutput(options, rung),
      ...(index === 0 && options.onPicture !== undefined
        ? twofold(options, 'pipe:1', `pipe:${rungs.length + 2}`)
        : muxing(options, `pipe:${index === 0 ? 1 : index + 2}`)),
    ]),
  ];
}

/** What the ffmpeg of the sound is told: samples come on `pipe:0`, AAC goes to `pipe:1`. */
export function soundArguments(options: LadderOptions): string[] {
  return [
    ...rawProbe,
    ...'-f f32le -ar 48000 -ac 2 -i pipe:0 -map 0:a'.split(' '),
    ...`-c:a aac -b:a ${options.audioBitrateBps ?? 128_000} -ar 48000 -ac 2`.split(' '),
    ...muxing(options, 'pipe:1'),
  ];
}

function splitFilter(size: PictureSize, rungs: readonly LadderRung[]): string {
  const copies = rungs.map((_, index) => `[c${index}]`);
  const scaled = rungs.map((rung, index) => {
    const isWhole = rung.width === size.width && rung.height === size.height;
    return `[c${index}]${isWhole ? 'null' : `scale=${rung.width}:${rung.height}:flags=bilinear`}[v${index}]`;
  });
  return [`[0:v]split=${rungs.length}${copies.join('')}`, ...scaled].join(';');
}

function pictureOutput(options: LadderOptions, rung: LadderRung): string[] {
  const rate = String(rung.bitrateBps);
  const { segmentSeconds, firstSegmentSeconds = segmentSeconds, frameRate } = options;
  const picturesInSegment = Math.round(segmentSeconds * frameRate);
  const leftOut = picturesInSegment - Math.round(firstSegmentSeconds * frameRate);
  return [
    ...'-fps_mode passthrough -c:v libx264 -preset'.split(' '),
    options.preset ?? 'superfast',
    ...'-tune zerolatency -profile:v high -pix_fmt yuv420p -threads 1'.split(' '),
    ...`-b:v ${rate} -maxrate ${rate} -bufsize ${rate}`.split(' '),
    // Counted in pictures, because a time may be a rounding error short of its multiple.
    ...`-force_key_frames expr:gte(n,n_forced*${picturesInSegment}-gt(n_forced,0)*${leftOut}) -sc_threshold 0`.split(
      ' ',
    ),
    ...`-g ${10 * picturesInSegment}`.split(' '),
    ...'-x264-params colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv'.split(' '),
  ];
}

function muxing(options: LadderOptions, pipe: string): string[] {
  return [...timing(options), ...fragmentedMp4, pipe];
}

/** Encoded once, written twice. */
function twofold(options: LadderOptions, mp4Pipe: string, nutPipe: string): string[] {
  const nut = 'f=nut:strict=experimental:syncpoints=none:flush_packets=1:bsfs=dump_extra';
  return [
    ...'-flags +global_header'.split(' '),
    ...timing(options),
    ...`-f tee [${slaveOptions(fragmentedMp4)}]${mp4Pipe}|[${nut}]${nutPipe}`.split(' '),
  ];
}

function timing({ offsetSeconds = 0 }: LadderOptions): string[] {
  return ['-output_ts_offset', String(FRAGMENT_OFFSET_SECONDS + offsetSeconds)];
}

/** Options as ffmpeg's `tee` takes them for one of its outputs. */
function slaveOptions(options: readonly string[]): string {
  const pairs = options.flatMap((name, index) => (index % 2 === 0 ? [`${name.slice(1)}=${options[index + 1]}`] : []));
  return pairs.join(':');
}

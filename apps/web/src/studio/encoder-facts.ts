import type { IngestStatus } from '@weir/contract';
import { encoderWords } from '../language/encoder.js';
import { bitrateText } from '../language/format.js';

const CODECS: Readonly<Record<string, string>> = {
  h264: 'H.264',
  h265: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  opus: 'Opus',
};

/** What an encoder sends, in one line such as `1080p60 H.264 6 Mb/s, key frame every 2 s`. */
export function encoderFacts(status: IngestStatus): string {
  const words = encoderWords.value;
  const { width, height, framesPerSecond, videoCodec, audioCodec, bitrateBps, keyFrameIntervalMs } = status;
  const size = width !== null && height !== null ? Math.min(width, height) : undefined;
  const picture =
    videoCodec === null
      ? words.noVideo
      : [
          size !== undefined && `${size}p${framesPerSecond === null ? '' : Math.round(framesPerSecond)}`,
          CODECS[videoCodec] ?? videoCodec,
        ]
          .filter(Boolean)
          .join(' ');
  const rate = bitrateBps === null ? '' : ` ${bitrateText(bitrateBps)}`;
  const keyFrames =
    videoCodec === null || keyFrameIntervalMs === null
      ? undefined
      : words.keyFrames(String(Math.round(keyFrameIntervalMs / 100) / 10));
  const sound = audioCodec === null ? words.noAudio : (CODECS[audioCodec] ?? audioCodec);
  return [picture + rate, keyFrames, sound].filter((part) => part !== undefined).join(', ');
}

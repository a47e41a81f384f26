import { bitrateText } from '../language/format.js';
import { figuresOf } from '../player/figures.js';
import type { Figures } from '../player/figures.js';
import type { AdaptiveStream } from './adaptive-stream.js';

/** Words the figures of what plays over HLS, counted between two readings. */
export class HlsFigures {
  #frames = 0;
  #atMs = 0;

  /** Reads the element and the stream; `delayMs` is from the broadcaster to the screen. */
  read(video: HTMLVideoElement, stream: AdaptiveStream, delayMs: number | undefined): Figures {
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
    const now = performance.now();
    const framesPerSecond = (1000 * (totalVideoFrames - this.#frames)) / Math.max(1, now - this.#atMs);
    const fresh = this.#atMs === 0 || totalVideoFrames < this.#frames;
    [this.#frames, this.#atMs] = [totalVideoFrames, now];
    const rung = stream.rungs[stream.playingRung ?? -1];
    return figuresOf({
      picture: video.videoWidth === 0 ? undefined : `${video.videoWidth}×${video.videoHeight}`,
      frameRate: fresh || video.videoWidth === 0 ? undefined : `${Math.round(framesPerSecond)} fps`,
      codecs: stream.codecs,
      bitrate: rung && bitrateText(rung.bitrateBps),
      network: stream.bandwidthBps === undefined ? undefined : bitrateText(stream.bandwidthBps),
      buffer: `${bufferedAhead(video).toFixed(1)} s`,
      latency: delayMs === undefined ? undefined : `${(delayMs / 1000).toFixed(2)} s`,
      dropped: String(droppedVideoFrames),
      stalls: String(stream.stalls),
    });
  }
}

function bufferedAhead({ buffered, currentTime }: HTMLVideoElement): number {
  return buffered.length === 0 ? 0 : Math.max(0, buffered.end(buffered.length - 1) - currentTime);
}

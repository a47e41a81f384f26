import type { GuestQuality } from '@weir/contract';
import type { StreamDescription } from '@weir/rtp';
import type { PublisherFigures, TrackFigures } from '@weir/sfu';

const SECONDS = 2;
const POOR_LOSS_PERCENT = 8;
const FAIR_LOSS_PERCENT = 2;
const POOR_FRAMES = 8;
const FAIR_FRAMES = 15;

/** How well the media of a guest come in, of the last two seconds. */
export class QualityGauge {
  readonly #seconds: PublisherFigures[] = [];
  #hasBegun = false;

  /** Takes the figures of another second; the first of a session is no whole one. */
  take(figures: PublisherFigures): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    this.#seconds.push(figures);
    if (this.#seconds.length > SECONDS) this.#seconds.shift();
  }

  /** Forgets what a session before sent. */
  clear(): void {
    this.#seconds.length = 0;
    this.#hasBegun = false;
  }

  /** What the figures tell; null before the first. */
  quality({ video }: StreamDescription): GuestQuality | null {
    if (this.#seconds.length === 0) return null;
    const tracks = this.#seconds.flatMap((second) => [second.audio ?? [], second.video ?? []].flat());
    const lost = tracks.reduce((sum, track) => sum + track.lost, 0);
    const packets = tracks.reduce((sum, track) => sum + track.packets, 0);
    const lossPercent = lost === 0 ? 0 : Math.min(100, (100 * lost) / Math.max(lost, packets));
    const elapsedMs = this.#seconds.reduce((sum, second) => sum + second.elapsedMs, 0);
    const frames = this.#seconds.reduce((sum, second) => sum + (second.video?.frames ?? 0), 0);
    const framesPerSecond = elapsedMs === 0 ? 0 : (frames * 1000) / elapsedMs;
    // A guest without a camera is none the worse for it.
    const judged = this.#seconds.some((second) => second.video !== undefined) ? framesPerSecond : Infinity;
    return {
      level: packets === 0 ? 'poor' : levelOf(lossPercent, judged),
      videoBps: this.#mean((second) => second.video),
      audioBps: this.#mean((second) => second.audio),
      framesPerSecond: Math.round(framesPerSecond * 10) / 10,
      width: video?.width ?? 0,
      height: video?.height ?? 0,
      lossPercent: Math.round(lossPercent * 10) / 10,
    };
  }

  #mean(track: (second: PublisherFigures) => TrackFigures | undefined): number {
    const sum = this.#seconds.reduce((total, second) => total + (track(second)?.bitrateBps ?? 0), 0);
    return Math.round(sum / this.#seconds.length);
  }
}

function levelOf(lossPercent: number, framesPerSecond: number): GuestQuality['level'] {
  if (lossPercent > POOR_LOSS_PERCENT || framesPerSecond < POOR_FRAMES) return 'poor';
  return lossPercent > FAIR_LOSS_PERCENT || framesPerSecond < FAIR_FRAMES ? 'fair' : 'good';
}

import type { RungFacts } from '../player/quality.js';
import type { AdaptiveStream, StreamOptions } from './adaptive-stream.js';

interface DatedVideo extends HTMLVideoElement {
  /** The date of media time 0, where the browser knows it (HTML 4.8.11.6). */
  getStartDate?: () => Date;
}

/** A stream that the browser plays without help, as on an iPhone before iOS 17.1: it chooses the rungs by itself. */
export class NativeStream implements AdaptiveStream {
  readonly rungs: readonly RungFacts[] = [];
  readonly playingRung = undefined;
  readonly chosenRung = -1;
  readonly bandwidthBps = undefined;
  readonly codecs = '';
  readonly hls = undefined;
  stalls = 0;
  #video: DatedVideo;
  #placed = new AbortController();
  #wasLive: boolean | undefined;

  constructor(private readonly options: StreamOptions) {
    this.#video = options.video;
    this.#open();
  }

  get playingDateMs(): number | undefined {
    const startMs = this.#video.getStartDate?.().getTime() ?? Number.NaN;
    return Number.isFinite(startMs) ? startMs + this.#video.currentTime * 1000 : undefined;
  }

  get startSeconds(): number | undefined {
    const { seekable } = this.#video;
    return seekable.length > 0 ? seekable.start(0) : undefined;
  }

  get endSeconds(): number | undefined {
    const { seekable } = this.#video;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) : undefined;
  }

  get liveSeconds(): number | undefined {
    return this.#video.duration === Infinity ? this.endSeconds : undefined;
  }

  moveTo(video: HTMLVideoElement): void {
    this.close();
    this.#video = video;
    this.#placed = new AbortController();
    this.#open();
  }

  chooseRung(): void {}

  secondsOfDate(dateMs: number): number | undefined {
    const startMs = this.#video.getStartDate?.().getTime() ?? Number.NaN;
    return Number.isFinite(startMs) ? (dateMs - startMs) / 1000 : undefined;
  }

  close(): void {
    if (this.#placed.signal.aborted) return;
    this.#placed.abort();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #open(): void {
    const video = this.#video;
    const listening = { signal: this.#placed.signal };
    video.addEventListener('loadedmetadata', () => this.#tellLive(), listening);
    video.addEventListener('durationchange', () => this.#wasLive !== undefined && this.#tellLive(), listening);
    video.addEventListener('waiting', () => (this.stalls += 1), listening);
    video.addEventListener('error', () => this.#fail(), listening);
    video.src = this.options.url;
  }

  #tellLive(): void {
    const live = this.#video.duration === Infinity;
    const wasLive = this.#wasLive;
    this.#wasLive = live;
    if (live !== wasLive) this.options.onLive(live, wasLive === undefined);
  }

  #fail(): void {
    this.options.onTrouble(this.#video.error?.code === MediaError.MEDIA_ERR_DECODE ? 'media' : 'network');
  }
}

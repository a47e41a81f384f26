import type Hls from 'hls.js';
import type { ErrorData, HlsConfig, LevelUpdatedData } from 'hls.js';
import type { RungFacts } from '../player/quality.js';
import type { AdaptiveStream, StreamOptions, StreamTrouble } from './adaptive-stream.js';

const RECOVERIES_WITHIN_MS = 30_000;
const MOST_RECOVERIES = 2;
const PLAYLIST_TIMEOUT_MS = 20_000;

const CONFIG: Partial<HlsConfig> = {
  lowLatencyMode: true,
  maxLiveSyncPlaybackRate: 1.25,
  liveSyncOnStallIncrease: 0.5,
  liveDurationInfinity: true,
  backBufferLength: 30,
  capLevelToPlayerSize: true,
  abrEwmaDefaultEstimate: 1_500_000,
  // The pages' policy allows no worker from a blob; fragmented MP4 leaves it nothing to do.
  enableWorker: false,
  // The server may hold the first playlist until there is a first segment. Failures are explained and repeated by the player.
  manifestLoadPolicy: {
    default: {
      maxTimeToFirstByteMs: PLAYLIST_TIMEOUT_MS,
      maxLoadTimeMs: PLAYLIST_TIMEOUT_MS,
      timeoutRetry: null,
      errorRetry: null,
    },
  },
};

// Our streams have no captions of their own, and what looks for them would empty those that are laid over a recording.
const WITHOUT_CAPTIONS = {
  timelineController: undefined,
  subtitleStreamController: undefined,
  subtitleTrackController: undefined,
} as unknown as Partial<HlsConfig>;

/** A stream played by hls.js. */
export class HlsJsStream implements AdaptiveStream {
  readonly hls: Hls;
  stalls = 0;
  #live: boolean | undefined;
  #recoveries: number[] = [];
  #closed = false;

  constructor(
    HlsJs: typeof Hls,
    private readonly options: StreamOptions,
  ) {
    const { Events, ErrorTypes, ErrorDetails } = HlsJs;
    const { token } = options;
    this.hls = new HlsJs({
      ...CONFIG,
      ...WITHOUT_CAPTIONS,
      startPosition: options.fromStart ? 0 : -1,
      ...(token !== undefined && {
        xhrSetup: (request: XMLHttpRequest) => request.setRequestHeader('Authorization', `Bearer ${token}`),
      }),
    });
    this.hls.on(Events.MANIFEST_PARSED, () => options.onRungs());
    this.hls.on(Events.LEVEL_SWITCHED, () => options.onRungs());
    this.hls.on(Events.LEVELS_UPDATED, () => options.onRungs());
    this.hls.on(Events.LEVEL_UPDATED, (_, data) => this.#update(data));
    this.hls.on(Events.ERROR, (_, data) => {
      if (data.details === ErrorDetails.BUFFER_STALLED_ERROR) this.stalls += 1;
      if (data.fatal) this.#fail(data, data.type === ErrorTypes.MEDIA_ERROR);
    });
    this.hls.attachMedia(options.video);
    this.hls.loadSource(options.url);
  }

  get rungs(): readonly RungFacts[] {
    return this.hls.levels.map(({ width, height, bitrate, frameRate }) => ({
      width,
      height,
      bitrateBps: bitrate,
      frameRate,
    }));
  }

  get playingRung(): number | undefined {
    return this.hls.currentLevel === -1 ? undefined : this.hls.currentLevel;
  }

  get chosenRung(): number {
    return this.hls.autoLevelEnabled ? -1 : this.hls.manualLevel;
  }

  get playingDateMs(): number | undefined {
    return this.hls.playingDate?.getTime();
  }

  get startSeconds(): number | undefined {
    return this.hls.latestLevelDetails?.fragmentStart;
  }

  get endSeconds(): number | undefined {
    return this.hls.latestLevelDetails?.edge;
  }

  get liveSeconds(): number | undefined {
    return this.#live === true ? (this.hls.liveSyncPosition ?? undefined) : undefined;
  }

  get bandwidthBps(): number | undefined {
    return Number.isFinite(this.hls.bandwidthEstimate) ? this.hls.bandwidthEstimate : undefined;
  }

  get codecs(): string {
    const level = this.hls.levels[this.hls.currentLevel];
    return [level?.videoCodec, level?.audioCodec].filter((codec) => codec !== undefined).join(' + ');
  }

  moveTo(video: HTMLVideoElement): void {
    const seconds = this.hls.media?.currentTime ?? 0;
    this.hls.detachMedia();
    this.hls.attachMedia(video);
    if (seconds > 0) this.hls.startLoad(seconds);
  }

  /** Takes effect with the next fragment, so that nothing is interrupted. */
  chooseRung(index: number): void {
    this.hls.nextLevel = index;
    this.options.onRungs();
  }

  secondsOfDate(dateMs: number): number | undefined {
    for (const { programDateTime, start, duration } of this.hls.latestLevelDetails?.fragments ?? []) {
      if (programDateTime === null) continue;
      const into = (dateMs - programDateTime) / 1000;
      if (into >= 0 && into < duration) return start + into;
    }
    return undefined;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.hls.destroy();
  }

  #update({ details }: LevelUpdatedData): void {
    if (details.live === this.#live) return;
    const isFirst = this.#live === undefined;
    this.#live = details.live;
    this.options.onLive(details.live, isFirst);
  }

  #fail(data: ErrorData, isMedia: boolean): void {
    if (isMedia && this.#mayRecover()) return this.hls.recoverMediaError();
    if (this.#closed) return;
    const trouble: StreamTrouble = isMedia ? 'media' : 'network';
    console.warn(`HLS: ${data.details}`);
    this.options.onTrouble(trouble);
  }

  #mayRecover(): boolean {
    const now = performance.now();
    this.#recoveries = this.#recoveries.filter((atMs) => now - atMs < RECOVERIES_WITHIN_MS);
    if (this.#recoveries.length >= MOST_RECOVERIES) return false;
    this.#recoveries.push(now);
    return true;
  }
}

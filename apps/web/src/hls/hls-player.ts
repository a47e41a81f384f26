import { computed, effect, signal } from '@preact/signals';
import type { DebugHandle } from '../media/debug-handle.js';
import { RequestRefused } from '../media/request-refused.js';
import type { Figures } from '../player/figures.js';
import { onNextPicture } from '../player/playback.js';
import type { Playback } from '../player/playback.js';
import type { Delay, Player, PlayerState } from '../player/player.js';
import type { AdaptiveStream } from './adaptive-stream.js';
import { ClockOffset } from './clock-offset.js';
import { HlsFigures } from './hls-figures.js';
import { HlsRewind } from './hls-rewind.js';
import { HlsUnsupported, openStream } from './open-stream.js';
import { RungChoice } from './rung-choice.js';
import { StreamSearch } from './stream-search.js';
import type { SearchOptions, SearchState } from './stream-search.js';

const STALLED_AFTER_MS = 1500;
const HOPELESS_AFTER_MS = 20_000;
const STEADY_AFTER_MS = 5000;
const FIGURES_EVERY_MS = 1000;
const DATES_ASKED_AT_MS = [500, 2850, 5200];

/** What a player over HLS plays. */
export interface HlsPlayerOptions {
  /** Multivariant playlist. */
  readonly url: string;
  /** A channel is followed and waited for; a recording is played from its start. */
  readonly kind: 'channel' | 'recording';
  /** Where it plays until it is moved. */
  readonly playback: Playback;
  /** Sent as Bearer with every request. */
  readonly token?: string | undefined;
  /** Begins with what was captured then, Unix milliseconds by the server's clock, or else with the oldest that there is. */
  readonly fromMs?: number | undefined;
  readonly askChannel?: SearchOptions['askChannel'];
}

/** How one stream ended: it cannot go on, or a newer one takes its place. */
type PlayEnd = 'trouble' | 'renewed';

/** Plays a channel or a recording over HLS, and keeps doing so through failures. */
export class HlsPlayer implements Player {
  readonly refusal = signal<RequestRefused | undefined>(undefined);
  readonly pictured = signal(false);
  readonly soundOnly = signal(false);
  readonly figures = signal<Figures | undefined>(undefined);
  readonly delay = signal<Delay | undefined>(undefined);
  readonly quality = new RungChoice();
  readonly rewind: HlsRewind;
  readonly replay = { available: signal(false), play: () => this.#replay() };
  readonly state = computed<PlayerState>(() => {
    const state = this.#state.value;
    if (state !== 'connected' || this.rewind.standstillMs.value < STALLED_AFTER_MS) return state;
    return navigator.onLine ? 'stalled' : 'reconnecting';
  });
  readonly #state = signal<PlayerState>('idle');
  readonly #clock = new ClockOffset();
  readonly #closed = new AbortController();
  readonly #search: StreamSearch;
  #playback: Playback;
  #placed = new AbortController();
  #figureReader = new HlsFigures();
  #run: AbortController | undefined;
  #stream: AdaptiveStream | undefined;
  #end: (end: PlayEnd) => void = () => undefined;
  #wasConnected = false;
  /** Where a viewer was who did not follow. */
  #resumeAt: { readonly dateMs: number | undefined; readonly seconds: number } | undefined;

  constructor(private readonly options: HlsPlayerOptions) {
    const { url, askChannel, token, fromMs } = options;
    this.#playback = options.playback;
    this.rewind = new HlsRewind(options.playback, () => this.#end('renewed'));
    if (fromMs !== undefined) this.#resumeAt = { dateMs: fromMs, seconds: 0 };
    const onState = (state: SearchState, refusal?: RequestRefused) => this.#searched(state, refusal);
    this.#search = new StreamSearch({ url, token, askChannel, onState });
    const { signal: closed } = this.#closed;
    const measure = setInterval(() => this.#measure(), FIGURES_EVERY_MS);
    closed.addEventListener('abort', () => clearInterval(measure));
    this.#listen();
    const stop = effect(() => {
      if (this.rewind.standstillMs.value > HOPELESS_AFTER_MS) this.#end('trouble');
    });
    closed.addEventListener('abort', stop);
  }

  get playback(): Playback {
    return this.#playback;
  }

  /** What plays now. */
  get stream(): AdaptiveStream | undefined {
    return this.#stream;
  }

  capturedAtMs(): number | undefined {
    return this.#state.value === 'connected' ? this.#stream?.playingDateMs : undefined;
  }

  /** Looks for the stream now: there may be news. */
  wake(): void {
    this.#search.wake();
  }

  /** Goes on in another place. */
  moveTo(playback: Playback): void {
    if (playback === this.#playback) return;
    this.#placed.abort();
    this.#placed = new AbortController();
    this.#playback = playback;
    this.#listen();
    this.rewind.moveTo(playback);
    this.#stream?.moveTo(playback.video);
    if (!playback.paused.value) void playback.play();
  }

  start(): void {
    this.#enter();
    const listening = { signal: this.#closed.signal };
    window.addEventListener('online', () => this.#search.wake(), listening);
    window.addEventListener('pagehide', () => this.#leave(), listening);
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#enter(), listening);
    document.addEventListener('visibilitychange', () => !document.hidden && this.#awake(), listening);
    for (const delayMs of DATES_ASKED_AT_MS) setTimeout(() => void this.#askDate(), delayMs);
  }

  restart(): void {
    this.#leave();
    this.#enter();
  }

  close(): void {
    this.#closed.abort();
    this.#leave();
    this.#placed.abort();
    this.rewind.close();
  }

  #enter(): void {
    if (this.#run !== undefined || this.#closed.signal.aborted) return;
    performance.mark('weir:click');
    this.#run = new AbortController();
    this.#wasConnected = false;
    this.#search.reset();
    void this.#live(this.#run.signal);
  }

  #leave(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#drop();
    this.#tell('idle');
  }

  #awake(): void {
    this.#search.wake();
    this.rewind.read();
  }

  async #live(run: AbortSignal): Promise<void> {
    while (!run.aborted) {
      this.#tell(this.#waiting);
      const beganMs = performance.now();
      const end = await this.#play(run);
      if (run.aborted) return;
      if (end === 'renewed') [this.#wasConnected, this.#resumeAt] = [false, undefined];
      if (end === 'renewed' || performance.now() - beganMs > STEADY_AFTER_MS) this.#search.reset();
      if (end === 'trouble' && (await this.#search.find(run)) === 'refused') this.#run = undefined;
      if (this.#run === undefined) return;
    }
  }

  /** Plays until the stream cannot go on. */
  async #play(run: AbortSignal): Promise<PlayEnd> {
    const playing = new AbortController();
    const ended = new Promise<PlayEnd>((resolve) => {
      this.#end = resolve;
      run.addEventListener('abort', () => resolve('trouble'), { once: true });
    });
    try {
      const { video } = this.playback;
      const stream = await openStream({
        url: this.options.url,
        video,
        token: this.options.token,
        fromStart: this.options.kind === 'recording',
        onRungs: () => this.quality.refresh(),
        onTrouble: () => this.#end('trouble'),
        onLive: (live, isFirst) => {
          if (isFirst) this.#opened(live);
          if (!live && this.options.kind === 'channel') void this.#awaitNextStream(playing.signal);
        },
      });
      if (run.aborted) stream.close();
      else this.#attach(stream, video);
    } catch (error) {
      if (!(error instanceof HlsUnsupported)) return 'trouble';
      this.#searched('refused', new RequestRefused(0, error.message));
    }
    const end = await ended;
    playing.abort();
    if (!run.aborted) this.#drop();
    return end;
  }

  #attach(stream: AdaptiveStream, video: HTMLVideoElement): void {
    this.#stream = stream;
    if (video !== this.playback.video) stream.moveTo(this.playback.video);
    this.#figureReader = new HlsFigures();
    const following = this.options.kind === 'channel' && this.#resumeAt === undefined;
    this.rewind.attach(stream, following);
    this.quality.attach(stream);
    onNextPicture(this.playback.video, () => this.#firstFrame());
  }

  #drop(): void {
    const stream = this.#stream;
    if (stream !== undefined) {
      const resumes = !this.rewind.following && !this.replay.available.value;
      const place = { dateMs: stream.playingDateMs, seconds: this.playback.video.currentTime };
      this.#resumeAt = resumes ? place : undefined;
      stream.close();
    }
    this.#stream = undefined;
    this.replay.available.value = false;
    this.delay.value = undefined;
    this.rewind.detach();
  }

  /** The first playlist is there. */
  #opened(live: boolean): void {
    if (!live && this.options.kind === 'channel' && !this.#wasConnected) {
      this.replay.available.value = true;
      return this.#tell('offline');
    }
    this.#wasConnected = true;
    this.#tell('connected');
    const { dateMs, seconds } = this.#resumeAt ?? {};
    const found = dateMs === undefined ? seconds : this.#stream?.secondsOfDate(dateMs);
    const resumeAt = found ?? (dateMs === this.options.fromMs ? this.#stream?.startSeconds : undefined);
    if (resumeAt !== undefined) this.#startAt(resumeAt);
    if (!this.playback.paused.value) void this.playback.play();
  }

  #startAt(seconds: number): void {
    const { video } = this.playback;
    const move = () => (video.currentTime = seconds);
    if (video.readyState > 0) move();
    else video.addEventListener('loadedmetadata', move, { once: true });
  }

  #replay(): void {
    this.#tell('connected');
    this.rewind.read();
    this.rewind.seek(0);
    void this.playback.play();
  }

  #firstFrame(): void {
    performance.mark('weir:first-frame');
    this.pictured.value = true;
  }

  #playing(): void {
    const { videoWidth, readyState, paused } = this.playback.video;
    this.soundOnly.value = videoWidth === 0 && readyState > 2;
    if (videoWidth > 0 && readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.pictured.value = true;
    if (this.#state.value === 'ended' && !paused) this.#tell('connected');
  }

  #ended(): void {
    if (this.options.kind !== 'channel' || this.#stream === undefined) return;
    // The browser paused at the end, not the viewer.
    this.playback.paused.value = false;
    this.replay.available.value = true;
    this.#tell('ended');
    if (this.rewind.renewed.value) this.#end('renewed');
  }

  /** The stream is over: waits for the next one, and changes over when nobody watches the old one any more. */
  async #awaitNextStream(playing: AbortSignal): Promise<void> {
    if (!(await this.#search.findNext(playing))) return;
    this.rewind.renewed.value = true;
    if (this.#state.value !== 'connected') this.#end('renewed');
  }

  #searched(state: SearchState, refusal?: RequestRefused): void {
    this.refusal.value = refusal;
    if (state === 'offline') {
      this.pictured.value = false;
      this.#wasConnected = false;
    }
    this.#tell(state === 'searching' ? this.#waiting : state);
  }

  get #waiting(): PlayerState {
    return this.#wasConnected ? 'reconnecting' : 'connecting';
  }

  #tell(state: PlayerState): void {
    this.#state.value = state;
  }

  #measure(): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    const { video } = this.playback;
    const dateMs = this.rewind.window.value?.live === true ? stream.playingDateMs : undefined;
    const delayMs = dateMs === undefined ? undefined : Math.max(0, Date.now() + this.#clock.offsetMs - dateMs);
    this.delay.value = delayMs === undefined ? undefined : { milliseconds: delayMs, measured: true };
    this.figures.value = this.#figureReader.read(video, stream, delayMs);
  }

  async #askDate(): Promise<void> {
    if (this.#closed.signal.aborted || document.hidden) return;
    const sentMs = Date.now();
    const response = await fetch('/livez', { cache: 'no-store', signal: this.#closed.signal }).catch(() => undefined);
    const receivedMs = Date.now();
    await response?.text().catch(() => undefined);
    this.#clock.learn(Date.parse(response?.headers.get('date') ?? ''), sentMs, receivedMs);
  }

  #listen(): void {
    const { video } = this.#playback;
    const listening = { signal: this.#placed.signal };
    video.addEventListener('playing', () => this.#playing(), listening);
    video.addEventListener('resize', () => this.#playing(), listening);
    video.addEventListener('ended', () => this.#ended(), listening);
  }
}

/** What tests and curious people find of a player over HLS. */
export function debugHandleOf(player: HlsPlayer): DebugHandle {
  return {
    peer: undefined,
    get state() {
      return player.state.peek();
    },
    get hls() {
      return player.stream?.hls;
    },
    get stalls() {
      return player.stream?.stalls ?? 0;
    },
    get delayMs() {
      return player.delay.peek()?.milliseconds;
    },
  };
}

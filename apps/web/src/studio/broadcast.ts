import { computed, signal } from '@preact/signals';
import type { ConnectionState } from '../media/connection.js';
import { QualityGauge } from '../media/connection-quality.js';
import type { ConnectionQuality } from '../media/connection-quality.js';
import { exposeDebugHandle } from '../media/debug-handle.js';
import { FigureWatch } from '../media/figure-watch.js';
import type { MediaFigures } from '../media/media-figures.js';
import { SOUND_MAX_BPS } from '../media/publish-quality.js';
import type { PictureQuality } from '../media/publish-quality.js';
import type { RequestRefused } from '../media/request-refused.js';
import { WhipClient } from '../media/whip-client.js';
import { PresetAdvice } from './preset-advice.js';
import type { Sources } from './sources.js';
import { WakeLock } from './wake-lock.js';

const WARM_UP_MS = 6000;
const IDLE: readonly ConnectionState[] = ['idle', 'refused', 'replaced'];

/** What a broadcast needs to begin. */
export interface BroadcastOptions {
  /** WHIP endpoint, as `/whip/demo`. */
  readonly endpoint: string;
  /** Stream key, or the token of a guest of the stage. */
  readonly key: string;
  /** Connects and sends nothing until it is released. */
  readonly held: boolean;
  /** Asked when the server closed the session: true when somebody else took over. */
  readonly isReplaced: () => Promise<boolean>;
  /** The server would not have it; it is over. `wasOnAir` when it had been on air before. */
  readonly onRefused: (refusal: RequestRefused | undefined, wasOnAir: boolean) => void;
}

/** The sources on their way to the server: how it stands, how well it goes, and what would help. */
export class Broadcast {
  readonly state = signal<ConnectionState>('idle');
  readonly refusal = signal<RequestRefused | undefined>(undefined);
  readonly held = signal(false);
  /** When it was on air first, Unix milliseconds. */
  readonly sinceMs = signal<number | undefined>(undefined);
  readonly figures = signal<MediaFigures | undefined>(undefined);
  readonly quality = signal<ConnectionQuality | undefined>(undefined);
  /** A smaller picture that would help. */
  readonly advice = signal<PictureQuality | undefined>(undefined);
  /** Connecting, sending or trying to. */
  readonly running = computed(() => !IDLE.includes(this.state.value));
  readonly onAir = computed(() => this.state.value === 'connected' && !this.held.value);
  #client: WhipClient | undefined;
  #watch: FigureWatch | undefined;
  #gauge = new QualityGauge();
  #connectedMs = 0;
  readonly #advice = new PresetAdvice();
  readonly #wakeLock = new WakeLock();

  constructor(private readonly sources: Sources) {
    window.addEventListener('online', () => this.#client?.nudge());
    window.addEventListener('pagehide', () => this.#client?.suspend());
    document.addEventListener('visibilitychange', () => !document.hidden && this.retry());
  }

  /** Begins, in the place of one that runs. */
  async start({ endpoint, key, held, isReplaced, onRefused }: BroadcastOptions): Promise<void> {
    this.stop();
    this.refusal.value = undefined;
    this.held.value = held;
    const client = new WhipClient({
      endpoint,
      token: key,
      isReplaced,
      onState: (state, refusal) => {
        if (client !== this.#client) return;
        const wasOnAir = this.sinceMs.value !== undefined;
        this.#change(state, refusal);
        if (state === 'refused') onRefused(refusal, wasOnAir);
      },
    });
    this.#client = client;
    exposeDebugHandle(client);
    await client.setTrack('audio', this.sources.audio);
    await client.setTrack('video', this.sources.video.value);
    await this.bound();
    // Stopped, or begun anew, while it was being prepared.
    if (client !== this.#client) return;
    this.#watch = new FigureWatch(
      () => client.peer,
      'outbound',
      (figures) => this.#take(figures),
    );
    this.#wakeLock.hold();
    client.start(held);
  }

  /** Sends from now on. */
  release(): void {
    this.held.value = false;
    this.#client?.release();
    this.#noteAir();
  }

  /** Sends another track of one kind from now on, or none. */
  async setTrack(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    await this.#client?.setTrack(kind, track);
  }

  /** Cuts a wait for the next try short: the server answers again. */
  retry(): void {
    this.#client?.retry();
  }

  /** Takes over the qualities that are chosen now. */
  async bound(): Promise<void> {
    this.#advice.reset();
    this.advice.value = undefined;
    await this.#client?.setQuality(this.sources.preset.value, SOUND_MAX_BPS[this.sources.choices.value.sound]);
  }

  /** Ends it; the devices stay open. Idempotent. */
  stop(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.stop();
    this.#watch?.close();
    this.#wakeLock.release();
    this.#gauge = new QualityGauge();
    this.#advice.reset();
    this.sinceMs.value = undefined;
    this.figures.value = undefined;
    this.quality.value = undefined;
    this.advice.value = undefined;
    this.held.value = false;
    if (!IDLE.includes(this.state.value)) this.state.value = 'idle';
  }

  #change(state: ConnectionState, refusal: RequestRefused | undefined): void {
    this.state.value = state;
    this.refusal.value = refusal;
    this.#noteAir();
    if (state === 'connected') this.#connectedMs = performance.now();
    if (state === 'refused' || state === 'replaced') this.stop();
  }

  #noteAir(): void {
    if (this.onAir.value) this.sinceMs.value ??= Date.now();
  }

  #take(figures: MediaFigures): void {
    if (!this.onAir.value) return;
    this.figures.value = figures;
    const nowMs = performance.now();
    const { choices, preset, source, cameraOn } = this.sources;
    const isCamera = source.value === 'camera' && cameraOn.value;
    const isWarm = nowMs - this.#connectedMs >= WARM_UP_MS;
    const { frameRate } = this.sources.video.value?.getSettings() ?? {};
    const target = {
      framesPerSecond: isCamera && isWarm ? Math.min(preset.value.framesPerSecond, frameRate ?? Infinity) : undefined,
      bitrateBps: isCamera ? preset.value.maxBps : undefined,
    };
    this.quality.value = this.#gauge.take(isWarm ? figures : { ...figures, limitedBy: undefined }, target, nowMs);
    this.advice.value = this.#advice.take(this.quality.value, choices.value.picture, nowMs);
  }
}

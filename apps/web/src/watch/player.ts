import { computed, signal } from '@preact/signals';
import type { ConnectionState } from '../media/connection.js';
import { exposeDebugHandle } from '../media/debug-handle.js';
import { FigureWatch } from '../media/figure-watch.js';
import type { MediaFigures } from '../media/media-figures.js';
import type { RequestRefused } from '../media/request-refused.js';
import { WhepClient } from '../media/whep-client.js';
import { recallSound, rememberSound } from './sound-memory.js';

const STALLED_AFTER_READINGS = 3;
const VOLUME_STEP = 0.05;

/** What the viewer sees happening. */
export type PlayerState = ConnectionState | 'stalled';

/** Plays one channel in one video element: sound, pausing, and what to tell the viewer. */
export class Player {
  readonly video = document.createElement('video');
  readonly connection = signal<ConnectionState>('idle');
  readonly refusal = signal<RequestRefused | undefined>(undefined);
  readonly figures = signal<MediaFigures | undefined>(undefined);
  readonly pictured = signal(false);
  readonly muted = signal(true);
  readonly volume = signal(1);
  readonly paused = signal(false);
  readonly standstill = signal(0);
  readonly state = computed<PlayerState>(() =>
    this.connection.value === 'connected' && this.standstill.value >= STALLED_AFTER_READINGS
      ? 'stalled'
      : this.connection.value,
  );
  readonly soundOnly = computed(
    () => this.connection.value === 'connected' && !this.pictured.value && this.figures.value?.audioCodec !== undefined,
  );
  readonly #client: WhepClient;
  #figureWatch: FigureWatch | undefined;
  #wantsSound = false;

  constructor(endpoint: string) {
    this.#client = new WhepClient({
      endpoint,
      onStream: (stream) => this.#show(stream),
      onState: (state, refusal) => {
        this.connection.value = state;
        this.refusal.value = refusal;
        this.standstill.value = 0;
        if (state === 'offline') this.pictured.value = false;
      },
    });
    exposeDebugHandle(this.#client);
  }

  /** Connects first and sets everything else up while the server answers. */
  start(): void {
    this.#enter();
    const { video } = this;
    video.autoplay = true;
    video.playsInline = true;
    video.muted = true;
    video.dataset['testid'] = 'video';
    const sound = recallSound();
    this.#wantsSound = !sound.muted;
    video.volume = sound.volume;
    this.volume.value = sound.volume;
    video.addEventListener('volumechange', () => {
      this.muted.value = video.muted || video.volume === 0;
      this.volume.value = video.volume;
    });
    video.addEventListener('play', () => (this.paused.value = false));
    video.addEventListener('pause', () => (this.paused.value = true));
    window.addEventListener('online', () => this.#client.nudge());
    window.addEventListener('pagehide', () => this.#leave());
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#enter());
    document.addEventListener('visibilitychange', () => !document.hidden && this.#client.retry());
  }

  /** Connects again after a refusal. */
  restart(): void {
    performance.mark('weir:click');
    this.#client.start();
  }

  /** Turns sound on or off, as the viewer asked. */
  toggleMute(): void {
    const { video } = this;
    if (video.volume === 0) video.volume = 0.5;
    video.muted = !this.muted.value;
    this.#wantsSound = !video.muted;
    if (video.paused) void video.play().catch(() => undefined);
    rememberSound({ muted: video.muted, volume: video.volume });
  }

  /** Sets the volume, 0 to 1; anything audible also turns sound on. */
  setVolume(volume: number): void {
    const { video } = this;
    video.volume = Math.min(1, Math.max(0, volume));
    video.muted = video.volume === 0;
    this.#wantsSound = !video.muted;
    rememberSound({ muted: video.muted, volume: video.volume });
  }

  /** Turns the volume up or down by a twentieth. */
  stepVolume(direction: 1 | -1): void {
    this.setVolume(Math.round((this.video.volume + direction * VOLUME_STEP) * 100) / 100);
  }

  /** Freezes the picture and the sound; playing again is live again. */
  togglePlay(): void {
    if (this.video.paused) void this.video.play().catch(() => undefined);
    else this.video.pause();
  }

  #enter(): void {
    performance.mark('weir:click');
    this.#client.start();
    this.#figureWatch = new FigureWatch(
      () => this.#client.peer,
      'inbound',
      (figures) => this.#measure(figures),
    );
  }

  #leave(): void {
    this.#client.stop();
    this.#figureWatch?.close();
  }

  #show(stream: MediaStream): void {
    const { video } = this;
    if (video.srcObject !== stream) {
      video.srcObject = stream;
      if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => this.#firstFrame());
      else (video as HTMLVideoElement).addEventListener('loadeddata', () => this.#firstFrame(), { once: true });
    }
    if (!this.paused.value) void this.#play();
  }

  async #play(): Promise<void> {
    const { video } = this;
    if (this.#wantsSound) {
      video.muted = false;
      try {
        await video.play();
        return;
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
        video.muted = true;
      }
    }
    await video.play().catch(() => undefined);
  }

  #firstFrame(): void {
    performance.mark('weir:first-frame');
    this.pictured.value = true;
  }

  #measure(figures: MediaFigures): void {
    this.figures.value = figures;
    if (this.connection.value === 'connected')
      this.standstill.value = figures.packets === 0 ? this.standstill.value + 1 : 0;
  }
}

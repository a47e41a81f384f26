import { computed, signal } from '@preact/signals';
import { bitrateText } from '../language/format.js';
import type { ConnectionState } from '../media/connection.js';
import { RequestRefused } from '../media/request-refused.js';
import { WhepClient } from '../media/whep-client.js';
import { figuresOf } from '../player/figures.js';
import type { Figures } from '../player/figures.js';
import { onNextPicture, Playback } from '../player/playback.js';
import type { Delay, Player, PlayerState } from '../player/player.js';
import type { Reception } from './reception.js';
import { ReceptionWatch } from './reception-watch.js';

const STALLED_AFTER_READINGS = 3;

/** What a player in real time needs. */
export interface RealTimeOptions {
  /** WHEP endpoint. */
  readonly endpoint: string;
  /** Viewer token, sent as Bearer. */
  readonly token?: string | undefined;
  /** Where it plays until it is moved; out of sight when undefined. */
  readonly playback?: Playback | undefined;
  readonly onState: (state: ConnectionState) => void;
  /** Told of refusals after which it tries again. */
  readonly onRefusal: (refusal: RequestRefused) => void;
  /** Told once a second while connected. */
  readonly onReading: (reception: Reception) => void;
}

/** Plays one channel over WHEP. */
export class RealTimePlayer implements Player {
  readonly refusal = signal<RequestRefused | undefined>(undefined);
  readonly pictured = signal(false);
  readonly state = computed<PlayerState>(() => {
    const state = this.#connection.value;
    if (state === 'offline' && this.#wasPictured.value) return 'ended';
    if (state !== 'connected' || this.#standstill.value < STALLED_AFTER_READINGS) return state;
    return this.#isDeaf.value ? 'reconnecting' : 'stalled';
  });
  readonly soundOnly = computed(
    () =>
      this.#connection.value === 'connected' &&
      !this.pictured.value &&
      this.#reception.value?.audioCodec !== undefined &&
      this.#reception.value.width === undefined,
  );
  readonly delay = computed<Delay | undefined>(() => {
    const reception = this.#reception.value;
    if (this.state.value !== 'connected' || reception === undefined) return undefined;
    const { captureDelayMs, bufferMs, roundTripMs } = reception;
    if (captureDelayMs !== undefined) return { milliseconds: captureDelayMs, measured: true };
    return bufferMs === undefined ? undefined : { milliseconds: bufferMs + (roundTripMs ?? 0) / 2, measured: false };
  });
  readonly figures = computed(() => {
    const reception = this.#reception.value;
    return reception === undefined ? undefined : wordsOf(reception, this.delay.value);
  });
  readonly #connection = signal<ConnectionState>('idle');
  readonly #wasPictured = signal(false);
  readonly #reception = signal<Reception | undefined>(undefined);
  readonly #standstill = signal(0);
  readonly #isDeaf = computed(() => (this.#reception.value?.deafMs ?? 0) > 0);
  readonly #client: WhepClient;
  readonly #closed = new AbortController();
  #place: Playback;
  #stream: MediaStream | undefined;
  #watch: ReceptionWatch | undefined;

  constructor(private readonly options: RealTimeOptions) {
    const { endpoint, token, onRefusal } = options;
    this.#place = options.playback ?? new Playback({ hidden: true });
    this.#client = new WhepClient({
      endpoint,
      token,
      onRefusal,
      onStream: (stream) => this.#show(stream),
      onState: (state, refusal) => this.#tell(state, refusal),
    });
  }

  get playback(): Playback {
    return this.#place;
  }

  /** The current peer connection. */
  get peer(): RTCPeerConnection | undefined {
    return this.#client.peer;
  }

  capturedAtMs(): number | undefined {
    const delay = this.delay.peek();
    return delay && Date.now() + (this.#reception.peek()?.clockOffsetMs ?? 0) - delay.milliseconds;
  }

  /** Connects first and sets everything else up while the server answers. */
  start(): void {
    this.#enter();
    const listening = { signal: this.#closed.signal };
    window.addEventListener('online', () => this.#client.nudge(), listening);
    window.addEventListener('pagehide', () => this.#leave(), listening);
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#enter(), listening);
    document.addEventListener('visibilitychange', () => !document.hidden && this.#client.retry(), listening);
  }

  /** Connects again after a refusal, or when the channel went live. */
  restart(): void {
    performance.mark('weir:click');
    this.#client.start();
  }

  /** Goes on in another place; out of sight when undefined. */
  moveTo(playback: Playback = new Playback({ hidden: true })): void {
    const before = this.#place;
    if (before === playback) return;
    this.#place = playback;
    if (before.video.srcObject === this.#stream) before.video.srcObject = null;
    if (this.#stream !== undefined) this.#show(this.#stream);
  }

  /** Leaves the channel; idempotent. */
  close(): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#leave();
    const { video } = this.#place;
    if (this.#stream !== undefined && video.srcObject === this.#stream) video.srcObject = null;
  }

  #enter(): void {
    if (this.#closed.signal.aborted) return;
    performance.mark('weir:click');
    this.#watch = new ReceptionWatch(
      () => this.#client.peer,
      (reception) => this.#measure(reception),
    );
    this.#client.start();
  }

  #leave(): void {
    this.#client.stop();
    this.#watch?.close();
  }

  #tell(state: ConnectionState, refusal: RequestRefused | undefined): void {
    const isAway = this.#connection.value === 'offline' && state === 'idle';
    if (isAway || (this.#closed.signal.aborted && state !== 'idle')) return;
    this.#connection.value = state;
    this.refusal.value = refusal;
    this.#standstill.value = 0;
    if (state === 'offline') {
      this.#wasPictured.value ||= this.pictured.value;
      this.pictured.value = false;
      // Whoever owns the player knows a cheaper way to learn that something is live than to offer a session again and again.
      this.#client.stop();
    }
    this.options.onState(state);
  }

  #show(stream: MediaStream): void {
    this.#stream = stream;
    const { video } = this.#place;
    if (video.srcObject !== stream) {
      video.srcObject = stream;
      onNextPicture(video, () => this.#firstFrame(stream));
    }
    if (!this.#place.paused.value) void this.#place.play();
  }

  #firstFrame(stream: MediaStream): void {
    if (stream !== this.#stream || stream.getVideoTracks().length === 0) return;
    performance.mark('weir:first-frame');
    this.pictured.value = true;
  }

  #measure(reception: Reception): void {
    this.#reception.value = reception;
    if (this.#connection.value !== 'connected') return;
    this.#standstill.value = reception.packets === 0 ? this.#standstill.value + 1 : 0;
    this.options.onReading(reception);
  }
}

function wordsOf(reception: Reception, delay: Delay | undefined): Figures {
  const milliseconds = (value: number | undefined) => (value === undefined ? undefined : `${Math.round(value)} ms`);
  return figuresOf({
    picture: reception.width === undefined ? undefined : `${reception.width}×${reception.height}`,
    frameRate: reception.framesPerSecond === undefined ? undefined : `${Math.round(reception.framesPerSecond)} fps`,
    codecs: [reception.videoCodec, reception.audioCodec].filter((codec) => codec !== undefined).join(' + '),
    bitrate: bitrateText(reception.bitrateBps),
    loss: `${(reception.steadyLoss * 100).toFixed(1)} %`,
    repairs: String(reception.repairs),
    roundTrip: milliseconds(reception.roundTripMs),
    jitter: milliseconds(reception.jitterMs),
    buffer: milliseconds(reception.bufferMs),
    latency: delay === undefined ? undefined : `${delay.measured ? '' : '≥ '}${Math.round(delay.milliseconds)} ms`,
    dropped: String(reception.framesDropped),
    freezes: String(reception.freezes),
  });
}

import { computed, signal } from '@preact/signals';
import type { HlsPlayer } from '../hls/hls-player.js';
import type { ConnectionState } from '../media/connection.js';
import type { DebugHandle } from '../media/debug-handle.js';
import type { RequestRefused } from '../media/request-refused.js';
import { Playback } from '../player/playback.js';
import type { Player, PlayerState, Rewind } from '../player/player.js';
import type { Transport, TransportChoice } from '../player/transport.js';
import { failedOnThisNetwork, rememberNetwork } from './network-memory.js';
import { RealTimePlayer } from './real-time-player.js';
import type { Reception } from './reception.js';
import { openSwitch, switchAfter } from './transport-switch.js';
import type { SwitchFact, SwitchState } from './transport-switch.js';

const TICK_MS = 250;
const ROOM_AGAIN_MS = 10_000;
const CHANGES_KEPT = 20;

/** What is played, and how it begins. */
export interface SwitchingOptions {
  readonly channel: string;
  readonly playback: Playback;
  readonly pinned: Transport | undefined;
  /** Viewer token of a private channel, sent with every request for media. */
  readonly token?: string | undefined;
  /** Whether the channel is live and has HLS; throws RequestRefused. */
  readonly askChannel: () => Promise<{ readonly live: boolean; readonly hls: boolean }>;
  /** Told when the viewer pins a transport or none. */
  readonly onPinned?: (transport: Transport | undefined) => void;
}

/** A change that was made, for the curious. */
export interface SwitchChange {
  readonly at: string;
  readonly to: Transport;
  readonly because: string;
}

/** Plays one channel in one place by whichever transport does better, and changes over without the viewer losing the picture. */
export class SwitchingPlayer implements Player, TransportChoice {
  readonly playback: Playback;
  readonly hasRealTime = typeof RTCPeerConnection === 'function';
  readonly pinned = computed(() => this.#switch.value.pinned);
  readonly showing = computed(() => this.#switch.value.showing);
  readonly hasHls = computed(() => this.#switch.value.hlsOffered);
  /** Why HLS is shown or made ready; undefined while real time does well. */
  readonly cause = computed(() => this.#switch.value.cause);
  /** Real time is being tried beside HLS. */
  readonly probing = computed(() => this.#switch.value.showing === 'hls' && this.#switch.value.preparing !== undefined);
  readonly state = computed<PlayerState>(() => {
    const state = this.#shown.value?.state.value ?? 'connecting';
    // HLS has the place already and may yet lose it.
    const isEarly = this.#owner.value !== this.#switch.value.showing;
    return isEarly && state === 'connected' ? 'connecting' : state;
  });
  readonly refusal = computed(() => this.#shown.value?.refusal.value);
  readonly pictured = computed(() => this.#shown.value?.pictured.value ?? false);
  readonly soundOnly = computed(() => this.#shown.value?.soundOnly.value ?? false);
  readonly delay = computed(() => this.#shown.value?.delay.value);
  readonly figures = computed(() => this.#shown.value?.figures.value);
  readonly changes: SwitchChange[] = [];
  readonly #switch = signal<SwitchState>(undefined as never);
  readonly #realTime = signal<RealTimePlayer | undefined>(undefined);
  readonly #hls = signal<HlsPlayer | undefined>(undefined);
  /** Whose pictures are in the visible place. */
  readonly #owner = signal<Transport>('real-time');
  readonly #shown = computed<RealTimePlayer | HlsPlayer | undefined>(() =>
    this.#owner.value === 'hls' ? this.#hls.value : this.#realTime.value,
  );
  readonly #canGoBack = computed(() => {
    const { showing, pinned, hlsOffered } = this.#switch.value;
    return showing === 'real-time' && pinned === undefined && hlsOffered && this.pictured.value;
  });
  readonly #rewind: Rewind;
  readonly #closed = new AbortController();
  #fromMs: number | undefined;

  constructor(private readonly options: SwitchingOptions) {
    const { playback, pinned } = options;
    this.playback = playback;
    const hasWebRtc = this.hasRealTime;
    const remembered = failedOnThisNetwork(Date.now());
    const mayPin = hasWebRtc || pinned === 'hls';
    this.#switch.value = openSwitch({ pinned: mayPin ? pinned : undefined, hasWebRtc, remembered }, performance.now());
    this.#owner.value = this.#switch.value.showing;
    this.#rewind = this.#ownRewind();
  }

  get rewind(): Rewind | undefined {
    return this.#owner.value === 'hls' && this.#hls.value !== undefined ? this.#rewind : undefined;
  }

  /** Goes so many seconds back, which only HLS can; undefined where it cannot be had. */
  get goBack(): ((seconds: number) => void) | undefined {
    if (!this.#canGoBack.value) return undefined;
    return (seconds) => {
      this.#fromMs = (this.capturedAtMs() ?? Date.now()) - seconds * 1000;
      this.#take({ kind: 'rewound' });
    };
  }

  get quality() {
    return this.#owner.value === 'hls' ? this.#hls.value?.quality : undefined;
  }

  get replay() {
    return this.#owner.value === 'hls' ? this.#hls.value?.replay : undefined;
  }

  /** The player in real time, while there is one. */
  get realTime(): RealTimePlayer | undefined {
    return this.#realTime.value;
  }

  /** The player over HLS, while there is one. */
  get hls(): HlsPlayer | undefined {
    return this.#hls.value;
  }

  capturedAtMs(): number | undefined {
    return this.#shown.peek()?.capturedAtMs();
  }

  start(): void {
    this.#reconcile(undefined);
    const listening = { signal: this.#closed.signal };
    const timer = setInterval(() => this.#tick(), TICK_MS);
    this.#closed.signal.addEventListener('abort', () => clearInterval(timer));
    window.addEventListener('online', () => this.#take({ kind: 'network' }), listening);
    const { connection } = navigator as { readonly connection?: EventTarget };
    connection?.addEventListener('change', () => this.#take({ kind: 'network' }), listening);
  }

  restart(): void {
    this.#shown.value?.restart();
  }

  choose(transport: Transport | undefined): void {
    this.options.onPinned?.(transport);
    this.#take({ kind: 'pinned', transport });
  }

  returnToRealTime(): void {
    this.#take({ kind: 'live-asked' });
  }

  /** Tells what the server says of the channel: whether something is live, and whether it is there over HLS. */
  told({ live, hls }: { readonly live: boolean; readonly hls: boolean }): void {
    this.#take({ kind: 'hls-offered', offered: hls });
    if (!live) return;
    if (this.#switch.value.realTime === 'away') this.#take({ kind: 'live' });
    const realTime = this.#realTime.value;
    const state = realTime?.state.value;
    if (state === 'offline' || state === 'ended') realTime?.restart();
    if (this.#hls.value?.state.value === 'offline') this.#hls.value.wake();
  }

  close(): void {
    this.#closed.abort();
    this.#realTime.value?.close();
    this.#hls.value?.close();
  }

  #tick(): void {
    if (document.hidden) return;
    // A viewer who paused wants this picture and no other.
    if (this.playback.paused.value && this.pictured.value) return;
    const hls = this.#hls.value;
    if (hls?.pictured.value && !this.#switch.value.hlsPictured) this.#take({ kind: 'pictured', via: 'hls' });
    const realTime = this.#realTime.value;
    const plays = realTime?.pictured.value === true || realTime?.soundOnly.value === true;
    if (plays && !this.#switch.value.realTimePictured) this.#take({ kind: 'pictured', via: 'real-time' });
    const isHopeless = hls?.state.value === 'unavailable' || hls?.state.value === 'refused';
    if (isHopeless && performance.now() >= this.#switch.value.hlsFromMs) this.#take({ kind: 'hls-failed' });
    this.#take({ kind: 'tick' });
  }

  #take(fact: SwitchFact): void {
    if (this.#closed.signal.aborted) return;
    const before = this.#switch.value;
    const after = switchAfter(before, fact, performance.now());
    if (after === before) return;
    this.#switch.value = after;
    this.#reconcile(before);
  }

  /** Makes the players what the switch says: which there are, and which of them is seen. */
  #reconcile(before: SwitchState | undefined): void {
    const { showing, preparing, warm, cause } = this.#switch.value;
    if (warm && before?.warm !== true) this.#warmHls();
    const isEmpty = showing === 'real-time' && preparing === 'hls' && this.#realTime.value?.pictured.value !== true;
    const owner = isEmpty && cause !== 'rewound' ? 'hls' : showing;
    if (owner !== this.#owner.value) this.#handOver(owner);
    if (this.#needs('real-time')) this.#ensureRealTime();
    else this.#dropRealTime();
    if (this.#needs('hls')) void this.#ensureHls();
    else this.#dropHls();
    if (before !== undefined && before.showing !== showing) this.#changed(showing);
  }

  #needs(via: Transport): boolean {
    const { showing, preparing } = this.#switch.value;
    return showing === via || preparing === via;
  }

  #handOver(owner: Transport): void {
    this.playback.keepPicture();
    this.#owner.value = owner;
    if (owner === 'hls') {
      this.#realTime.value?.moveTo();
      this.#hls.value?.moveTo(this.playback);
    } else {
      this.#dropHls();
      this.#realTime.value?.moveTo(this.playback);
    }
    this.playback.awaitPicture();
  }

  #ensureRealTime(): void {
    if (this.#realTime.value !== undefined || !this.hasRealTime) return;
    const { channel, token } = this.options;
    this.#realTime.value = new RealTimePlayer({
      endpoint: `/whep/${encodeURIComponent(channel)}`,
      token,
      playback: this.#owner.value === 'real-time' ? this.playback : undefined,
      onState: (state) => this.#realTimeTold(state),
      onRefusal: (refusal) => this.#refused(refusal),
      onReading: (reception) => this.#read(reception),
    });
    this.#realTime.value.start();
  }

  #dropRealTime(): void {
    const player = this.#realTime.value;
    this.#realTime.value = undefined;
    player?.close();
  }

  async #ensureHls(): Promise<void> {
    if (this.#hls.value !== undefined) return;
    const loaded = await loadHls().catch(() => undefined);
    if (this.#closed.signal.aborted || this.#hls.value !== undefined || !this.#needs('hls')) return;
    if (loaded === undefined) return this.#take({ kind: 'hls-failed' });
    const { channel, token, askChannel } = this.options;
    this.#hls.value = new loaded.HlsPlayer({
      url: hlsUrl(channel),
      kind: 'channel',
      token,
      askChannel,
      fromMs: this.#fromMs,
      playback: this.#owner.value === 'hls' ? this.playback : new Playback({ hidden: true }),
    });
    this.#fromMs = undefined;
    this.#hls.value.start();
  }

  #dropHls(): void {
    const player = this.#hls.value;
    this.#hls.value = undefined;
    player?.close();
  }

  #realTimeTold(state: ConnectionState): void {
    if (state === 'connected') this.#take({ kind: 'connected' });
    else if (state === 'reconnecting') this.#take({ kind: 'lost' });
    else if (state === 'offline' || state === 'refused') this.#take({ kind: 'away' });
  }

  #refused({ status, retryAfterMs }: RequestRefused): void {
    if (status === 503 || status === 429) {
      this.#take({ kind: 'refused', retryAfterMs: retryAfterMs ?? ROOM_AGAIN_MS });
    }
  }

  #read({ steadyLoss, frozenMs, deafMs, packets }: Reception): void {
    if (deafMs > 0) this.#take({ kind: 'lost', sinceMs: performance.now() - deafMs });
    else if (packets > 0) this.#take({ kind: 'connected' });
    this.#take({ kind: 'reading', loss: steadyLoss, frozenMs });
  }

  /** Lets the server begin, which takes it longest, before it is known whether that will be needed. */
  #warmHls(): void {
    const { channel, token } = this.options;
    const headers: HeadersInit = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    void fetch(hlsUrl(channel), { headers, priority: 'low' }).catch(() => undefined);
  }

  #changed(to: Transport): void {
    const { cause } = this.#switch.value;
    this.changes.push({ at: new Date().toISOString(), to, because: cause ?? (to === 'hls' ? 'chosen' : 'works') });
    if (this.changes.length > CHANGES_KEPT) this.changes.shift();
    if (cause === 'blocked' || cause === 'lossy' || cause === 'frozen') rememberNetwork(true, Date.now());
    else if (to === 'real-time') rememberNetwork(false, Date.now());
  }

  #ownRewind(): Rewind {
    const inner = () => this.#hls.value?.rewind;
    return {
      window: computed(() => inner()?.window.value),
      edge: computed(() => inner()?.edge.value ?? 'none'),
      seek: (seconds) => inner()?.seek(seconds),
      step: (deltaSeconds) => inner()?.step(deltaSeconds),
      goLive: () => {
        inner()?.goLive();
        this.returnToRealTime();
      },
    };
  }
}

async function loadHls() {
  const [player] = await Promise.all([import('../hls/hls-player.js'), import('hls.js')]);
  return player;
}

function hlsUrl(channel: string): string {
  return `/hls/${encodeURIComponent(channel)}/index.m3u8`;
}

/** What tests and curious people find of a player that switches. */
export function debugHandleOf(player: SwitchingPlayer): DebugHandle {
  return {
    get peer() {
      return player.realTime?.peer;
    },
    get state() {
      return player.state.peek();
    },
    get via() {
      return player.showing.peek();
    },
    get hls() {
      return player.hls?.stream?.hls;
    },
    get stalls() {
      return player.hls?.stream?.stalls ?? 0;
    },
    get delayMs() {
      return player.delay.peek()?.milliseconds;
    },
  };
}

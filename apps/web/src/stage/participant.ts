import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { ArrangedGuest, StageGuest } from '@weir/contract';
import type { ConnectionState } from '../media/connection.js';
import { Feed } from './feed.js';
import type { Standing } from './standing.js';

const SPEAKS_FROM = 0.02;
const SPEAKS_FOR_MS = 700;

type PlayingAudio = HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> };

/** Somebody else on the stage, or the screen they share: what they send, and their sound, which plays out of sight. */
export class Participant {
  /** The person, also of a screen. */
  readonly guest: ReadonlySignal<StageGuest>;
  /** Where they stand in the program; undefined backstage. */
  readonly arranged: ReadonlySignal<ArrangedGuest | undefined>;
  readonly standing: ReadonlySignal<Standing>;
  readonly speaking = signal(false);
  /** Whether they send anything. */
  readonly sends = computed(() => (this.isScreen ? this.#guest.value.sharesScreen : this.#guest.value.connected));
  readonly #guest: Signal<StageGuest>;
  readonly #arranged = signal<ArrangedGuest | undefined>(undefined);
  readonly #standing = signal<Standing>('off-stage');
  readonly #feed: Feed;
  readonly #endings: (() => void)[] = [];
  #audio: PlayingAudio | undefined;
  #volume = 1;
  #sinkId = '';
  #spokeMs = -Infinity;

  /** `id` is that of the guest, or of a screen `<id>-screen`; `onBlocked` is told when the browser plays nothing before a click. */
  constructor(
    readonly id: string,
    guest: StageGuest,
    endpoint: string,
    token: string | undefined,
    private readonly onBlocked: () => void,
  ) {
    this.#guest = signal(guest);
    this.guest = this.#guest;
    this.arranged = this.#arranged;
    this.standing = this.#standing;
    this.#feed = new Feed(endpoint, token);
    this.#endings.push(
      effect(() => {
        if (!this.sends.value) return;
        this.#feed.start();
        this.#feed.retry();
      }),
      effect(() => this.#hear(this.#feed.stream.value)),
    );
  }

  get isScreen(): boolean {
    return this.id !== this.#guest.peek().id;
  }

  get stream(): ReadonlySignal<MediaStream | undefined> {
    return this.#feed.stream;
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#feed.state;
  }

  /** Takes what the server told about them. */
  take(guest: StageGuest, arranged: ArrangedGuest | undefined, standing: Standing): void {
    this.#guest.value = guest;
    this.#arranged.value = arranged;
    this.#standing.value = standing;
  }

  /** How loud they are here only, 0 to 1. */
  volume(volume: number): void {
    this.#volume = volume;
    if (this.#audio !== undefined) this.#audio.volume = volume;
  }

  /** Plays on another speaker, where the browser lets a page choose one. */
  playOn(sinkId: string): void {
    if (sinkId === this.#sinkId) return;
    this.#sinkId = sinkId;
    void this.#audio?.setSinkId?.(sinkId).catch(() => undefined);
  }

  /** Plays what the browser held back; to be called in a click. */
  play(): void {
    void this.#audio?.play().catch(() => undefined);
  }

  /** Looks whether they speak. */
  async listen(): Promise<void> {
    const receiver = this.#feed.peer?.getReceivers().find(({ track }) => track.kind === 'audio');
    const report =
      this.#feed.state.peek() === 'connected' ? await receiver?.getStats().catch(() => undefined) : undefined;
    const nowMs = performance.now();
    if (loudnessOf(report) >= SPEAKS_FROM) this.#spokeMs = nowMs;
    this.speaking.value = nowMs - this.#spokeMs < SPEAKS_FOR_MS;
  }

  /** Tries at once to receive, when that waits to be tried again. */
  retry(): void {
    this.#feed.retry();
  }

  /** To be called when the network changed or came back. */
  nudge(): void {
    this.#feed.nudge();
  }

  /** Receives nothing more; idempotent. */
  close(): void {
    for (const end of this.#endings.splice(0)) end();
    this.#feed.stop();
    this.#hear(undefined);
  }

  #hear(stream: MediaStream | undefined): void {
    if (stream === undefined) {
      if (this.#audio !== undefined) this.#audio.srcObject = null;
      return;
    }
    const audio: PlayingAudio = (this.#audio ??= new Audio());
    audio.volume = this.#volume;
    if (this.#sinkId !== '') void audio.setSinkId?.(this.#sinkId).catch(() => undefined);
    audio.srcObject = stream;
    void audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.onBlocked();
    });
  }
}

/** From 0 to 1 of what was heard last (webrtc-stats, 8.5 `audioLevel`). */
function loudnessOf(report: RTCStatsReport | undefined): number {
  for (const entry of report?.values() ?? []) {
    const { type, audioLevel } = entry as { readonly type: string; readonly audioLevel?: number };
    if (type === 'inbound-rtp') return audioLevel ?? 0;
  }
  return 0;
}

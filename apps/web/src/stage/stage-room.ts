import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Stage, StageFault, StageRequestName } from '@weir/contract';
import { readStage } from '../api/stage.js';
import type { Broadcast } from '../studio/broadcast.js';
import { findChosen } from '../studio/device-choice.js';
import type { Sources } from '../studio/sources.js';
import { Feed } from './feed.js';
import { forgetGuest } from './guest-memory.js';
import { MuteAccord } from './mute-accord.js';
import { Participant } from './participant.js';
import { ScreenShare } from './screen-share.js';
import { StageLine } from './stage-line.js';
import type { StageLineOptions, StageSelf } from './stage-line.js';
import type { StageBody } from './stage-socket.js';
import { standingOf } from './standing.js';

const LISTEN_MS = 300;

/** One's own camera and microphone, and their way to the server. */
export interface OwnMedia {
  readonly sources: Sources;
  readonly broadcast: Broadcast;
}

/** What a room needs. */
export interface StageRoomOptions extends Pick<StageLineOptions, 'channel' | 'token' | 'connect'> {
  /** What is published, with the token of a guest. */
  readonly media?: OwnMedia | undefined;
}

/** Why a room is over: one left, was removed, or may not be there. */
export interface RoomEnd {
  readonly reason: 'left' | 'removed' | 'refused';
  readonly fault?: StageFault;
}

/** A stage with everybody on it, as one of its guests or directors has it. */
export class StageRoom {
  readonly line: ReadonlySignal<'connecting' | 'connected' | 'lost'>;
  /** As it was told last; stays while the line is lost. */
  readonly stage: ReadonlySignal<Stage | undefined>;
  readonly you: ReadonlySignal<StageSelf | undefined>;
  readonly self = computed(() => this.stage.value?.guests.find(({ id }) => id === this.you.value?.guest));
  /** One's own place in the program; undefined off the stage. */
  readonly arranged = computed(() => arrangedOf(this.stage.value, this.you.value?.guest));
  readonly standing = computed(() => standingOf(this.stage.value, this.you.value?.guest));
  /** All others, cameras and shared screens, in the order of their coming. */
  readonly participants = signal<readonly Participant[]>([]);
  /** The browser plays nothing before a click, in which `allowSound` is to be called. */
  readonly soundBlocked = signal(false);
  readonly over = signal<RoomEnd | undefined>(undefined);
  readonly screen: ScreenShare;
  /** The composed program; its sound has oneself in it. */
  readonly program: Feed;
  readonly media: OwnMedia | undefined;
  readonly #line: StageLine;
  readonly #mute: MuteAccord | undefined;
  readonly #closed = new AbortController();
  readonly #endings: (() => void)[] = [];
  #isLeaving = false;

  constructor(private readonly options: StageRoomOptions) {
    const { channel, token, media } = options;
    this.#line = new StageLine({
      ...options,
      onStage: (stage, isFirst) => this.#take(stage, isFirst),
      onRefused: (reason, fault) => this.#finish(this.#isLeaving ? { reason: 'left' } : { reason, fault }),
    });
    [this.line, this.stage, this.you] = [this.#line.state, this.#line.stage, this.#line.you];
    this.media = token === undefined ? undefined : media;
    this.screen = new ScreenShare(`/whip/${encodeURIComponent(channel)}/stage/screen`, token ?? '');
    this.program = new Feed(this.#feedPath('program'), token);
    if (this.media !== undefined) {
      this.#mute = new MuteAccord(this.media.sources, (muted) => this.ask('updateSelf', { muted }));
    }
  }

  /** Enters, publishes and receives everybody else, and comes back by itself. */
  start(): void {
    this.#line.open();
    const listening = { signal: this.#closed.signal };
    window.addEventListener('online', () => this.#nudge(), listening);
    window.addEventListener('pagehide', () => this.#goAway(), listening);
    // What was ended when the page went away comes back with a new page only.
    window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload(), listening);
    document.addEventListener('visibilitychange', () => !document.hidden && this.#line.nudge(), listening);
    const timer = setInterval(() => this.#listen(), LISTEN_MS);
    this.#endings.push(() => clearInterval(timer), this.#publishWhenReady(), this.#followSpeaker());
  }

  /** Sends camera and microphone, in the place of another tab where there is one; without being asked only once. */
  publish(): void {
    const { channel, token } = this.options;
    if (token === undefined) return;
    void this.media?.broadcast.start({
      endpoint: `/whip/${encodeURIComponent(channel)}/stage`,
      key: token,
      held: false,
      isReplaced: () => this.#isElsewhere(token),
      onRefused: () => undefined,
    });
  }

  /** Asks the server for a change; throws StageRefused. */
  ask<Name extends StageRequestName>(name: Name, body: StageBody<Name>): Promise<void> {
    return this.#line.ask(name, body);
  }

  /** Plays what the browser held back; to be called in a click. */
  allowSound(): void {
    this.soundBlocked.value = false;
    for (const participant of this.participants.value) participant.play();
  }

  /** Leaves for good. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    await this.ask('leave', {}).catch(() => undefined);
    this.#finish({ reason: 'left' });
  }

  /** Ends everything here, while the server keeps one's place for a while; idempotent. */
  close(): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    for (const end of this.#endings.splice(0)) end();
    this.#mute?.close();
    this.#line.close();
    this.#goAway();
    this.media?.broadcast.stop();
  }

  #finish(end: RoomEnd): void {
    if (this.#closed.signal.aborted) return;
    forgetGuest(this.options.channel);
    this.close();
    this.over.value = end;
  }

  /** Publishes from the first device that is open on. */
  #publishWhenReady(): () => void {
    const sources = this.media?.sources;
    return effect(() => {
      if (sources?.ready.value !== true) return;
      if (this.media?.broadcast.state.peek() === 'idle') untracked(() => this.publish());
    });
  }

  /** Whether the same guest sends from another tab. */
  async #isElsewhere(token: string): Promise<boolean> {
    const { guests } = await readStage(this.options.channel, token);
    return guests.some(({ id, connected }) => connected && id === this.you.peek()?.guest);
  }

  #take(stage: Stage, isFirst: boolean): void {
    const own = this.you.peek()?.guest;
    const self = stage.guests.find(({ id }) => id === own);
    if (self !== undefined) this.#mute?.take(self, isFirst);
    const before = new Map(this.participants.peek().map((one) => [one.id, one]));
    const after: Participant[] = [];
    for (const guest of stage.guests) {
      if (guest.id === own) continue;
      for (const id of guest.sharesScreen ? [guest.id, `${guest.id}-screen`] : [guest.id]) {
        const participant =
          before.get(id) ??
          new Participant(id, guest, this.#feedPath(id), this.options.token, () => (this.soundBlocked.value = true));
        before.delete(id);
        participant.take(guest, arrangedOf(stage, id), standingOf(stage, id));
        after.push(participant);
      }
    }
    batch(() => {
      this.participants.value = after;
      for (const gone of before.values()) gone.close();
    });
    if (isFirst) this.#retry();
  }

  #feedPath(guest: string): string {
    return `/whep/${encodeURIComponent(this.options.channel)}/stage/${encodeURIComponent(guest)}`;
  }

  #followSpeaker(): () => void {
    const sources = this.media?.sources;
    if (sources === undefined) return () => undefined;
    return effect(() => {
      const speaker = findChosen(sources.devices.value.speakers, sources.choices.value.speaker);
      for (const participant of this.participants.value) participant.playOn(speaker?.deviceId ?? '');
    });
  }

  #listen(): void {
    for (const participant of this.participants.peek()) void participant.listen();
  }

  /** The server answers again: nothing has to wait any longer to be tried again. */
  #retry(): void {
    this.media?.broadcast.retry();
    this.screen.retry();
    this.program.retry();
    for (const participant of this.participants.peek()) participant.retry();
  }

  #nudge(): void {
    this.#line.nudge();
    this.screen.nudge();
    for (const participant of this.participants.peek()) participant.nudge();
  }

  /** Camera and microphone are left as if the network had failed, so that a reload goes on. */
  #goAway(): void {
    this.#receiveNothing();
    this.screen.stop();
  }

  #receiveNothing(): void {
    this.program.stop();
    for (const participant of this.participants.peek()) participant.close();
    this.participants.value = [];
  }
}

function arrangedOf(stage: Stage | undefined, guest: string | null | undefined) {
  return stage?.arrangement.guests.find((one) => one.guest === guest);
}

import { computed, effect, signal } from '@preact/signals';
import type { ChangeScene, DirectGuest, Stage, StageRequestName } from '@weir/contract';
import { joinStageAsMember } from '../api/stage.js';
import { directorWords } from '../language/director.js';
import { forgetGuest, recallGuest, rememberGuest } from '../stage/guest-memory.js';
import { StageRoom } from '../stage/stage-room.js';
import type { StageBody } from '../stage/stage-socket.js';
import { streamsOf } from '../stage/streams.js';
import { moved, withGuest, withScene } from './draft.js';
import type { PictureSource } from '../studio/sources.js';
import type { Studio } from '../studio/studio.js';
import { castOf, PUBLISHER } from './cast.js';
import type { Cast, CastMember } from './cast.js';
import { CARDS, LAYOUTS } from './scene-choice.js';
import { recallWay, rememberWay } from './director-memory.js';

const NOBODY: Cast = { onAir: [], backstage: [] };
const COUNT_SECONDS = 3;

/** The stage of a channel in the hands of who directs it: what is seen of it, and all that can be done. */
export class Director {
  readonly room = signal<StageRoom | undefined>(undefined);
  /** Devices are being opened, or the place on the stage is asked for. */
  readonly entering = signal(false);
  /** Why the stage could not be entered. */
  readonly entryFault = signal<unknown>(undefined);
  /** Why the last change was not made. */
  readonly fault = signal<unknown>(undefined);
  /** What was just done, for who cannot see it. */
  readonly said = signal('');
  /** The last that was told, also while another room opens. */
  readonly stage = signal<Stage | undefined>(undefined);
  /** What is wanted, with what this page asked for and the server has not told yet. */
  readonly arrangement = computed(() => this.#draft.value ?? this.stage.value?.arrangement);
  readonly cast = computed(() => {
    const [stage, arrangement] = [this.stage.value, this.arrangement.value];
    return stage === undefined || arrangement === undefined ? NOBODY : castOf(stage, arrangement);
  });
  readonly streams = computed((): ReadonlyMap<string, MediaStream> => {
    const room = this.room.value;
    return room === undefined ? new Map() : streamsOf(room);
  });
  /** Who one is on the stage oneself; null for who takes no part. */
  readonly ownGuest = computed(() => this.room.value?.you.value?.guest ?? null);
  readonly directs = computed(() => this.room.value?.you.value?.directs);
  readonly #draft = signal<Stage['arrangement'] | undefined>(undefined);
  readonly #unfollow: () => void;
  readonly #unhush: () => void;

  constructor(readonly studio: Studio) {
    this.#unfollow = effect(() => {
      const stage = this.room.value?.stage.value;
      if (stage === undefined) return;
      const before = this.stage.peek();
      this.stage.value = stage;
      this.#draft.value = undefined;
      const newcomer = before && stage.guests.find(({ id }) => !before.guests.some((one) => one.id === id));
      if (newcomer !== undefined) this.said.value = directorWords.peek().arrived(newcomer.name);
    });
    this.#unhush = effect(() => {
      if (!studio.broadcast.running.value) return;
      // Who is live from this very browser would hear himself.
      this.room.value?.participants.value.find(({ id }) => id === PUBLISHER)?.volume(0);
    });
  }

  get channel(): string {
    return this.studio.channel;
  }

  /** Comes back the way one was here before the page was reloaded; does nothing on a first visit. */
  async resume(): Promise<void> {
    const way = recallWay(this.channel);
    if (way === 'direct') this.direct();
    else if (way !== undefined) await this.takePart(way);
  }

  /** Goes back to the question of how to come onto the stage. */
  startOver(): void {
    this.room.value?.close();
    this.room.value = undefined;
    this.stage.value = undefined;
  }

  /** Takes part with the studio's own devices; they are opened now. */
  async takePart(source: PictureSource): Promise<void> {
    const { sources, broadcast } = this.studio;
    if (this.entering.value) return;
    this.entering.value = true;
    this.entryFault.value = undefined;
    try {
      if (!sources.prepared.value) await sources.prepare(source);
      if (!sources.prepared.value) return;
      const joined = recallGuest(this.channel) ?? (await joinStageAsMember(this.channel));
      rememberGuest(joined);
      rememberWay(this.channel, source);
      this.#open(new StageRoom({ channel: this.channel, token: joined.token, media: { sources, broadcast } }));
    } catch (error) {
      this.entryFault.value = error;
    } finally {
      this.entering.value = false;
    }
  }

  /** Directs without being part of the stage. */
  direct(): void {
    rememberWay(this.channel, 'direct');
    this.#open(new StageRoom({ channel: this.channel }));
  }

  /** Leaves the stage as a guest and goes on directing. */
  async leaveStage(): Promise<void> {
    await this.room.value?.leave().catch(() => undefined);
    forgetGuest(this.channel);
    this.direct();
  }

  /** Lets go of the stage on this page; the show goes on. Idempotent. */
  close(): void {
    this.#unfollow();
    this.#unhush();
    this.studio.countdown.cancel();
    this.room.value?.close();
    this.room.value = undefined;
  }

  /** Goes live, after the countdown where one is wanted. */
  async goLive(): Promise<void> {
    const { countdown, sources } = this.studio;
    const counts = sources.choices.value.countdown;
    if (counts && !(await countdown.run(COUNT_SECONDS, () => undefined))) return;
    await this.#ask('goLive', {});
  }

  async endShow(): Promise<void> {
    await this.#ask('endShow', {});
  }

  async undo(): Promise<void> {
    if (this.stage.value?.canUndo === true) await this.#ask('undo', {});
  }

  /** Changes the scene; nobody is brought on or sent away by it. */
  async changeScene(change: ChangeScene): Promise<void> {
    const arrangement = this.arrangement.value;
    if (arrangement !== undefined) this.#draft.value = withScene(arrangement, change);
    await this.#ask('changeScene', change);
  }

  /** Takes a layout, or puts a card up or away: what a number key does, by its place from 0. */
  async choose(place: number): Promise<void> {
    const [layout, card] = [LAYOUTS[place], CARDS[place - LAYOUTS.length]];
    // Who chooses a layout wants to see it.
    if (layout !== undefined) await this.changeScene({ layout, card: null });
    else if (card !== undefined) await this.changeScene({ card: this.arrangement.value?.card === card ? null : card });
  }

  async directGuest(member: CastMember, change: DirectGuest): Promise<void> {
    const { id, guest, isScreen } = member;
    const arrangement = this.arrangement.value;
    const who = { guest: id, label: isScreen ? '' : guest.name, shows: isScreen ? 'screen' : 'camera' } as const;
    if (arrangement !== undefined) this.#draft.value = withGuest(arrangement, who, change);
    await this.#ask('directGuest', { guest: id, ...change });
  }

  async removeGuest({ guest }: CastMember): Promise<void> {
    await this.#ask('removeGuest', { guest: guest.id });
  }

  /** Puts somebody at a place on the stage, counted from 0; brings them on where they are not. */
  async place(member: CastMember, place: number): Promise<void> {
    if (member.arranged === undefined) await this.directGuest(member, { state: 'on-air' });
    const order = this.arrangement.value?.guests.map(({ guest }) => guest) ?? [];
    const wanted = moved(order.includes(member.id) ? order : [...order, member.id], member.id, place);
    if (wanted.join() !== order.join()) await this.changeScene({ order: wanted });
  }

  #open(room: StageRoom): void {
    this.room.value?.close();
    this.room.value = room;
    room.start();
  }

  async #ask<Name extends StageRequestName>(name: Name, body: StageBody<Name>): Promise<void> {
    const room = this.room.value;
    if (room === undefined) return;
    this.fault.value = undefined;
    try {
      await room.ask(name, body);
    } catch (error) {
      this.#draft.value = undefined;
      this.fault.value = error;
    }
  }
}

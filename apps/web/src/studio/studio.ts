import { computed, signal } from '@preact/signals';
import type { Channel, ProgramStatus, UpdateChannel } from '@weir/contract';
import { getChannel, getProgram, updateChannel } from '../api/channels.js';
import { openSession, session } from '../api/session.js';
import { RequestRefused } from '../media/request-refused.js';
import type { PictureQuality, SoundQuality } from '../media/publish-quality.js';
import { Broadcast } from './broadcast.js';
import { Countdown } from './countdown.js';
import { IngestWatch } from './ingest-watch.js';
import { PermissionWatch } from './permission-watch.js';
import { Sources } from './sources.js';
import { StudioKey } from './studio-key.js';
import { recallKey, rememberKey } from './studio-memory.js';

const FACTS_MS = 5000;
const COUNT_SECONDS = 3;
/** Second of the countdown at which the connection is made, so that it stands at zero. */
const CONNECT_AT = 2;

/** Why a broadcast could not even begin, or that its key was revoked. */
export type StartTrouble = 'key' | 'channel' | 'unreachable' | 'revoked' | undefined;

/** Everything behind the studio page of one channel. */
export class Studio {
  readonly sources: Sources = new Sources((kind, track) => this.broadcast.setTrack(kind, track));
  readonly broadcast: Broadcast = new Broadcast(this.sources);
  readonly countdown = new Countdown();
  readonly permissions = new PermissionWatch(() => this.#permitted());
  readonly ingest: IngestWatch;
  /** What is known of the channel; null when there is none, undefined until known. */
  readonly facts = signal<Channel | null | undefined>(undefined);
  /** How HLS and recording are doing; undefined when there is neither. */
  readonly program = signal<ProgramStatus | undefined>(undefined);
  readonly starting = signal(false);
  readonly startTrouble = signal<StartTrouble>(undefined);
  /** The quality before one that was advised, to go back to. */
  readonly pictureBefore = signal<PictureQuality | undefined>(undefined);
  /** The stage is shown, whose show goes on without this page. */
  readonly onStage = signal(false);
  readonly isOwner = computed(() => this.facts.value?.role === 'owner');
  /** Counting, connecting or on air: leaving the page would end something. */
  readonly busy = computed(() => this.broadcast.running.value || this.countdown.left.value !== undefined);
  /** Somebody else is live on the channel, as an encoder. */
  readonly isLiveElsewhere = computed(() => this.facts.value?.live === true && !this.busy.value);
  readonly #key: StudioKey;
  #typedKey: string;
  #renewed = false;

  constructor(readonly channel: string) {
    this.ingest = new IngestWatch(channel);
    this.#key = new StudioKey(channel);
    this.#typedKey = recallKey(channel);
    if (channel === '') return;
    window.addEventListener('beforeunload', (event) => {
      if (this.busy.value && !this.onStage.value) event.preventDefault();
    });
    void this.#keepFacts();
  }

  /** The stream key that was typed or came with the link; empty when there is none. */
  get typedKey(): string {
    return this.#typedKey;
  }

  /** Goes live after the countdown; with a key that was typed, or as who is signed in. */
  async goLive(typed?: string): Promise<void> {
    if (this.busy.value || this.starting.value) return;
    this.startTrouble.value = undefined;
    this.starting.value = true;
    try {
      if (typed !== undefined) rememberKey(this.channel, (this.#typedKey = typed));
      const key = await this.#obtainKey();
      await this.#readFacts();
      this.starting.value = false;
      // Where viewers watch already there is nothing to count down to.
      const counts = this.sources.choices.value.countdown && this.facts.value?.live !== true;
      if (!counts) return await this.#start(key, false);
      const reached = await this.countdown.run(COUNT_SECONDS, (left) => {
        if (left === CONNECT_AT) void this.#start(key, true);
      });
      if (!reached) return this.broadcast.stop();
      if (this.broadcast.running.value) this.broadcast.release();
      else if (this.broadcast.refusal.value === undefined) await this.#start(key, false);
    } catch (error) {
      this.startTrouble.value = troubleOf(error);
    } finally {
      this.starting.value = false;
    }
  }

  /** Goes live again in the place of whoever took over. */
  async takeOver(): Promise<void> {
    await this.goLive();
  }

  /** Ends the broadcast, or the countdown to it; the devices stay open. */
  stop(): void {
    this.countdown.cancel();
    this.broadcast.stop();
    this.program.value = undefined;
    void this.#readFacts().catch(() => undefined);
  }

  /** Changes the size of the picture, also while live. */
  async choosePicture(picture: PictureQuality): Promise<void> {
    this.pictureBefore.value = undefined;
    await this.sources.choosePicture(picture);
    await this.broadcast.bound();
  }

  /** Takes the smaller picture that was advised. */
  async takeAdvice(picture: PictureQuality): Promise<void> {
    const before = this.sources.choices.value.picture;
    await this.choosePicture(picture);
    this.pictureBefore.value = before;
  }

  /** Changes how sound is treated, also while live. */
  async chooseSound(sound: SoundQuality): Promise<void> {
    await this.sources.chooseSound(sound);
    await this.broadcast.bound();
  }

  /** Changes the channel; throws RequestRefused. */
  async update(change: UpdateChannel): Promise<void> {
    this.facts.value = await updateChannel(this.channel, change);
  }

  async #start(key: string, held: boolean): Promise<void> {
    await this.broadcast.start({
      endpoint: `/whip/${encodeURIComponent(this.channel)}`,
      key,
      held,
      isReplaced: async () => (await getChannel(this.channel)).live,
      onRefused: (refusal, wasOnAir) => {
        this.countdown.cancel();
        if (refusal?.status === 401 || refusal?.status === 403) void this.#dropKey(wasOnAir);
      },
    });
  }

  /**
   * A key of the studio's own that was revoked since it was used last is replaced once. One that is revoked on air is not: whoever did it
   * wanted the broadcast to end. A typed one is for its owner to mend.
   */
  async #dropKey(wasOnAir: boolean): Promise<void> {
    const isTyped = this.#typedKey !== '';
    this.#typedKey = '';
    if (isTyped) return rememberKey(this.channel, '');
    this.#key.discard();
    if (wasOnAir) this.startTrouble.value = 'revoked';
    if (wasOnAir || this.#renewed) return;
    this.#renewed = true;
    await this.goLive();
    this.#renewed = false;
  }

  async #obtainKey(): Promise<string> {
    if (this.#typedKey !== '') return this.#typedKey;
    const { account } = session.value ?? (await openSession());
    if (account === null) throw new RequestRefused(401, '');
    return this.#key.obtain(account.id);
  }

  async #keepFacts(): Promise<void> {
    await openSession().catch(() => undefined);
    if (session.value?.account === null) this.#key.discard();
    for (;;) {
      if (!document.hidden || this.busy.value) await this.#readFacts().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, FACTS_MS));
    }
  }

  async #readFacts(): Promise<void> {
    try {
      this.facts.value = await getChannel(this.channel);
    } catch (error) {
      if (error instanceof RequestRefused && error.status === 404) this.facts.value = null;
      else throw error;
    }
    if (!this.broadcast.onAir.value) return;
    this.program.value = await getProgram(this.channel).catch(() => undefined);
  }

  #permitted(): void {
    const { troubles, opening, prepared } = this.sources;
    if (opening.value) return;
    if (!prepared.value) troubles.value = {};
    else if (troubles.value.camera !== undefined) void this.sources.retry('camera');
    else if (troubles.value.microphone !== undefined) void this.sources.retry('microphone');
  }
}

function troubleOf(error: unknown): StartTrouble {
  if (!(error instanceof RequestRefused)) return 'unreachable';
  if (error.status === 404) return 'channel';
  return error.status === 401 || error.status === 403 ? 'key' : 'unreachable';
}

import { computed, effect, signal } from '@preact/signals';
import type { InvitationOffer, JoinedStage } from '@weir/contract';
import { lookAtInvitation } from '../api/account.js';
import { getChannel } from '../api/channels.js';
import { openSession, session } from '../api/session.js';
import { joinStage, joinStageAsMember } from '../api/stage.js';
import type { PictureQuality, SoundQuality } from '../media/publish-quality.js';
import { RequestRefused } from '../media/request-refused.js';
import { recall, remember } from '../page/memory.js';
import { recallGuest, rememberGuest } from '../stage/guest-memory.js';
import { StageRoom } from '../stage/stage-room.js';
import { Broadcast } from '../studio/broadcast.js';
import { PermissionWatch } from '../studio/permission-watch.js';
import { Sources } from '../studio/sources.js';
import { recallLink, rememberLink } from './guest-link.js';
import type { GuestLink } from './guest-link.js';

const NAME_MEMORY = 'weir.guest-name';
const PICTURE_MEMORY = 'weir.guest-picture';

/** What is offered to a guest before he joins. */
export interface StageOffer extends Pick<InvitationOffer, 'role' | 'invitedBy'> {
  readonly channel: string;
  readonly title: string;
  /** Undefined where it is told only to who has joined. */
  readonly recorded: boolean | undefined;
}

/** Why a link leads nowhere: there is none, it is for members, it holds no more, or the server does not answer. */
export type LinkTrouble = 'no-link' | 'sign-in' | 'gone' | 'unreachable';

/** Everything behind the page of one guest: the invitation, the devices, and the stage. */
export class GuestVisit {
  readonly sources: Sources = new Sources((kind, track) => this.broadcast.setTrack(kind, track), 'guest');
  readonly broadcast: Broadcast = new Broadcast(this.sources);
  readonly permissions = new PermissionWatch(() => this.#permitted());
  readonly offer = signal<StageOffer | undefined>(undefined);
  readonly trouble = signal<LinkTrouble | undefined>(undefined);
  readonly room = signal<StageRoom | undefined>(undefined);
  readonly isOnAir = computed(() => this.room.value?.standing.value === 'on-air');

  constructor(readonly link: GuestLink | undefined) {
    const channel = link === undefined ? undefined : recallLink(link);
    const joined = channel === undefined ? undefined : recallGuest(channel);
    window.addEventListener('hashchange', () => location.reload());
    window.addEventListener('beforeunload', (event) => this.isOnAir.value && event.preventDefault());
    if (link === undefined) this.trouble.value = 'no-link';
    else if (joined === undefined) void this.look();
    else this.#comeBack(joined);
  }

  /** The name that was used last. */
  get name(): string {
    return recall(NAME_MEMORY) ?? session.value?.account?.name ?? '';
  }

  /** Finds out what the link offers. */
  async look(): Promise<void> {
    this.trouble.value = undefined;
    try {
      this.offer.value = await this.#lookUp();
    } catch (error) {
      this.trouble.value = this.#troubleOf(error);
    }
  }

  /** Joins under a name; throws RequestRefused. */
  async join(name: string): Promise<void> {
    const { link } = this;
    if (link === undefined) return;
    const joined =
      link.kind === 'invitation'
        ? await joinStage({ code: link.code, name })
        : await joinStageAsMember(link.channel, name);
    remember(NAME_MEMORY, name);
    rememberLink(link, joined.channel);
    rememberGuest(joined);
    this.#enter(joined);
  }

  /** Changes the size of the picture, also while it is sent. */
  async choosePicture(picture: PictureQuality): Promise<void> {
    await this.sources.choosePicture(picture);
    await this.broadcast.bound();
  }

  /** Changes how sound is treated, also while it is sent. */
  async chooseSound(sound: SoundQuality): Promise<void> {
    await this.sources.chooseSound(sound);
    await this.broadcast.bound();
  }

  #troubleOf(error: unknown): LinkTrouble {
    const isGone = error instanceof RequestRefused && (error.lasting || error.status === 410);
    if (!isGone) return 'unreachable';
    return this.link?.kind === 'member' && session.value?.account === null ? 'sign-in' : 'gone';
  }

  async #lookUp(): Promise<StageOffer> {
    if (this.link?.kind === 'member') {
      await openSession();
      const { name, title, role, settings } = await getChannel(this.link.channel);
      if (!role) throw new RequestRefused(403, '');
      return { channel: name, title: title || name, role, invitedBy: null, recorded: settings?.record };
    }
    const { channel, title, role, invitedBy, recorded } = await lookAtInvitation(this.link?.code ?? '');
    if (channel === null) throw new RequestRefused(404, '');
    return { channel, title: title || channel, role, invitedBy, recorded: recorded ?? undefined };
  }

  /** After a reload, as the same guest and with what was shown before: nobody wants to be seen by surprise. */
  #comeBack(joined: JoinedStage): void {
    const [source, camera] = (sessionStorage.getItem(PICTURE_MEMORY) ?? '').split(' ');
    if (camera === 'off') this.sources.turnCamera(false);
    void this.sources.prepare(source === 'none' ? 'none' : 'camera');
    this.#enter(joined);
  }

  #enter({ channel, token }: JoinedStage): void {
    const room = new StageRoom({ channel, token, media: { sources: this.sources, broadcast: this.broadcast } });
    this.room.value = room;
    room.start();
    const { source, cameraOn, opening } = this.sources;
    effect(() => {
      if (opening.value) return;
      sessionStorage.setItem(PICTURE_MEMORY, `${source.value} ${cameraOn.value ? 'on' : 'off'}`);
    });
    effect(() => {
      if (room.over.value !== undefined) this.sources.close();
    });
  }

  #permitted(): void {
    const { troubles, opening, prepared, source } = this.sources;
    if (opening.value) return;
    if (!prepared.value && this.room.value === undefined) troubles.value = {};
    else if (Object.keys(troubles.value).length > 0) void this.sources.prepare(source.value);
  }
}

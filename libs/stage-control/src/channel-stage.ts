import {
  type ArrangedGuest,
  type Arrangement,
  type ChangeScene,
  type DirectGuest,
  PUBLISHER_GUEST,
} from '@weir/contract';
import type { StageImageRow } from '@weir/store';
import { type Guest, ownerOf } from './guest.js';
import { changedScene, emptyArrangement, isSameScene, withGuest } from './scene-change.js';
import { GuestUnknown, NothingToUndo, StageFull, StageImageUnknown } from './stage-errors.js';

const UNDO_MOST = 20;
const ON_AIR_MOST = 9;

/** The stage of one channel: who is on it, what is arranged, and what can be taken back. */
export class ChannelStage {
  readonly channel: string;
  /** Everybody whose token holds or was taken away, in the order in which they came. */
  readonly guests = new Map<string, Guest>();
  readonly images = new Map<string, StageImageRow>();
  /** Of the program; null while nobody was heard. */
  speaker: string | null = null;
  /** Pixels of the running program. */
  canvas: { readonly width: number; readonly height: number } | undefined;
  /** As it is wanted; whether a guest is muted stands with the guest. */
  #wanted: Arrangement;
  #heard: Arrangement;
  #past: Arrangement[] = [];
  /** How those were arranged who are backstage now. */
  readonly #before = new Map<string, ArrangedGuest>();

  constructor(channel: string, arrangement: Arrangement = emptyArrangement) {
    this.channel = channel;
    this.#wanted = arrangement;
    this.#heard = arrangement;
  }

  /** What is wanted, with `muted` as it is heard; the same object until it changes. */
  get arrangement(): Arrangement {
    const { guests } = this.#wanted;
    const heard = {
      ...this.#wanted,
      guests: guests.map((entry) => ({ ...entry, muted: entry.muted || this.#isMuted(entry.guest) })),
    };
    if (!isSameScene(heard, this.#heard)) this.#heard = heard;
    return this.#heard;
  }

  /** What is kept: without the mutes of guests. */
  get wanted(): Arrangement {
    return this.#wanted;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** Whether the program shows more than the publisher alone. */
  get isInUse(): boolean {
    return this.#wanted.guests.length > 0 || this.#wanted.card !== null;
  }

  /** Whether the channel's publisher is not to be heard, on air or backstage. */
  get isPublisherMuted(): boolean {
    return this.#entryOf(PUBLISHER_GUEST).muted;
  }

  /** Whether that guest or screen is on air. */
  isOnAir(id: string): boolean {
    return this.#wanted.guests.some(({ guest }) => guest === id);
  }

  /** The guest of that id, who is not removed; throws GuestUnknown. */
  guest(id: string): Guest {
    const guest = this.guests.get(id);
    if (guest === undefined || guest.isRemoved) throw new GuestUnknown(id);
    return guest;
  }

  /** Replaces the arrangement; throws GuestUnknown or StageImageUnknown. Whoever it says is muted is silenced. */
  set(arrangement: Arrangement): void {
    for (const { guest } of arrangement.guests) this.#require(guest);
    for (const image of [arrangement.logo, arrangement.background]) {
      if (image !== null && !this.images.has(image)) throw new StageImageUnknown(image);
    }
    for (const { guest, muted } of arrangement.guests) if (muted) this.#silence(guest);
    this.#change({ ...arrangement, guests: arrangement.guests.map(normal) });
  }

  /** Changes what is given; throws StageImageUnknown. */
  changeScene(change: ChangeScene): void {
    for (const image of [change.logo, change.background]) {
      if (image !== undefined && image !== null && !this.images.has(image)) throw new StageImageUnknown(image);
    }
    this.#change(changedScene(this.#wanted, change));
  }

  /** Directs a guest or a screen; the first who is brought on joins the publisher when he `isAlone` on air. Throws GuestUnknown or StageFull. */
  direct(id: string, { state, muted, ...look }: DirectGuest, isAlone = false): void {
    this.#require(id);
    const isOnAir = this.isOnAir(id);
    if (state === 'on-air' && !isOnAir && this.#wanted.guests.length >= ON_AIR_MOST)
      throw new StageFull(`At most ${ON_AIR_MOST} can be on air: send somebody back first.`);
    if (muted === true) this.#silence(id);
    const given = Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));
    const isMuted = muted === true && id === PUBLISHER_GUEST;
    const entry = normal({ ...this.#entryOf(id), ...given, ...(isMuted && { muted }) });
    this.#before.set(id, entry);
    const stays = state === undefined ? isOnAir : state === 'on-air';
    const joins = isAlone && stays && this.#wanted.guests.length === 0;
    const before = joins ? withGuest(this.#wanted, PUBLISHER_GUEST, this.#entryOf(PUBLISHER_GUEST)) : this.#wanted;
    this.#change(withGuest(before, id, stays ? entry : undefined));
  }

  /** Takes the last change back; who was removed meanwhile stays so. Throws NothingToUndo. */
  undo(): void {
    const before = this.#past.pop();
    if (before === undefined) throw new NothingToUndo();
    this.#rememberEntries();
    this.#wanted = this.#possible(before);
  }

  /** A guest or screen is not to be on air any more, and no undo brings it back. */
  drop(id: string): void {
    const { pinned } = this.#wanted;
    this.#wanted = { ...withGuest(this.#wanted, id, undefined), pinned: pinned === id ? null : pinned };
    this.#before.delete(id);
  }

  /** A guest is called otherwise now; so is the label, where it was the name. */
  rename(guest: Guest, name: string): void {
    const entry = this.#entryOf(guest.id);
    const isLabelled = entry.label === guest.name;
    guest.name = name;
    if (!isLabelled) return;
    const renamed = { ...entry, label: name };
    this.#before.set(guest.id, renamed);
    if (this.isOnAir(guest.id)) this.#wanted = withGuest(this.#wanted, guest.id, renamed);
  }

  /** The show is over: nobody is on air, and nothing can be taken back. */
  clear(): void {
    this.#wanted = { ...this.#wanted, guests: [], pinned: null, card: null };
    this.#past = [];
    this.#before.clear();
    this.speaker = null;
  }

  /** An image is gone. */
  dropImage(name: string): void {
    this.images.delete(name);
    const { logo, background } = this.#wanted;
    const without = (image: string | null): string | null => (image === name ? null : image);
    this.#wanted = { ...this.#wanted, logo: without(logo), background: without(background) };
  }

  #change(arrangement: Arrangement): void {
    if (isSameScene(arrangement, this.#wanted)) return;
    this.#past.push(this.#wanted);
    if (this.#past.length > UNDO_MOST) this.#past.shift();
    this.#rememberEntries();
    this.#wanted = arrangement;
  }

  #rememberEntries(): void {
    for (const entry of this.#wanted.guests) this.#before.set(entry.guest, entry);
  }

  #possible(arrangement: Arrangement): Arrangement {
    const existing = (image: string | null): string | null => (image !== null && this.images.has(image) ? image : null);
    return {
      ...arrangement,
      guests: arrangement.guests.filter(({ guest }) => this.#isKnown(guest)),
      logo: existing(arrangement.logo),
      background: existing(arrangement.background),
    };
  }

  #isKnown(id: string): boolean {
    return id === PUBLISHER_GUEST || this.guests.get(ownerOf(id).guest)?.isRemoved === false;
  }

  #require(id: string): void {
    if (!this.#isKnown(id)) throw new GuestUnknown(id);
  }

  #isMuted(id: string): boolean {
    const { guest, source } = ownerOf(id);
    const found = this.guests.get(guest);
    return found !== undefined && (source === 'screen' ? found.isScreenMuted : found.isMuted);
  }

  #silence(id: string): void {
    const { guest, source } = ownerOf(id);
    const found = this.guests.get(guest);
    if (found === undefined) return;
    if (source === 'screen') found.isScreenMuted = true;
    else found.mute = 'director';
  }

  #entryOf(id: string): ArrangedGuest {
    const arranged = this.#wanted.guests.find(({ guest }) => guest === id) ?? this.#before.get(id);
    if (arranged !== undefined) return arranged;
    const { guest, source } = ownerOf(id);
    const isScreen = source === 'screen';
    return {
      guest: id,
      label: isScreen ? '' : (this.guests.get(guest)?.name ?? ''),
      fit: isScreen ? 'contain' : 'cover',
      gain: 1,
      muted: false,
      hidden: false,
      shows: source,
    };
  }
}

// Only of the channel's publisher, who has no hand in the stage, is it kept here whether they are muted.
function normal(entry: ArrangedGuest): ArrangedGuest {
  return entry.guest === PUBLISHER_GUEST ? entry : { ...entry, muted: false };
}

import type { StageGuestRow } from '@weir/store';
import { QualityGauge } from './quality-gauge.js';

/** What a guest sends: himself, or what is on his screen. */
export type GuestSource = 'camera' | 'screen';

const SCREEN = '-screen';
const AWAY_MS = 60_000;

/** The id under which the screen of a guest is arranged and subscribed to. */
export function screenOf(guest: string): string {
  return guest + SCREEN;
}

/** The guest behind an id, be it that of a screen. */
export function ownerOf(id: string): { readonly guest: string; readonly source: GuestSource } {
  return id.endsWith(SCREEN)
    ? { guest: id.slice(0, -SCREEN.length), source: 'screen' }
    : { guest: id, source: 'camera' };
}

/** Somebody who takes part in a stage, from joining to leaving. */
export class Guest {
  readonly id: string;
  readonly channel: string;
  readonly hash: Uint8Array;
  /** Undefined for who came by an invitation. */
  readonly account: string | undefined;
  readonly joinedAtMs: number;
  readonly quality = new QualityGauge();
  name: string;
  mute: StageGuestRow['mute'];
  /** A director silenced the shared screen. */
  isScreenMuted = false;
  #removedAtMs: number | undefined;
  #wasSentAway: boolean;
  #seenAtMs: number;
  #sockets = 0;
  readonly #sessions: Readonly<Record<GuestSource, Set<string>>> = { camera: new Set(), screen: new Set() };

  /** `seenAtMs` is when they were there last, Unix milliseconds. */
  constructor(row: StageGuestRow, seenAtMs: number) {
    this.id = row.id;
    this.channel = row.channel;
    this.hash = row.hash;
    this.account = row.account;
    this.joinedAtMs = row.joinedAtMs;
    this.name = row.name;
    this.mute = row.mute;
    this.#removedAtMs = row.removedAtMs;
    this.#wasSentAway = row.wasSentAway;
    this.#seenAtMs = seenAtMs;
  }

  /** Gone for good: the token holds no more. */
  get isRemoved(): boolean {
    return this.#removedAtMs !== undefined;
  }

  get isMuted(): boolean {
    return this.mute !== 'none';
  }

  /** Removed, and not by themselves. */
  get wasSentAway(): boolean {
    return this.isRemoved && this.#wasSentAway;
  }

  /** Whether a source is connected. */
  sends(source: GuestSource): boolean {
    return this.#sessions[source].size > 0;
  }

  /** Connected, on the page, or away for no longer than a minute. */
  isPresent(nowMs: number): boolean {
    if (this.isRemoved) return false;
    return this.#sockets > 0 || this.sends('camera') || this.sends('screen') || nowMs - this.#seenAtMs < AWAY_MS;
  }

  /** A session of a source is connected. */
  connected(source: GuestSource, session: string): void {
    this.#sessions[source].add(session);
  }

  /** A session is over. */
  disconnected(source: GuestSource, session: string, nowMs: number): void {
    if (!this.#sessions[source].delete(session)) return;
    this.#seenAtMs = nowMs;
    if (source === 'camera' && !this.sends('camera')) this.quality.clear();
  }

  /** A page of theirs was opened or closed. */
  countSocket(change: 1 | -1, nowMs: number): void {
    this.#sockets += change;
    this.#seenAtMs = nowMs;
  }

  /** Gone for good. */
  remove(nowMs: number, wasSentAway: boolean): void {
    this.#removedAtMs ??= nowMs;
    this.#wasSentAway = wasSentAway;
  }
}

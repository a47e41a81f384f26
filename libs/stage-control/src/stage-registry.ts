import { EventEmitter } from 'node:events';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Arrangement, type JoinedStage } from '@weir/contract';
import { ChannelRegistry } from '@weir/channels';
import { Database, type StageGuestRow } from '@weir/store';
import { Log } from '@weir/telemetry';
import { ChannelStage } from './channel-stage.js';
import { DeferredWrites } from './deferred-writes.js';
import { Guest, ownerOf, screenOf } from './guest.js';
import { hashGuestToken, newGuestId, newGuestToken } from './guest-token.js';
import { StageFull } from './stage-errors.js';

/** What is told about stages. */
export interface StageEvents {
  /** Anything on the stage of a channel is different now. */
  changed: [channel: string];
  /** A guest is silenced or not; told before `changed`. */
  muted: [guest: Guest];
  /** A guest is gone for good, sent away or by themselves: the token is dead, and they are not on air any more. */
  removed: [guest: Guest, wasSentAway: boolean];
}

const KEPT_MS = 7 * 86_400_000;
const PRESENT_MOST = 12;

/** The stages of all channels and their guests: all in memory, written through. */
@Injectable()
export class StageRegistry implements BeforeApplicationShutdown {
  readonly events = new EventEmitter<StageEvents>();
  readonly #database: Database;
  readonly #channels: ChannelRegistry;
  readonly #writes: DeferredWrites;
  readonly #stages = new Map<string, ChannelStage>();
  /** By the hash of the token, hexadecimal. */
  readonly #byHash = new Map<string, Guest>();
  /** What was written of each stage. */
  readonly #kept = new WeakMap<ChannelStage, ChannelStage['wanted']>();

  constructor(database: Database, channels: ChannelRegistry, log: Log) {
    this.#database = database;
    this.#channels = channels;
    this.#writes = new DeferredWrites(log);
    channels.events.on('deleted', (channel) => this.#forgetStage(channel));
  }

  /** Reads all stages; call before anything else. */
  async load(): Promise<this> {
    const { stages, stageGuests } = this.#database;
    await stageGuests.deleteBefore(Date.now() - KEPT_MS);
    for (const [channel, json] of await stages.arrangements()) {
      const read = Arrangement.safeParse(JSON.parse(json));
      if (read.success) this.#stages.set(channel, new ChannelStage(channel, read.data));
    }
    for (const row of await stageGuests.list()) this.#add(new Guest(row, Number.NEGATIVE_INFINITY));
    for (const row of await stages.images()) this.of(row.channel).images.set(row.name, row);
    for (const stage of this.#stages.values()) {
      const gone = stage.wanted.guests.filter(({ guest }) => !isThere(stage, guest));
      for (const { guest } of gone) stage.drop(guest);
    }
    return this;
  }

  /** The stage of a channel that exists. */
  of(channel: string): ChannelStage {
    let stage = this.#stages.get(channel);
    if (stage === undefined) this.#stages.set(channel, (stage = new ChannelStage(channel)));
    return stage;
  }

  /** The stage of a channel, if it was ever used. */
  find(channel: string): ChannelStage | undefined {
    return this.#stages.get(channel);
  }

  /** Channels whose stages were ever used. */
  channels(): string[] {
    return [...this.#stages.keys()];
  }

  /** Who shows that token; undefined when it never was, was taken away or is older than seven days. */
  verify(token: string): Guest | undefined {
    const guest = this.#byHash.get(Buffer.from(hashGuestToken(token)).toString('hex'));
    if (guest === undefined || guest.isRemoved || Date.now() - guest.joinedAtMs > KEPT_MS) return undefined;
    return guest;
  }

  /** Whether an account was sent away from a stage lately. */
  wasSentAway(channel: string, account: string): boolean {
    for (const guest of this.#stages.get(channel)?.guests.values() ?? []) {
      if (guest.account === account && guest.wasSentAway) return true;
    }
    return false;
  }

  /** Throws StageFull when no more people can be on the stage of a channel. */
  requireRoom(channel: string): void {
    const guests = [...(this.#stages.get(channel)?.guests.values() ?? [])];
    const present = guests.filter((guest) => guest.isPresent(Date.now())).length;
    if (present >= PRESENT_MOST) throw new StageFull(`There are ${PRESENT_MOST} people on the stage: no more fit in.`);
  }

  /** Makes a guest of a channel that exists; the token is told this once. Rejects with StageFull. */
  async join(channel: string, name: string, account: string | undefined): Promise<JoinedStage> {
    this.requireRoom(channel);
    const token = newGuestToken();
    const joinedAtMs = Date.now();
    const row: StageGuestRow = {
      id: newGuestId(),
      channel,
      hash: hashGuestToken(token),
      account,
      name,
      mute: 'none',
      joinedAtMs,
      removedAtMs: undefined,
      wasSentAway: false,
    };
    await this.#database.stageGuests.insert(row);
    this.#forgetOld(joinedAtMs);
    this.#add(new Guest(row, joinedAtMs));
    this.changed(channel);
    return { channel, title: this.#channels.get(channel).title, guest: row.id, token };
  }

  /** A guest is gone for good, be it that the guest wanted so. */
  remove(guest: Guest, wasSentAway: boolean): void {
    if (guest.isRemoved) return;
    const nowMs = Date.now();
    guest.remove(nowMs, wasSentAway);
    const { id } = guest;
    const stage = this.of(guest.channel);
    stage.drop(id);
    stage.drop(screenOf(id));
    // Who left may come back as they came; who was sent away may not, after a restart either.
    this.#writes.put(`guest ${id}`, () => this.#database.stageGuests.update(id, { removedAtMs: nowMs, wasSentAway }));
    this.events.emit('removed', guest, wasSentAway);
    this.changed(guest.channel);
  }

  /** Keeps how a guest is called and whether they are muted, which was changed. */
  keep(guest: Guest): void {
    const { id, name, mute } = guest;
    if (!guest.isRemoved) this.#writes.put(`guest ${id}`, () => this.#database.stageGuests.update(id, { name, mute }));
    this.events.emit('muted', guest);
  }

  /** Something on the stage of a channel is different now: keeps what lasts and tells everybody. */
  changed(channel: string): void {
    const stage = this.#stages.get(channel);
    if (stage === undefined) return;
    const { wanted } = stage;
    if (this.#kept.get(stage) !== wanted) {
      this.#kept.set(stage, wanted);
      this.#writes.put(`stage ${channel}`, async () => {
        if (this.#channels.find(channel) === undefined) return;
        await this.#database.stages.setArrangement(channel, JSON.stringify(wanted));
      });
    }
    this.events.emit('changed', channel);
  }

  // The database closes later.
  async beforeApplicationShutdown(): Promise<void> {
    await this.#writes.flush();
  }

  #add(guest: Guest): void {
    this.of(guest.channel).guests.set(guest.id, guest);
    this.#byHash.set(Buffer.from(guest.hash).toString('hex'), guest);
  }

  #forgetOld(nowMs: number): void {
    const before = nowMs - KEPT_MS;
    for (const [hash, guest] of this.#byHash) {
      if (guest.joinedAtMs >= before) break;
      if (!guest.isRemoved) this.remove(guest, false);
      this.#byHash.delete(hash);
      this.of(guest.channel).guests.delete(guest.id);
    }
  }

  #forgetStage(channel: string): void {
    const stage = this.#stages.get(channel);
    if (stage === undefined) return;
    this.#stages.delete(channel);
    for (const guest of stage.guests.values()) {
      this.#byHash.delete(Buffer.from(guest.hash).toString('hex'));
      if (guest.isRemoved) continue;
      guest.remove(Date.now(), true);
      this.events.emit('removed', guest, true);
    }
  }
}

function isThere(stage: ChannelStage, id: string): boolean {
  return id === 'publisher' || stage.guests.get(ownerOf(id).guest)?.isRemoved === false;
}

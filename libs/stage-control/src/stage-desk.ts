import { Injectable } from '@nestjs/common';
import { AuditLog, type Caller, TooManyAttempts } from '@weir/auth';
import { ChannelRegistry } from '@weir/channels';
import type { Arrangement, ChangeScene, DirectGuest, UpdateSelf } from '@weir/contract';
import { ProgramOff } from '@weir/programs';
import { TokenBuckets } from '@weir/sockets';
import { Log } from '@weir/telemetry';
import type { ChannelStage } from './channel-stage.js';
import { type Guest, ownerOf, screenOf } from './guest.js';
import { StageRegistry } from './stage-registry.js';

const CHANGES_OF_GUEST = { burst: 20, perSecond: 2 };

/** What can be done on stages, for who may do it: the same for HTTP and sockets. */
@Injectable()
export class StageDesk {
  readonly #stages: StageRegistry;
  readonly #channels: ChannelRegistry;
  readonly #audit: AuditLog;
  readonly #log: Log;
  readonly #pace = new TokenBuckets(CHANGES_OF_GUEST);

  constructor(stages: StageRegistry, channels: ChannelRegistry, audit: AuditLog, log: Log) {
    this.#stages = stages;
    this.#channels = channels;
    this.#audit = audit;
    this.#log = log;
  }

  /** Replaces the arrangement; throws GuestUnknown or StageImageUnknown. */
  setScene(channel: string, arrangement: Arrangement): void {
    this.#change(channel, (stage) => stage.set(arrangement));
  }

  /** Changes what is given of the arrangement; throws StageImageUnknown. */
  changeScene(channel: string, change: ChangeScene): void {
    this.#change(channel, (stage) => stage.changeScene(change));
  }

  /** Takes the last change back; throws NothingToUndo. */
  undo(channel: string): void {
    this.#change(channel, (stage) => stage.undo());
  }

  /** Brings a guest on air or back, mutes or arranges him; throws GuestUnknown or StageFull. */
  directGuest(channel: string, guest: string, change: DirectGuest): void {
    const stream = this.#channels.stream(channel);
    // Until the stage is used, a publisher is the whole program, from which he must not vanish when somebody joins him.
    const isAlone = stream?.publisher !== undefined && !stream.held;
    this.#change(channel, (stage) => stage.direct(guest, change, isAlone));
  }

  /** Sends a guest away for good, or takes a shared screen off air; throws GuestUnknown. */
  async removeGuest(caller: Caller, channel: string, id: string): Promise<void> {
    const { guest, source } = ownerOf(id);
    const found = this.#stages.of(channel).guest(guest);
    if (source === 'screen') {
      this.#change(channel, (stage) => stage.drop(screenOf(guest)));
      return;
    }
    this.#stages.remove(found, true);
    await this.#note(caller, channel, 'stage.remove', guest, found.name);
  }

  /** Begins the show: the channel is live until it is ended, whoever publishes. Throws ProgramOff. */
  async goLive(caller: Caller, channel: string): Promise<void> {
    if (this.#channels.settings(channel).hls === 'off') throw new ProgramOff(channel);
    if (this.#channels.stream(channel)?.held === true) return;
    this.#channels.hold(channel);
    await this.#note(caller, channel, 'stage.live', '', '');
  }

  /** Ends the show; a publisher with a stream key goes on alone. */
  async endShow(caller: Caller, channel: string): Promise<void> {
    if (this.#channels.stream(channel)?.held !== true) return;
    this.#channels.letGo(channel);
    await this.#note(caller, channel, 'stage.end', '', '');
  }

  /** A guest about himself: only he ends his silence. Throws TooManyAttempts. */
  updateSelf(guest: Guest, { name, muted }: UpdateSelf): void {
    const waitMs = this.#pace.take(guest.id, performance.now());
    if (waitMs > 0) throw new TooManyAttempts(waitMs);
    const stage = this.#stages.of(guest.channel);
    if (name !== undefined) stage.rename(guest, name);
    if (muted === true && guest.mute === 'none') guest.mute = 'own';
    if (muted === false) {
      guest.mute = 'none';
      guest.isScreenMuted = false;
    }
    this.#stages.keep(guest);
    this.#stages.changed(guest.channel);
  }

  /** A guest leaves: the token holds no more. */
  leave(guest: Guest): void {
    this.#stages.remove(guest, false);
  }

  #change(channel: string, act: (stage: ChannelStage) => void): void {
    const stage = this.#stages.of(channel);
    const mutes = new Map([...stage.guests.values()].map((guest) => [guest, `${guest.mute} ${guest.isScreenMuted}`]));
    try {
      act(stage);
    } finally {
      for (const [guest, before] of mutes) {
        if (before !== `${guest.mute} ${guest.isScreenMuted}`) this.#stages.keep(guest);
      }
      this.#stages.changed(channel);
    }
  }

  async #note(caller: Caller, channel: string, action: string, target: string, detail: string): Promise<void> {
    try {
      await this.#audit.note(caller, { channel, action, target, detail });
    } catch (error) {
      // It is done: the show does not wait for the database.
      this.#log.warn('what was done on a stage could not be noted', { channel, action, err: error });
    }
  }
}

import { Injectable } from '@nestjs/common';
import { ChannelRegistry, guestRouter, programRouter } from '@weir/channels';
import { PUBLISHER_GUEST } from '@weir/contract';
import { type ProgramNeed, ProgramRegistry, REAL_TIME_NEED, realTimeTracks } from '@weir/programs';
import type { StreamDescription } from '@weir/rtp';
import { RouterDescriptions } from '@weir/signalling';
import { ownerOf } from './guest.js';
import { GuestNotConnected, GuestUnknown } from './stage-errors.js';
import { StageRegistry } from './stage-registry.js';

/** Something that is watched on a stage. */
export interface StageSource {
  readonly router: string;
  /** What comes, as far as it is known; throws GuestUnknown, GuestNotConnected, StreamNotLive or ProgramOff when nothing does. */
  readonly describe: () => StreamDescription;
  /** Whether its sound is kept from the stage now, though not from others who watch the router. */
  readonly isSilent: () => boolean;
  /** It is watched no more. */
  readonly release: () => void;
}

/** The name under which the composed program is watched. */
const PROGRAM = 'program';

/** What can be watched on a stage: guests, their screens, the channel's publisher and the program. */
@Injectable()
export class StageSources {
  readonly #stages: StageRegistry;
  readonly #channels: ChannelRegistry;
  readonly #programs: ProgramRegistry;
  readonly #descriptions: RouterDescriptions;

  constructor(
    stages: StageRegistry,
    channels: ChannelRegistry,
    programs: ProgramRegistry,
    descriptions: RouterDescriptions,
  ) {
    this.#stages = stages;
    this.#channels = channels;
    this.#programs = programs;
    this.#descriptions = descriptions;
  }

  /** What is watched under an id; throws GuestUnknown. */
  of(channel: string, id: string): StageSource {
    if (id === PROGRAM) return this.#program(channel);
    if (id === PUBLISHER_GUEST) return this.#publisher(channel);
    const router = guestRouter(channel, id);
    const { guest: owner, source } = ownerOf(id);
    const guest = this.#stages.of(channel).guest(owner);
    const describe = (): StreamDescription => {
      if (guest.isRemoved) throw new GuestUnknown(id);
      if (!guest.sends(source)) throw new GuestNotConnected(id);
      return this.#descriptions.of(router);
    };
    return { router, describe, isSilent: () => false, release: () => undefined };
  }

  #publisher(channel: string): StageSource {
    const describe = (): StreamDescription => {
      const stream = this.#channels.stream(channel);
      if (stream?.publisher === undefined) throw new GuestNotConnected(PUBLISHER_GUEST);
      return stream.description;
    };
    const isSilent = (): boolean => this.#stages.of(channel).isPublisherMuted;
    return { router: guestRouter(channel, PUBLISHER_GUEST), describe, isSilent, release: () => undefined };
  }

  #program(channel: string): StageSource {
    const router = programRouter(channel);
    let need: ProgramNeed | undefined;
    const describe = (): StreamDescription => {
      need ??= this.#programs.need(channel, REAL_TIME_NEED);
      return realTimeTracks(this.#descriptions.of(router));
    };
    return { router, describe, isSilent: () => false, release: () => need?.release() };
  }
}

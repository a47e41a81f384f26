import { Injectable } from '@nestjs/common';
import { ChannelRegistry, programRouter } from '@weir/channels';
import { type ProgramNeed, ProgramRegistry, REAL_TIME_NEED, realTimeTracks } from '@weir/programs';
import type { StreamDescription } from '@weir/rtp';
import { RouterDescriptions } from '@weir/signalling';

/** What viewers of a channel get in real time: its publisher, or the composed program. */
@Injectable()
export class WatchedSource {
  readonly #channels: ChannelRegistry;
  readonly #programs: ProgramRegistry;
  readonly #descriptions: RouterDescriptions;

  constructor(channels: ChannelRegistry, programs: ProgramRegistry, descriptions: RouterDescriptions) {
    this.#channels = channels;
    this.#programs = programs;
    this.#descriptions = descriptions;
  }

  /** The router that viewers of a channel subscribe to now. */
  routerOf(channel: string): string {
    return this.#isProgram(channel) ? programRouter(channel) : channel;
  }

  /** What that router carries, as far as it is known; throws ChannelUnknown or StreamNotLive. */
  describe(channel: string, router: string): StreamDescription {
    const { description } = this.#channels.liveStream(channel);
    if (router === channel) return description;
    return realTimeTracks(this.#descriptions.of(router));
  }

  /** Has the program made for as long as it is watched, if it is what the router carries; throws StreamNotLive or ProgramOff. */
  need(channel: string, router: string): ProgramNeed | undefined {
    return router === channel ? undefined : this.#programs.need(channel, REAL_TIME_NEED);
  }

  #isProgram(channel: string): boolean {
    const row = this.#channels.find(channel);
    if (row === undefined || !this.#programs.isWatchable(channel)) return false;
    const stream = this.#channels.stream(channel);
    return row.whep === 'program' || (stream?.held === true && stream.publisher === undefined);
  }
}

import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { NotAllowed } from '@weir/auth';
import { SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { type Guest, ownerOf } from './guest.js';
import { StageAccess, type StageVisitor } from './stage-access.js';
import { StageRegistry } from './stage-registry.js';
import { StageSources } from './stage-sources.js';
import { StageSubscriber } from './stage-subscriber.js';

/** Who watches whom on stages, until they may not any more. */
@Injectable()
export class StageSubscribers implements OnModuleInit, OnModuleDestroy {
  readonly #stages: StageRegistry;
  readonly #sources: StageSources;
  readonly #access: StageAccess;
  readonly #sessions: SessionRegistry;
  readonly #log: Log;
  readonly #onRemoved = ({ channel }: Guest): void => this.endForeign(channel);

  constructor(stages: StageRegistry, sources: StageSources, access: StageAccess, sessions: SessionRegistry, log: Log) {
    this.#stages = stages;
    this.#sources = sources;
    this.#access = access;
    this.#sessions = sessions;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#stages.events.on('removed', this.#onRemoved);
  }

  onModuleDestroy(): void {
    this.#stages.events.off('removed', this.#onRemoved);
  }

  /** A session in which a visitor watches somebody, a screen, the publisher or the program; throws GuestUnknown, or NotAllowed for oneself. */
  create(visitor: StageVisitor, channel: string, id: string): StageSubscriber {
    // One's own sound never comes back.
    if (visitor.guest !== undefined && ownerOf(id).guest === visitor.guest.id)
      throw new NotAllowed('Nobody watches himself on the stage.');
    const source = this.#sources.of(channel, id);
    const holds = (): boolean => this.#access.holds(visitor, channel);
    return new StageSubscriber({ stage: channel, holds, source }, this.#log);
  }

  /** Ends the sessions on the stage of a channel of those who may not watch any more. */
  endForeign(channel: string): void {
    this.#sessions.closeNotAllowed(
      (owner) =>
        owner instanceof StageSubscriber && owner.subscription.stage === channel && !owner.subscription.holds(),
    );
  }
}

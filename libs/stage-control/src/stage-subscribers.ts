import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { NotAllowed } from '@weir/auth';
import { SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { type Guest, ownerOf } from './guest.js';
import { StageAccess, type StageVisitor } from './stage-access.js';
import { StageRegistry } from './stage-registry.js';
import { StageSources } from './stage-sources.js';
import { StageSubscriber, type StageSubscriberSurroundings } from './stage-subscriber.js';

/** Who watches whom on stages, until they may not any more. */
@Injectable()
export class StageSubscribers implements OnModuleInit, OnModuleDestroy {
  readonly #stages: StageRegistry;
  readonly #sources: StageSources;
  readonly #access: StageAccess;
  readonly #sessions: SessionRegistry;
  readonly #around: StageSubscriberSurroundings;
  readonly #open = new Set<StageSubscriber>();
  readonly #onRemoved = ({ channel }: Guest): void => this.endForeign(channel);
  readonly #onChanged = (channel: string): void => {
    for (const subscriber of this.#open) if (subscriber.subscription.stage === channel) subscriber.listen();
  };

  constructor(stages: StageRegistry, sources: StageSources, access: StageAccess, sessions: SessionRegistry, log: Log) {
    this.#stages = stages;
    this.#sources = sources;
    this.#access = access;
    this.#sessions = sessions;
    this.#around = {
      log,
      opened: (subscriber) => void this.#open.add(subscriber),
      gone: (subscriber) => void this.#open.delete(subscriber),
    };
  }

  onModuleInit(): void {
    this.#stages.events.on('removed', this.#onRemoved).on('changed', this.#onChanged);
  }

  onModuleDestroy(): void {
    this.#stages.events.off('removed', this.#onRemoved).off('changed', this.#onChanged);
  }

  /** A session in which a visitor watches somebody, a screen, the publisher or the program; throws GuestUnknown, or NotAllowed for oneself. */
  create(visitor: StageVisitor, channel: string, id: string): StageSubscriber {
    // One's own sound never comes back.
    if (visitor.guest !== undefined && ownerOf(id).guest === visitor.guest.id)
      throw new NotAllowed('Nobody watches himself on the stage.');
    const source = this.#sources.of(channel, id);
    const holds = (): boolean => this.#access.holds(visitor, channel);
    return new StageSubscriber({ stage: channel, visitor, holds, source }, this.#around);
  }

  /** Ends the sessions on any stage of who was signed in as an account, by one of its sessions or by whatever. */
  endSignedOut(account: string, session: string | undefined): void {
    this.#sessions.closeNotAllowed((owner) => {
      if (!(owner instanceof StageSubscriber)) return false;
      const { caller } = owner.subscription.visitor;
      return caller?.account?.id === account && (session === undefined || caller.session === session);
    });
  }

  /** Ends the sessions on the stage of a channel of those who may not watch any more. */
  endForeign(channel: string): void {
    this.#sessions.closeNotAllowed(
      (owner) =>
        owner instanceof StageSubscriber && owner.subscription.stage === channel && !owner.subscription.holds(),
    );
  }
}

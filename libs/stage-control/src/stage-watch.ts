import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Sessions } from '@weir/auth';
import { type BanNotice, Bans, Members } from '@weir/channels';
import type { Role } from '@weir/contract';
import { StageRegistry } from './stage-registry.js';
import { StageSubscribers } from './stage-subscribers.js';
import { StageGateway } from './stage.gateway.js';

/** Takes from the stage whoever may not be there any more: members without their role, the banned, accounts that were signed out everywhere. */
@Injectable()
export class StageWatch implements OnModuleInit, OnModuleDestroy {
  readonly #stages: StageRegistry;
  readonly #subscribers: StageSubscribers;
  readonly #gateway: StageGateway;
  readonly #members: Members;
  readonly #bans: Bans;
  readonly #sessions: Sessions;
  readonly #onMember = (channel: string, account: string, role: Role | undefined): void => {
    if (role === undefined || role === 'viewer') this.#remove(channel, account, false);
    this.#recheck(channel);
  };
  readonly #onBanned = ({ channel, key }: BanNotice): void => {
    if (key.startsWith('a:')) this.#remove(channel, key.slice(2), true);
    this.#recheck(channel);
  };
  readonly #onSignedOut = (account: string, session: string | undefined): void => {
    this.#subscribers.endSignedOut(account, session);
    if (session !== undefined) return;
    for (const channel of this.#stages.channels()) this.#remove(channel, account, false);
  };

  constructor(
    stages: StageRegistry,
    subscribers: StageSubscribers,
    gateway: StageGateway,
    members: Members,
    bans: Bans,
    sessions: Sessions,
  ) {
    this.#stages = stages;
    this.#subscribers = subscribers;
    this.#gateway = gateway;
    this.#members = members;
    this.#bans = bans;
    this.#sessions = sessions;
  }

  onModuleInit(): void {
    this.#members.events.on('changed', this.#onMember);
    this.#bans.events.on('banned', this.#onBanned);
    this.#sessions.events.on('ended', this.#onSignedOut);
  }

  onModuleDestroy(): void {
    this.#members.events.off('changed', this.#onMember);
    this.#bans.events.off('banned', this.#onBanned);
    this.#sessions.events.off('ended', this.#onSignedOut);
  }

  #remove(channel: string, account: string, wasSentAway: boolean): void {
    for (const guest of this.#stages.find(channel)?.guests.values() ?? []) {
      if (guest.account === account) this.#stages.remove(guest, wasSentAway);
    }
  }

  #recheck(channel: string): void {
    this.#subscribers.endForeign(channel);
    this.#gateway.recheck(channel);
  }
}

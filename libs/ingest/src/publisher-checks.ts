import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Sessions, StreamKeys } from '@weir/auth';
import { ChannelRegistry, Members } from '@weir/channels';
import { SessionRegistry } from '@weir/signalling';
import { Log } from '@weir/telemetry';
import { Publisher } from './publisher.js';

type IsMeant = (publisher: Publisher) => boolean;

/** Ends publishers whose key is good no more: it was revoked, or whoever answers for it is disabled or owns the channel no more. */
@Injectable()
export class PublisherChecks implements OnModuleInit, OnModuleDestroy {
  readonly #sessions: SessionRegistry;
  readonly #channels: ChannelRegistry;
  readonly #keys: StreamKeys;
  readonly #members: Members;
  readonly #signIns: Sessions;
  readonly #log: Log;
  readonly #onRevoked = (_channel: string, id: string): void => this.#end(({ key }) => key.id === id);
  readonly #onDeleted = (channel: string): void => this.#end((publisher) => publisher.channel === channel);
  readonly #onMember = (channel: string): void => this.#check((publisher) => publisher.channel === channel);
  readonly #onSignedOut = (account: string, session: string | undefined): void => {
    if (session !== undefined) return;
    this.#check(({ channel, key }) => key.madeBy === account || this.#members.roleOf(channel, account) === 'owner');
  };

  constructor(
    sessions: SessionRegistry,
    channels: ChannelRegistry,
    keys: StreamKeys,
    members: Members,
    signIns: Sessions,
    log: Log,
  ) {
    this.#sessions = sessions;
    this.#channels = channels;
    this.#keys = keys;
    this.#members = members;
    this.#signIns = signIns;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#keys.events.on('revoked', this.#onRevoked);
    this.#channels.events.on('deleted', this.#onDeleted);
    this.#members.events.on('changed', this.#onMember);
    this.#signIns.events.on('ended', this.#onSignedOut);
  }

  onModuleDestroy(): void {
    this.#keys.events.off('revoked', this.#onRevoked);
    this.#channels.events.off('deleted', this.#onDeleted);
    this.#members.events.off('changed', this.#onMember);
    this.#signIns.events.off('ended', this.#onSignedOut);
  }

  #end(isMeant: IsMeant): void {
    this.#sessions.closeNotAllowed((owner) => owner instanceof Publisher && isMeant(owner));
  }

  // Also of those whose offer is on its way.
  #check(isMeant: IsMeant): void {
    for (const owner of this.#sessions.owners()) {
      if (!(owner instanceof Publisher) || !isMeant(owner)) continue;
      this.#checkKey(owner).catch((error: unknown) => {
        this.#log.error('a stream key could not be checked', { channel: owner.channel, err: error });
      });
    }
  }

  async #checkKey(publisher: Publisher): Promise<void> {
    if (!(await this.#keys.isGood(publisher.key))) this.#end((other) => other === publisher);
  }
}

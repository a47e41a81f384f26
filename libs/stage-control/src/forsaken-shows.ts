import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Sessions } from '@weir/auth';
import { ChannelRegistry, Members } from '@weir/channels';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';

const directors = ['owner', 'moderator'] as const;

/** Ends the shows of channels whose owners and moderators are all disabled: nobody is left who answers for them. */
@Injectable()
export class ForsakenShows implements OnModuleInit, OnModuleDestroy {
  readonly #members: Members;
  readonly #sessions: Sessions;
  readonly #channels: ChannelRegistry;
  readonly #database: Database;
  readonly #log: Log;
  readonly #onMember = (channel: string): void => this.#check(channel);
  readonly #onSignedOut = (account: string, session: string | undefined): void => {
    if (session === undefined) for (const channel of this.#members.channelsOf(account)) this.#check(channel);
  };

  constructor(members: Members, sessions: Sessions, channels: ChannelRegistry, database: Database, log: Log) {
    this.#members = members;
    this.#sessions = sessions;
    this.#channels = channels;
    this.#database = database;
    this.#log = log;
  }

  onModuleInit(): void {
    this.#members.events.on('changed', this.#onMember);
    this.#sessions.events.on('ended', this.#onSignedOut);
  }

  onModuleDestroy(): void {
    this.#members.events.off('changed', this.#onMember);
    this.#sessions.events.off('ended', this.#onSignedOut);
  }

  #check(channel: string): void {
    const isDirected = this.#members.list(channel).some(({ role }) => directors.some((director) => director === role));
    // Of a channel without either, the operator directs the show.
    if (!isDirected || this.#channels.stream(channel)?.held !== true) return;
    this.#endForsaken(channel).catch((error: unknown) => {
      this.#log.error('it is unknown whether anybody is left to direct a show', { channel, err: error });
    });
  }

  async #endForsaken(channel: string): Promise<void> {
    if (await this.#database.members.hasActive(channel, directors)) return;
    this.#log.info('show ends, because all who direct it are disabled', { channel });
    this.#channels.letGo(channel);
  }
}

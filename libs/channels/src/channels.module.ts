import { type DynamicModule, type FactoryProvider, Module, type OnModuleInit } from '@nestjs/common';
import { Invitations, Sessions } from '@weir/auth';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { AvatarController } from './avatar.controller.js';
import { Avatars } from './avatars.js';
import { Bans } from './bans.js';
import { ChannelAccess } from './channel-access.js';
import { ChannelDoor } from './channel-door.js';
import { ChannelInvitationsController } from './channel-invitations.controller.js';
import { ChannelLifetime } from './channel-lifetime.js';
import { ChannelLists } from './channel-lists.js';
import { ChannelRegistry } from './channel-registry.js';
import { ChannelView } from './channel-view.js';
import { ChannelsController } from './channels.controller.js';
import { CHANNELS_OPTIONS, type ChannelsOptions } from './channels-options.js';
import { FollowController } from './follow.controller.js';
import { Follows } from './follows.js';
import { Members } from './members.js';
import { MembersController } from './members.controller.js';
import { StreamKeysController } from './stream-keys.controller.js';
import { WatchController } from './watch.controller.js';
import { WatchCookies } from './watch-cookies.js';

// What is kept in memory is read before anybody gets it.
const loaded: FactoryProvider[] = [
  {
    provide: ChannelRegistry,
    inject: [Database, Log, CHANNELS_OPTIONS],
    useFactory: (database: Database, log: Log, options: ChannelsOptions) =>
      new ChannelRegistry(database, log, options).load(),
  },
  {
    provide: Members,
    inject: [Database, ChannelRegistry],
    useFactory: (database: Database, channels: ChannelRegistry) => new Members(database, channels).load(),
  },
  {
    provide: Follows,
    inject: [Database, ChannelRegistry],
    useFactory: (database: Database, channels: ChannelRegistry) => new Follows(database, channels).load(),
  },
  {
    provide: Bans,
    inject: [Database, ChannelRegistry, Members, Follows],
    useFactory: (database: Database, channels: ChannelRegistry, members: Members, follows: Follows) =>
      new Bans(database, channels, members, follows).load(),
  },
];

/** The registry of channels and streams, who may do what in them, and their HTTP API; needs the global modules of the store, auth and telemetry. */
@Module({})
export class ChannelsModule implements OnModuleInit {
  static forRoot(options: ChannelsOptions): DynamicModule {
    return {
      module: ChannelsModule,
      global: true,
      controllers: [
        ChannelsController,
        StreamKeysController,
        MembersController,
        ChannelInvitationsController,
        FollowController,
        WatchController,
        AvatarController,
      ],
      providers: [
        { provide: CHANNELS_OPTIONS, useValue: options },
        ...loaded,
        WatchCookies,
        ChannelAccess,
        ChannelView,
        ChannelLists,
        ChannelLifetime,
        Avatars,
      ],
      exports: [ChannelRegistry, Members, Follows, Bans, ChannelAccess],
    };
  }

  readonly #invitations: Invitations;
  readonly #door: ChannelDoor;
  readonly #sessions: Sessions;
  readonly #access: ChannelAccess;

  constructor(
    invitations: Invitations,
    channels: ChannelRegistry,
    members: Members,
    bans: Bans,
    sessions: Sessions,
    access: ChannelAccess,
  ) {
    this.#invitations = invitations;
    this.#door = new ChannelDoor(channels, members, bans);
    this.#sessions = sessions;
    this.#access = access;
  }

  onModuleInit(): void {
    this.#invitations.openChannels(this.#door);
    this.#sessions.events.on('ended', (account) => this.#access.forget(account));
  }
}

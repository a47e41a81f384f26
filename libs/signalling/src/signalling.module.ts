import { type BeforeApplicationShutdown, type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { ChannelRegistry, programRouter, type Stream } from '@weir/channels';
import { Log } from '@weir/telemetry';
import { MediaPool, type MediaPoolOptions } from '@weir/sfu';
import { RouterDescriptions } from './router-descriptions.js';
import { SessionRegistry } from './session-registry.js';
import { SessionRequests } from './session-requests.js';
import { SIGNALLING_OPTIONS, type SignallingOptions } from './signalling-options.js';

/** What the media workers need of the configuration. */
export type MediaSettings = Omit<MediaPoolOptions, 'log'>;

/** What WHIP and WHEP share: the media workers, the sessions on them and the HTTP around a session. */
@Module({})
export class SignallingModule implements OnModuleInit, BeforeApplicationShutdown {
  static forRoot(options: SignallingOptions, media: MediaSettings): DynamicModule {
    return {
      module: SignallingModule,
      global: true,
      providers: [
        { provide: SIGNALLING_OPTIONS, useValue: options },
        {
          provide: MediaPool,
          inject: [SessionRegistry, ChannelRegistry, RouterDescriptions, Log],
          useFactory: (
            sessions: SessionRegistry,
            channels: ChannelRegistry,
            descriptions: RouterDescriptions,
            log: Log,
          ) =>
            MediaPool.open(
              { ...media, log: (level, message, fields) => log.write(level, message, fields) },
              {
                connected: (id) => sessions.connected(id),
                closed: (id, reason) => sessions.closed(id, reason),
                measured: (id, figures) => sessions.measured(id, figures),
                described: (router, description) => {
                  descriptions.note(router, description);
                  channels.describe(router, description);
                },
              },
            ),
        },
        RouterDescriptions,
        SessionRegistry,
        SessionRequests,
      ],
      exports: [MediaPool, RouterDescriptions, SessionRegistry, SessionRequests],
    };
  }

  readonly #pool: MediaPool;
  readonly #sessions: SessionRegistry;
  readonly #channels: ChannelRegistry;
  readonly #descriptions: RouterDescriptions;
  readonly #endStream = ({ channel }: Stream): void => {
    // A publisher on its way keeps its place on the media worker and starts the next stream.
    if (this.#sessions.has(channel, 'publish')) this.#sessions.closeSubscribers(channel);
    else this.#pool.endStream(channel);
    this.#pool.endStream(programRouter(channel));
    this.#descriptions.forget(programRouter(channel));
  };

  constructor(pool: MediaPool, sessions: SessionRegistry, channels: ChannelRegistry, descriptions: RouterDescriptions) {
    this.#pool = pool;
    this.#sessions = sessions;
    this.#channels = channels;
    this.#descriptions = descriptions;
  }

  onModuleInit(): void {
    this.#channels.events.on('ended', this.#endStream);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#sessions.shutDown();
    this.#channels.events.off('ended', this.#endStream);
    await this.#pool.close();
  }
}

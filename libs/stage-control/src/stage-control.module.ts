import { type DynamicModule, Module } from '@nestjs/common';
import { ChannelRegistry } from '@weir/channels';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { ForsakenShows } from './forsaken-shows.js';
import { Joining } from './joining.js';
import { JoiningController } from './joining.controller.js';
import { PublisherQuality } from './publisher-quality.js';
import { StageAccess } from './stage-access.js';
import { StageController } from './stage.controller.js';
import { StageDesk } from './stage-desk.js';
import { DirectsGuard, GuestGuard } from './stage-guards.js';
import { StageHolds } from './stage-holds.js';
import { StageImages } from './stage-images.js';
import { StageImagesController } from './stage-images.controller.js';
import { STAGE_OPTIONS, type StageOptions } from './stage-options.js';
import { StageProgram } from './stage-program.js';
import { StagePublishers } from './stage-publishers.js';
import { StageRegistry } from './stage-registry.js';
import { StageRequests } from './stage-requests.js';
import { StageWatch } from './stage-watch.js';
import { StageGateway } from './stage.gateway.js';
import { StageSources } from './stage-sources.js';
import { StageSubscribers } from './stage-subscribers.js';
import { StageView } from './stage-view.js';
import { StageWhepController } from './stage-whep.controller.js';
import { StageWhipController } from './stage-whip.controller.js';

/** The stages of channels: guests, scenes, and who may do what; needs the global modules of signalling, programs, sockets, channels, auth and the store. */
@Module({})
export class StageControlModule {
  static forRoot(options: StageOptions): DynamicModule {
    return {
      module: StageControlModule,
      controllers: [
        StageController,
        JoiningController,
        StageImagesController,
        StageWhipController,
        StageWhepController,
      ],
      providers: [
        { provide: STAGE_OPTIONS, useValue: options },
        {
          provide: StageRegistry,
          inject: [Database, ChannelRegistry, Log],
          useFactory: (database: Database, channels: ChannelRegistry, log: Log) =>
            new StageRegistry(database, channels, log).load(),
        },
        StageAccess,
        DirectsGuard,
        GuestGuard,
        StageDesk,
        PublisherQuality,
        StageView,
        StageImages,
        StagePublishers,
        StageSources,
        StageSubscribers,
        StageProgram,
        StageHolds,
        Joining,
        StageRequests,
        StageGateway,
        StageWatch,
        ForsakenShows,
      ],
    };
  }
}

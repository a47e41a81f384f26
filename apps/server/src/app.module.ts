import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from '@weir/auth';
import { ChannelsModule } from '@weir/channels';
import { DemoModule } from '@weir/demo';
import { IngestModule } from '@weir/ingest';
import { PlaybackModule } from '@weir/playback';
import { SignallingModule } from '@weir/signalling';
import type { Database } from '@weir/store';
import { type Log, TelemetryModule } from '@weir/telemetry';
import type { Config } from './config.js';
import { HealthController } from './health.controller.js';
import { PagesController } from './pages.controller.js';
import { StatsController } from './stats.controller.js';
import { StoreModule } from './store.module.js';

/** The whole server: each module gets the part of the configuration that is its own. */
@Module({})
export class AppModule {
  static forRoot(config: Config, database: Database, log: Log): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TelemetryModule.forRoot(log),
        StoreModule.forRoot(database),
        AuthModule.forRoot(config),
        ChannelsModule.forRoot(config),
        SignallingModule.forRoot(config, { ...config, port: config.rtcPort, workers: config.rtcWorkers }),
        IngestModule,
        PlaybackModule,
        ...(config.demo ? [DemoModule] : []),
      ],
      controllers: [HealthController, StatsController, PagesController],
    };
  }
}

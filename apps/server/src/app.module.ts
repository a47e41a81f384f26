import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from '@weir/auth';
import { ChannelsModule } from '@weir/channels';
import { ChatModule } from '@weir/chat';
import { DemoModule } from '@weir/demo';
import { IngestModule } from '@weir/ingest';
import { OriginModule } from '@weir/origin';
import { PlaybackModule } from '@weir/playback';
import { ProgramsModule } from '@weir/programs';
import { RecordingModule } from '@weir/recording';
import { SignallingModule } from '@weir/signalling';
import { SocketsModule } from '@weir/sockets';
import { StageControlModule } from '@weir/stage-control';
import type { Database } from '@weir/store';
import { type Log, TelemetryModule } from '@weir/telemetry';
import type { Config } from './config.js';
import { HealthController } from './health.controller.js';
import { objectStorage } from './object-storage.js';
import { ladderOf, segmentProfile } from './hls-settings.js';
import { OembedController } from './oembed.controller.js';
import { PagesController } from './pages.controller.js';
import { ShownChannels } from './shown-channel.js';
import { StatsController } from './stats.controller.js';
import { STATUS_FACTS, StatusController, type StatusFacts } from './status.controller.js';
import { StoreModule } from './store.module.js';
import { WatchPageController } from './watch-page.controller.js';

const FRAME_RATE = 30;
const PROGRAM_LINGER_MS = 30_000;

/** The whole server: each module gets the part of the configuration that is its own. */
@Module({})
export class AppModule {
  static forRoot(config: Config, facts: StatusFacts, database: Database, log: Log): DynamicModule {
    const ffmpegPath = facts.ffmpeg.found?.path;
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
        ProgramsModule.forRoot({
          ladder: ladderOf(config.ladder),
          profile: segmentProfile(config),
          frameRate: FRAME_RATE,
          ffmpegPath,
          lingerMs: PROGRAM_LINGER_MS,
          always: config.programs === 'always',
        }),
        OriginModule.forRoot(config),
        RecordingModule.forRoot({
          dataDir: config.dataDir,
          ffmpegPath,
          quotaBytes: config.recordingsMaxBytes,
          maxAgeDays: config.recordingsMaxDays,
          s3: objectStorage(config),
          keepLocal: config.recordingsKeepLocal,
        }),
        SocketsModule.forRoot(config),
        ChatModule,
        StageControlModule.forRoot({
          rungHeights: ladderOf(config.ladder).map(({ height }) => height),
          ffmpegPath,
          bodyTimeoutMs: config.bodyTimeoutMs,
        }),
        ...(config.demo ? [DemoModule] : []),
      ],
      providers: [{ provide: STATUS_FACTS, useValue: facts }, ShownChannels],
      controllers: [
        HealthController,
        StatusController,
        StatsController,
        WatchPageController,
        OembedController,
        PagesController,
      ],
    };
  }
}

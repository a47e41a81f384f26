import { Module } from '@nestjs/common';
import { SubscriberChecks } from './subscriber-checks.js';
import { Subscribers } from './subscribers.js';
import { WatchedSource } from './watched-source.js';
import { WhepController } from './whep.controller.js';

/** Watching over WHEP; needs the global modules of signalling, channels, programs and telemetry. */
@Module({ controllers: [WhepController], providers: [SubscriberChecks, Subscribers, WatchedSource] })
export class PlaybackModule {}

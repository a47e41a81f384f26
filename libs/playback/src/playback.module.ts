import { Module } from '@nestjs/common';
import { Subscribers } from './subscribers.js';
import { WhepController } from './whep.controller.js';

/** Watching over WHEP; needs the global modules of signalling, channels and telemetry. */
@Module({ controllers: [WhepController], providers: [Subscribers] })
export class PlaybackModule {}

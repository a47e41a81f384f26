import { Module } from '@nestjs/common';
import { IngestController } from './ingest.controller.js';
import { PublisherChecks } from './publisher-checks.js';
import { Publishers } from './publishers.js';
import { WhipController } from './whip.controller.js';

/** Publishing over WHIP; needs the global modules of signalling, channels, auth and telemetry. */
@Module({ controllers: [WhipController, IngestController], providers: [Publishers, PublisherChecks] })
export class IngestModule {}

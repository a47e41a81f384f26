import { Module } from '@nestjs/common';
import { DemoChannel } from './demo-channel.js';

/** The demo channel; needs the global modules of channels, auth and telemetry. */
@Module({ providers: [DemoChannel] })
export class DemoModule {}

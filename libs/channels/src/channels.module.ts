import { type DynamicModule, Module } from '@nestjs/common';
import { ChannelRegistry } from './channel-registry.js';
import { ChannelsController } from './channels.controller.js';
import { CHANNELS_OPTIONS, type ChannelsOptions } from './channels-options.js';
import { StreamKeysController } from './stream-keys.controller.js';

/** The registry of channels and streams, and its HTTP API. */
@Module({})
export class ChannelsModule {
  static forRoot(options: ChannelsOptions): DynamicModule {
    return {
      module: ChannelsModule,
      global: true,
      controllers: [ChannelsController, StreamKeysController],
      providers: [{ provide: CHANNELS_OPTIONS, useValue: options }, ChannelRegistry],
      exports: [ChannelRegistry],
    };
  }
}

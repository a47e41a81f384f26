export {
  type ChannelEvents,
  ChannelExists,
  ChannelRegistry,
  ChannelUnknown,
  StreamNotLive,
} from './channel-registry.js';
export type { ChannelsOptions } from './channels-options.js';
export { ChannelsModule } from './channels.module.js';
export type { Stream } from './stream.js';
export { StreamKeyUnknown } from './stream-keys.controller.js';

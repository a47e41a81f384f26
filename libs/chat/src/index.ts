export { BanUnknown } from './chat.controller.js';
export { ChatAdapter } from './chat-adapter.js';
export { ChatModule } from './chat.module.js';
export type { ChatOptions } from './chat-options.js';

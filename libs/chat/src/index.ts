export { BanUnknown } from './chat.controller.js';
export { ChatModule } from './chat.module.js';

export { AddressSet, AddressSetInvalid } from './address-set.js';
export { AdminGuard } from './admin.guard.js';
export { AdminCodeRejected, AdminToken, AdminTokenRejected } from './admin-token.js';
export type { AuthOptions } from './auth-options.js';
export { AuthModule } from './auth.module.js';
export { InsecureTransport, type RequestOrigin, RequestOrigins } from './request-origin.js';
export { type NewStreamKey, StreamKeyForeign, StreamKeyRejected, StreamKeys } from './stream-keys.js';

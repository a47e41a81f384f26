export { EntryDeadline } from './entry-deadline.js';
export { networkOf } from './network-of.js';
export { SocketAdapter } from './socket-adapter.js';
export { SocketGate, type Visit } from './socket-gate.js';
export type { SocketsOptions } from './sockets-options.js';
export { SocketsModule } from './sockets.module.js';
export { type Allowance, TokenBucket } from './token-bucket.js';
export { TokenBuckets } from './token-buckets.js';

export { AdminAccess, RedeemAdminCode } from './admin.js';
export { Channel, ChannelList, ChannelName, CreateChannel, LiveTrack } from './channel.js';
export { Health } from './health.js';
export { Problem } from './problem.js';
export { CreatedStreamKey, CreateStreamKey, StreamKeyList, StreamKeySummary } from './stream-key.js';
export { Stats, WorkerFigures } from './stats.js';

export { DelayHistogram } from './delay-histogram.js';
export type { PublisherFigures, TrackFigures } from './layer-gauge.js';
export type { FedPacket, Feed, FeedOptions } from './feed.js';
export { MediaPool } from './media-pool.js';
export type { MediaPoolOptions, PoolLog } from './media-pool-options.js';
export { MediaWorker } from './media-worker.js';
export type { SessionUse } from './placement.js';
export type {
  CloseReason,
  HostCandidate,
  MediaPoolEvents,
  MediaSession,
  PlacedWorkerStats,
  PublisherOptions,
  Reservation,
  SessionOptions,
  SubscriberOptions,
  WorkerStats,
} from './session.js';
export type { TapListener } from './pool-taps.js';
export type { Tap, TapEvent, TapPacket } from './tap.js';
export type { PackedTapEvent, TapReport, TapRequest } from './tap-protocol.js';
export type { WorkerOptions } from './worker-options.js';
export type { WorkerReport, WorkerRequest } from './worker-protocol.js';

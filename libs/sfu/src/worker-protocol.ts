import type { IceCredentials } from '@weir/ice';
import type { MessagePort } from 'node:worker_threads';
import type { StreamDescription } from '@weir/rtp';
import type { FeedRequest } from './feed-protocol.js';
import type { PublisherFigures } from './layer-gauge.js';
import type { CloseReason, PublisherOptions, SubscriberOptions, WorkerStats } from './session.js';
import type { TapReport, TapRequest } from './tap-protocol.js';
import type { LinkEnd } from './worker-link.js';

/** Main thread to media worker. */
export type WorkerRequest =
  | { readonly type: 'publish'; readonly channel: string; readonly options: PublisherOptions }
  | { readonly type: 'subscribe'; readonly channel: string; readonly options: SubscriberOptions }
  | { readonly type: 'restart'; readonly id: string; readonly local: IceCredentials; readonly remote: IceCredentials }
  /** A subscriber hears nothing, or hears again. */
  | { readonly type: 'deafen'; readonly id: string; readonly isDeaf: boolean }
  | { readonly type: 'close'; readonly id: string; readonly reason: CloseReason }
  | { readonly type: 'end'; readonly channel: string }
  | { readonly type: 'stats'; readonly request: number }
  | { readonly type: 'link'; readonly end: LinkEnd }
  | { readonly type: 'handshakes'; readonly port: MessagePort }
  /** Nobody hears the publishers of a router, or everybody does again. */
  | { readonly type: 'silence'; readonly channel: string; readonly isSilent: boolean }
  | TapRequest
  | FeedRequest
  | { readonly type: 'shutdown' };

/** Media worker to main thread. */
export type WorkerReport =
  | {
      readonly type: 'ready';
      readonly port: number;
      readonly families: readonly (4 | 6)[];
      readonly receiveBufferBytes: number;
      readonly sendBufferBytes: number;
      readonly engine: 'js' | 'ffi';
    }
  | { readonly type: 'connected'; readonly id: string }
  | { readonly type: 'closed'; readonly id: string; readonly reason: CloseReason }
  | { readonly type: 'measured'; readonly id: string; readonly figures: PublisherFigures }
  | { readonly type: 'described'; readonly channel: string; readonly description: StreamDescription }
  | TapReport
  | { readonly type: 'stats'; readonly request: number; readonly stats: WorkerStats };

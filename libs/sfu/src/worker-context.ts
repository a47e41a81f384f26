import type { Egress } from './egress.js';
import type { WorkerCounters } from './worker-counters.js';
import type { WorkerOptions } from './worker-options.js';
import type { HandshakeRequest } from '@weir/dtls';
import type { RtcpWriter } from '@weir/rtp';

/** What everything on one media worker shares. */
export interface WorkerContext {
  readonly options: WorkerOptions;
  readonly counters: WorkerCounters;
  readonly egress: Egress;
  /** Scratch for whoever writes RTCP; holds from `reset` to the next. */
  readonly rtcp: RtcpWriter;
  /** Milliseconds of wall clock at 0 of `performance.now()`. */
  readonly wallClockMs: number;
  /** Speaks to the handshake worker. */
  handshake(request: HandshakeRequest): void;
}

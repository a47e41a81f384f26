import type { SwitchCause } from '../player/transport.js';

/** How a cause is dealt with while real time is shown; times count from when it began. */
export interface CauseRule {
  /** HLS is made ready out of sight. */
  readonly prepareAfterMs: number;
  /** HLS is shown, as soon as it has a picture. */
  readonly showAfterMs: number;
  /** Real time is tried again by itself. */
  readonly probes: boolean;
}

/** ICE and DTLS take three round trips: a good network needs less, so that most visits never bother the server with HLS. */
export const WARM_AFTER_MS = 500;
/** Lost share of packets above which retransmissions do not help any more: pictures stand still more than they move. */
export const LOSSY_FROM = 0.08;
/** Lost share of packets that real time mends without anybody noticing: what a return asks for. */
export const CLEAN_LOSS = 0.02;
/** A picture that stands still for longer is noticed as broken. */
export const FROZEN_AFTER_MS = 4000;
/** Freezes within this time belong together. */
export const FREEZES_COUNT_FOR_MS = 60_000;
/** One freeze may be a lift or a tunnel; two are the network, and so is one that lasts as long as two. */
export const TOO_MANY_FREEZES = 2;
/** HLS that could not be had is tried again after this time. */
export const HLS_AGAIN_AFTER_MS = 10_000;
/** A try of real time that is not connected by then is given up: twice what a slow network takes. */
export const CONNECTED_WITHIN_MS = 5000;
/** A try of real time that shows nothing by then is given up; key frames come at least every few seconds. */
export const PICTURED_WITHIN_MS = 10_000;
/** Real time that lasted so long starts the back-off anew. */
export const STEADY_AFTER_MS = 120_000;
/** Where real time failed within the last hour it is tried soon after the start, as the network may be another one. */
export const REMEMBERED_PROBE_MS = 8000;

/** What the causes ask for while real time is shown. */
export const CAUSES: Readonly<Record<SwitchCause, CauseRule>> = {
  // The picture is to be there within four seconds of opening the page.
  blocked: { prepareAfterMs: 1500, showAfterMs: 2000, probes: true },
  'no-room': { prepareAfterMs: 0, showAfterMs: 0, probes: true },
  // Prepared at half the time, so that the change comes when it is due.
  lossy: { prepareAfterMs: 5000, showAfterMs: 10_000, probes: true },
  frozen: { prepareAfterMs: 0, showAfterMs: 0, probes: true },
  rewound: { prepareAfterMs: 0, showAfterMs: 0, probes: false },
  'no-webrtc': { prepareAfterMs: 0, showAfterMs: 0, probes: false },
  remembered: { prepareAfterMs: 0, showAfterMs: 0, probes: true },
};

/** How long a try of real time has to do well out of sight before it is shown. */
export const PROOF_MS: Readonly<Record<SwitchCause, number>> = {
  blocked: 1000,
  'no-room': 0,
  // As long as loss had to last: what comes and goes must not change the picture each time.
  lossy: 10_000,
  frozen: 10_000,
  rewound: 0,
  'no-webrtc': 0,
  remembered: 3000,
};

const PROBE_DELAYS_MS = [15_000, 30_000, 60_000, 120_000, 300_000];

/** How long to wait for the next try of real time after so many failures: 15 s and longer each time, five minutes at most. */
export function probeDelayMs(failures: number): number {
  return PROBE_DELAYS_MS[Math.min(failures, PROBE_DELAYS_MS.length - 1)] ?? 0;
}

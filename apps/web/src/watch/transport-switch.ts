import type { SwitchCause, Transport } from '../player/transport.js';
import {
  CAUSES,
  CLEAN_LOSS,
  CONNECTED_WITHIN_MS,
  FREEZES_COUNT_FOR_MS,
  FROZEN_AFTER_MS,
  HLS_AGAIN_AFTER_MS,
  LOSSY_FROM,
  PICTURED_WITHIN_MS,
  probeDelayMs,
  PROOF_MS,
  REMEMBERED_PROBE_MS,
  STEADY_AFTER_MS,
  TOO_MANY_FREEZES,
  WARM_AFTER_MS,
} from './switch-rules.js';

/** What is known about real time: on its way, connected, not to be had because nothing is live or the server says no. */
export type RealTimeStanding = 'waiting' | 'connected' | 'away';

/** Where the switch between the transports stands; made by `openSwitch` and `switchAfter`, times in milliseconds of one clock. */
export interface SwitchState {
  /** The viewer's own choice; undefined leaves it to the switch. */
  readonly pinned: Transport | undefined;
  /** What the viewer sees or, before the first picture, is to see. */
  readonly showing: Transport;
  /** What is made ready out of sight. */
  readonly preparing: Transport | undefined;
  /** Why HLS is shown, or is being prepared; undefined while real time does well. */
  readonly cause: SwitchCause | undefined;
  /** The server was told to begin with HLS. */
  readonly warm: boolean;
  readonly realTime: RealTimeStanding;
  readonly realTimePictured: boolean;
  readonly hlsPictured: boolean;
  /** When HLS is worth another try after a failure. */
  readonly hlsFromMs: number;
  readonly hlsOffered: boolean;
  /** Since when real time is on its way. */
  readonly waitingSinceMs: number;
  readonly preparingSinceMs: number;
  readonly changedAtMs: number;
  /** When to try real time beside HLS; never is Infinity. */
  readonly probeAtMs: number;
  /** Tries and returns that went wrong since real time was steady. */
  readonly failures: number;
  readonly lossySinceMs: number | undefined;
  readonly cleanSinceMs: number | undefined;
  readonly freezesAtMs: readonly number[];
  /** The newest freeze still lasts. */
  readonly frozen: boolean;
}

/** What happened. `offered`, `pinned` and the like come from outside, the rest from the two players. */
export type SwitchFact =
  | { readonly kind: 'tick' }
  /** Real time: ICE and DTLS are up, or were lost, perhaps some time ago. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost'; readonly sinceMs?: number }
  /** Real time: the server has no room. */
  | { readonly kind: 'refused'; readonly retryAfterMs: number }
  /** Real time: nothing is live, or it will never be had. */
  | { readonly kind: 'away' }
  /** Something is live from now on. */
  | { readonly kind: 'live' }
  /** Real time, once a second: lost share of packets, and how long no picture came out of those that arrived. */
  | { readonly kind: 'reading'; readonly loss: number; readonly frozenMs: number }
  /** Pictures, or sound where there are none, come out of it. */
  | { readonly kind: 'pictured'; readonly via: Transport }
  | { readonly kind: 'hls-failed' }
  | { readonly kind: 'hls-offered'; readonly offered: boolean }
  /** The network is another one, or came back. */
  | { readonly kind: 'network' }
  /** The viewer wants to see what was before, or what is live. */
  | { readonly kind: 'rewound' }
  | { readonly kind: 'live-asked' }
  | { readonly kind: 'pinned'; readonly transport: Transport | undefined };

/** What a visit begins with. */
export interface SwitchOptions {
  readonly pinned: Transport | undefined;
  readonly hasWebRtc: boolean;
  /** Real time did not work on this network within the last hour. */
  readonly remembered: boolean;
}

/** The beginning: real time, unless the viewer, the browser or the last hour say otherwise. */
export function openSwitch({ pinned, hasWebRtc, remembered }: SwitchOptions, atMs: number): SwitchState {
  const cause = hasWebRtc ? (remembered && pinned === undefined ? 'remembered' : undefined) : 'no-webrtc';
  return {
    pinned,
    showing: pinned ?? (cause === undefined ? 'real-time' : 'hls'),
    preparing: undefined,
    cause,
    warm: false,
    realTime: 'waiting',
    realTimePictured: false,
    hlsPictured: false,
    hlsFromMs: 0,
    hlsOffered: true,
    waitingSinceMs: atMs,
    preparingSinceMs: atMs,
    changedAtMs: atMs,
    probeAtMs: cause === 'remembered' ? atMs + REMEMBERED_PROBE_MS : Infinity,
    failures: 0,
    lossySinceMs: undefined,
    cleanSinceMs: undefined,
    freezesAtMs: [],
    frozen: false,
  };
}

/** What follows from a fact; the same state and fact always give the same. */
export function switchAfter(state: SwitchState, fact: SwitchFact, atMs: number): SwitchState {
  const known = noted(state, fact, atMs);
  if (known.pinned !== undefined) return pinnedOn(known, known.pinned, atMs);
  return known.showing === 'real-time' ? besideRealTime(known, atMs) : besideHls(known, atMs);
}

function noted(state: SwitchState, fact: SwitchFact, atMs: number): SwitchState {
  switch (fact.kind) {
    case 'tick':
      return state;
    case 'connected':
      return { ...state, realTime: 'connected' };
    case 'lost':
      return state.realTime === 'waiting'
        ? state
        : { ...state, realTime: 'waiting', waitingSinceMs: fact.sinceMs ?? atMs };
    case 'away':
      return { ...freshReadings(state), realTime: 'away', realTimePictured: false };
    case 'live':
      return state.realTime === 'away' ? { ...state, realTime: 'waiting', waitingSinceMs: atMs } : state;
    case 'refused':
      return refused(state, fact.retryAfterMs, atMs);
    case 'reading':
      return read(state, fact, atMs);
    case 'pictured':
      return fact.via === 'hls' ? { ...state, hlsPictured: true } : { ...state, realTimePictured: true };
    case 'hls-failed':
      return hlsFailed(state, atMs);
    case 'hls-offered':
      if (fact.offered === state.hlsOffered) return state;
      return fact.offered ? { ...state, hlsOffered: true } : hlsFailed({ ...state, hlsOffered: false }, atMs);
    case 'network':
      return state.cause === 'no-webrtc' || state.cause === 'rewound'
        ? state
        : { ...state, failures: 0, probeAtMs: Math.min(state.probeAtMs, atMs) };
    case 'rewound':
      return state.showing === 'real-time' ? { ...state, cause: 'rewound' } : state;
    case 'live-asked':
      if (state.showing === 'real-time') return { ...state, cause: undefined };
      return state.cause === 'no-webrtc' ? state : { ...state, probeAtMs: atMs };
    case 'pinned':
      return pinChanged(state, fact.transport, atMs);
  }
}

function pinChanged(state: SwitchState, pinned: Transport | undefined, atMs: number): SwitchState {
  if (pinned !== undefined) return { ...prepare(state, undefined, atMs), pinned, preparingSinceMs: atMs };
  const isHls = state.showing === 'hls';
  const cause = state.cause === 'no-webrtc' ? state.cause : isHls ? 'remembered' : undefined;
  return { ...prepare(state, undefined, atMs), pinned, cause, probeAtMs: cause === 'remembered' ? atMs : Infinity };
}

function refused(state: SwitchState, retryAfterMs: number, atMs: number): SwitchState {
  if (state.showing === 'real-time') return state.cause === 'rewound' ? state : { ...state, cause: 'no-room' };
  return { ...probeFailed(state, atMs), probeAtMs: atMs + Math.max(retryAfterMs, probeDelayMs(state.failures)) };
}

function read(
  state: SwitchState,
  { loss, frozenMs }: { readonly loss: number; readonly frozenMs: number },
  atMs: number,
): SwitchState {
  const recent = state.freezesAtMs.filter((freezeMs) => atMs - freezeMs < FREEZES_COUNT_FOR_MS);
  const frozen = frozenMs > FROZEN_AFTER_MS;
  const isNew = frozen && !state.frozen;
  const lasts = frozenMs > TOO_MANY_FREEZES * FROZEN_AFTER_MS && recent.length < TOO_MANY_FREEZES;
  return {
    ...state,
    freezesAtMs: isNew || lasts ? [...recent, atMs] : recent,
    frozen,
    lossySinceMs: loss > LOSSY_FROM ? (state.lossySinceMs ?? atMs) : undefined,
    cleanSinceMs: loss <= CLEAN_LOSS && frozenMs === 0 ? (state.cleanSinceMs ?? atMs) : undefined,
  };
}

function hlsFailed(state: SwitchState, atMs: number): SwitchState {
  const failed = { ...state, hlsPictured: false, hlsFromMs: atMs + HLS_AGAIN_AFTER_MS };
  if (state.showing === 'real-time') {
    const cause = state.cause === 'rewound' ? undefined : state.cause;
    return { ...failed, cause, preparing: state.preparing === 'hls' ? undefined : state.preparing };
  }
  if (state.pinned !== undefined || state.cause === 'no-webrtc') return failed;
  return { ...showingRealTime(failed, atMs), realTime: 'waiting', waitingSinceMs: atMs };
}

/** The viewer's choice comes as soon as it has a picture, or at once when there is none to lose. */
function pinnedOn(state: SwitchState, pinned: Transport, atMs: number): SwitchState {
  if (state.showing === pinned) return { ...state, preparing: undefined };
  const hasPicture = state.showing === 'hls' ? state.hlsPictured : state.realTimePictured;
  const isReady = pinned === 'hls' ? state.hlsPictured : state.realTimePictured;
  const isHopeless = pinned === 'hls' ? state.hlsFromMs > state.preparingSinceMs : state.realTime === 'away';
  if (hasPicture && !isReady && !isHopeless) return { ...state, preparing: pinned };
  return pinned === 'hls' ? showingHls(state, atMs) : showingRealTime(state, atMs);
}

function besideRealTime(state: SwitchState, atMs: number): SwitchState {
  const cause = causeAt(state, atMs);
  if (cause === undefined) {
    const steady = state.realTime === 'connected' && atMs - state.changedAtMs >= STEADY_AFTER_MS;
    return { ...prepare(state, undefined, atMs), cause, failures: steady ? 0 : state.failures };
  }
  const rule = CAUSES[cause];
  const lastedMs = atMs - sinceOf(state, cause, atMs);
  const warm = state.warm || (state.hlsOffered && lastedMs >= Math.min(WARM_AFTER_MS, rule.prepareAfterMs));
  const mayPrepare = state.hlsOffered && atMs >= state.hlsFromMs;
  const next: SwitchState = { ...state, cause: lastedMs >= rule.prepareAfterMs ? cause : undefined, warm };
  if (!mayPrepare || lastedMs < rule.prepareAfterMs) return prepare(next, undefined, atMs);
  if (!state.hlsPictured || state.preparing !== 'hls' || lastedMs < rule.showAfterMs) return prepare(next, 'hls', atMs);
  return {
    ...showingHls(next, atMs),
    probeAtMs: rule.probes ? atMs + probeDelayMs(state.failures) : Infinity,
    failures: rule.probes ? state.failures + 1 : state.failures,
  };
}

/** What speaks for HLS now, the strongest first. */
function causeAt(state: SwitchState, atMs: number): SwitchCause | undefined {
  if (state.cause === 'rewound') return 'rewound';
  if (state.realTime === 'away') return undefined;
  if (state.realTime === 'waiting') return state.cause === 'no-room' ? 'no-room' : 'blocked';
  if (state.freezesAtMs.filter((freezeMs) => atMs - freezeMs < FREEZES_COUNT_FOR_MS).length >= TOO_MANY_FREEZES) {
    return 'frozen';
  }
  return state.lossySinceMs === undefined ? undefined : 'lossy';
}

function sinceOf(state: SwitchState, cause: SwitchCause, atMs: number): number {
  if (cause === 'blocked') return state.waitingSinceMs;
  return cause === 'lossy' ? (state.lossySinceMs ?? atMs) : -Infinity;
}

function besideHls(state: SwitchState, atMs: number): SwitchState {
  if (state.preparing !== 'real-time') {
    if (atMs < state.probeAtMs) return state;
    const waiting: SwitchState = { ...freshReadings(state), realTime: 'waiting', waitingSinceMs: atMs };
    return prepare({ ...waiting, realTimePictured: false, probeAtMs: Infinity }, 'real-time', atMs);
  }
  const triedMs = atMs - state.preparingSinceMs;
  if (state.realTime === 'away') return { ...probeFailed(state, atMs), failures: state.failures };
  if (state.realTime === 'waiting' && triedMs >= CONNECTED_WITHIN_MS) return probeFailed(state, atMs);
  const needsMs = PROOF_MS[state.cause ?? 'remembered'];
  const cleanMs = state.cleanSinceMs === undefined ? -1 : atMs - state.cleanSinceMs;
  if (!state.realTimePictured || (needsMs > 0 && cleanMs < needsMs)) {
    return triedMs >= PICTURED_WITHIN_MS + 2 * needsMs ? probeFailed(state, atMs) : state;
  }
  return showingRealTime(state, atMs);
}

function probeFailed(state: SwitchState, atMs: number): SwitchState {
  return {
    ...state,
    preparing: undefined,
    realTimePictured: false,
    failures: state.failures + 1,
    probeAtMs: atMs + probeDelayMs(state.failures),
  };
}

function prepare(state: SwitchState, preparing: Transport | undefined, atMs: number): SwitchState {
  if (state.preparing === preparing) return state;
  const dropsHls = state.preparing === 'hls';
  return {
    ...state,
    preparing,
    preparingSinceMs: atMs,
    hlsPictured: dropsHls || preparing === 'hls' ? false : state.hlsPictured,
  };
}

function showingHls(state: SwitchState, atMs: number): SwitchState {
  return {
    ...freshReadings(state),
    showing: 'hls',
    preparing: undefined,
    realTimePictured: false,
    changedAtMs: atMs,
    probeAtMs: Infinity,
  };
}

function showingRealTime(state: SwitchState, atMs: number): SwitchState {
  return {
    ...freshReadings(state),
    showing: 'real-time',
    preparing: undefined,
    cause: undefined,
    hlsPictured: false,
    changedAtMs: atMs,
    probeAtMs: Infinity,
  };
}

function freshReadings(state: SwitchState): SwitchState {
  return { ...state, lossySinceMs: undefined, cleanSinceMs: undefined, freezesAtMs: [], frozen: false };
}

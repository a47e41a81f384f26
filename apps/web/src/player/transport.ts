import type { ReadonlySignal } from '@preact/signals';

/** How a channel comes to the viewer. */
export type Transport = 'real-time' | 'hls';

/**
 * Why HLS takes the place of real time: no connection comes about, the server has no room, the browser has no WebRTC, packets are
 * lost, the picture freezes, the viewer went back in time, or it did not work on this network within the last hour.
 */
export type SwitchCause = 'blocked' | 'no-room' | 'no-webrtc' | 'lossy' | 'frozen' | 'rewound' | 'remembered';

/** What the viewer may choose. */
export interface TransportChoice {
  /** Undefined leaves it to the player. */
  readonly pinned: ReadonlySignal<Transport | undefined>;
  /** What the viewer sees. */
  readonly showing: ReadonlySignal<Transport>;
  /** Whether there is a choice. */
  readonly hasHls: ReadonlySignal<boolean>;
  readonly hasRealTime: boolean;
  /** Why HLS is shown or made ready; undefined while real time does well. */
  readonly cause: ReadonlySignal<SwitchCause | undefined>;
  /** Real time is being tried out of sight. */
  readonly probing: ReadonlySignal<boolean>;
  choose(transport: Transport | undefined): void;
  /** Tries real time now. */
  returnToRealTime(): void;
}

/** The transport that an address pins by `?via=hls` or `?via=real-time`; undefined without. */
export function transportOf(search: string): Transport | undefined {
  const via = new URLSearchParams(search).get('via');
  return via === 'hls' || via === 'real-time' ? via : undefined;
}

/** The query of the same page with another transport pinned, or none; everything else in it stays. */
export function searchWith(search: string, transport: Transport | undefined): string {
  const query = new URLSearchParams(search);
  if (transport === undefined) query.delete('via');
  else query.set('via', transport);
  return query.size === 0 ? '' : `?${query}`;
}

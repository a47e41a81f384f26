import type Hls from 'hls.js';

/** What tests and curious people find as `window.weir`. */
export interface DebugHandle {
  /** The current peer connection, to read getStats from. */
  readonly peer: RTCPeerConnection | undefined;
  readonly state: string;
  /** The transport that is shown, where there is more than one. */
  readonly via?: string;
  /** The current instance of hls.js, while it plays. */
  readonly hls?: Hls | undefined;
  /** Times that playing over HLS ran dry. */
  readonly stalls?: number;
  /** From the broadcaster's clock to the picture on the screen, over HLS. */
  readonly delayMs?: number | undefined;
}

declare global {
  interface Window {
    weir?: DebugHandle;
  }
}

/** Puts what plays or broadcasts on `window.weir`. */
export function exposeDebugHandle(client: DebugHandle): void {
  window.weir = client;
}

import type { ConnectionState } from './connection.js';

/** What tests and curious people find as `window.weir`. */
export interface DebugHandle {
  /** The current peer connection, to read getStats from. */
  readonly peer: RTCPeerConnection | undefined;
  readonly state: ConnectionState;
}

declare global {
  interface Window {
    weir?: DebugHandle;
  }
}

/** Puts a client's peer connection and state on `window.weir`. */
export function exposeDebugHandle(client: DebugHandle): void {
  window.weir = client;
}

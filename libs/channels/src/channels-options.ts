/** What channels need of the configuration. */
export interface ChannelsOptions {
  /** How long a stream waits for a publisher that vanished, milliseconds; default 15000. */
  readonly reconnectGraceMs: number;
  /** How long a picture may take to arrive, milliseconds; default 5000. */
  readonly bodyTimeoutMs: number;
}

/** Injection token of ChannelsOptions. */
export const CHANNELS_OPTIONS = Symbol('CHANNELS_OPTIONS');

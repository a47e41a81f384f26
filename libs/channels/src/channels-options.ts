/** What channels need of the configuration. */
export interface ChannelsOptions {
  /** How long a stream waits for a publisher that vanished, milliseconds; default 15000. */
  readonly reconnectGraceMs: number;
}

/** Injection token of ChannelsOptions. */
export const CHANNELS_OPTIONS = Symbol('CHANNELS_OPTIONS');

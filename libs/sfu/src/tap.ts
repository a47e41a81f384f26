import type { CodecName, MediaKind } from '@weir/rtp';

/** One packet as the publisher sent it, in the clear and without its header. */
export interface TapPacket {
  /** Extended sequence number of the source. */
  readonly sequence: number;
  /** RTP timestamp, 32 bits. */
  readonly timestamp: number;
  readonly marker: boolean;
  /** Unix milliseconds. */
  readonly arrivedAtMs: number;
  /** How loud it is by its sender's word, decibels below overload, 0 to 127 (RFC 6464); absent where that is not told. */
  readonly audioLevel?: number;
  /** Empty in a packet of padding. */
  readonly payload: Uint8Array;
}

/** What the tap of a channel tells. */
export type TapEvent =
  | {
      /** Packets of one source; after a pause, a takeover or another layer they are of another `source`. Lost packets come late or never. */
      readonly type: 'packets';
      readonly kind: MediaKind;
      /** Number of the publisher, never used again: one that takes over has a clock of its own. */
      readonly publisher: number;
      readonly source: number;
      readonly codec: CodecName;
      /** RTP clock in Hz. */
      readonly clockRate: number;
      readonly packets: readonly TapPacket[];
    }
  | {
      /** The publisher's wall clock, Unix milliseconds, at an RTP timestamp of a source; from its sender reports. A source known already begins with it. */
      readonly type: 'clock';
      readonly kind: MediaKind;
      readonly publisher: number;
      readonly source: number;
      readonly timestamp: number;
      readonly senderMs: number;
      /** When the report came, Unix milliseconds. */
      readonly arrivedAtMs: number;
    }
  /** The publisher is gone; another may come. */
  | { readonly type: 'gone' };

/** A channel's media on its way to a program, until it is closed. */
export interface Tap {
  /** Asks the publisher for a key frame, throttled as for viewers and repeated until it comes. */
  wantKeyFrame(): void;
  /** Ends it; idempotent. */
  close(): void;
}

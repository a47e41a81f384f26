import type { CodecName, MediaKind } from '@weir/rtp';

/** One packet for a feed, without a header; its payload has at most 1534 bytes. */
export interface FedPacket {
  /** RTP timestamp, 32 bits. */
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
}

/** What a feed carries. */
export interface FeedOptions {
  /** At most one of sound and one of pictures. */
  readonly codecs: readonly CodecName[];
}

/** A publisher without a network: what is pushed goes to the subscribers of a router, wherever they live, until it is closed. */
export interface Feed {
  /** Sends packets in this order; those of a kind that it does not carry go nowhere. */
  push(kind: MediaKind, packets: readonly FedPacket[]): void;
  /** Tells the time of an RTP timestamp, Unix milliseconds; subscribers put sound and picture together by it. */
  clock(kind: MediaKind, timestamp: number, atMs: number): void;
  /** Ends it; idempotent. */
  close(): void;
}

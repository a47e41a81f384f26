import type { MediaKind, PublishedTrack } from '@weir/rtp';

/** Main thread to the media worker of a feed, by its number. */
export type FeedRequest =
  | {
      readonly type: 'feed';
      readonly feed: number;
      readonly channel: string;
      readonly tracks: readonly PublishedTrack[];
    }
  | {
      readonly type: 'feed-packets';
      readonly feed: number;
      readonly kind: MediaKind;
      readonly count: number;
      readonly memory: ArrayBuffer;
    }
  | {
      readonly type: 'feed-clock';
      readonly feed: number;
      readonly kind: MediaKind;
      readonly timestamp: number;
      readonly atMs: number;
    }
  | { readonly type: 'feed-end'; readonly feed: number };

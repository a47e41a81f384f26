import type { CodecName, MediaKind, PublishedTrack } from '@weir/rtp';
import { packFeedBatch } from './feed-batch.js';
import type { Feed, FeedOptions } from './feed.js';
import type { FeedRequest } from './feed-protocol.js';

/** What the feeds of a pool act upon. */
export interface FeedSurroundings {
  /** Gives a feed, named for the placement, its worker; undefined while none serves. */
  place(channel: string, id: string): number | undefined;
  /** It needs its place no more. */
  leave(id: string): void;
  post(worker: number, request: FeedRequest, transfer: readonly ArrayBuffer[]): void;
}

interface OpenFeed {
  readonly channel: string;
  readonly tracks: readonly PublishedTrack[];
  readonly clocks: Map<MediaKind, Extract<FeedRequest, { type: 'feed-clock' }>>;
  worker: number | undefined;
}

const PREFIX = 'feed-';

/** The feeds of a pool: each lives on one worker, and on another when that one is lost. */
export class PoolFeeds {
  readonly #around: FeedSurroundings;
  readonly #feeds = new Map<number, OpenFeed>();
  #last = 0;

  constructor(around: FeedSurroundings) {
    this.#around = around;
  }

  /** Opens a feed. */
  open(channel: string, { codecs }: FeedOptions): Feed {
    const number = ++this.#last;
    const feed: OpenFeed = { channel, tracks: codecs.map(trackOf), clocks: new Map(), worker: undefined };
    this.#feeds.set(number, feed);
    this.#settle(number, feed);
    return {
      push: (kind, packets) => {
        if (packets.length === 0 || !this.#feeds.has(number)) return;
        const memory = packFeedBatch(packets);
        this.#post(feed, { type: 'feed-packets', feed: number, kind, count: packets.length, memory }, [memory]);
      },
      clock: (kind, timestamp, atMs) => {
        if (!this.#feeds.has(number)) return;
        const request = { type: 'feed-clock', feed: number, kind, timestamp, atMs } as const;
        feed.clocks.set(kind, request);
        this.#post(feed, request);
      },
      close: () => this.#close(number, feed),
    };
  }

  /** A worker is no more: its feeds go elsewhere. */
  lose(worker: number): void {
    for (const [number, feed] of this.#feeds) {
      if (feed.worker !== worker) continue;
      this.#around.leave(idOf(number));
      feed.worker = undefined;
      this.#settle(number, feed);
    }
  }

  /** A worker serves: feeds that have no place get one. */
  settle(): void {
    for (const [number, feed] of this.#feeds) if (feed.worker === undefined) this.#settle(number, feed);
  }

  /** Closes those of a router. */
  end(channel: string): void {
    for (const [number, feed] of this.#feeds) if (feed.channel === channel) this.#close(number, feed);
  }

  /** Forgets all feeds. */
  close(): void {
    this.#feeds.clear();
  }

  #settle(number: number, feed: OpenFeed): void {
    const { channel, tracks } = feed;
    feed.worker = this.#around.place(channel, idOf(number));
    this.#post(feed, { type: 'feed', feed: number, channel, tracks });
    for (const clock of feed.clocks.values()) this.#post(feed, clock);
  }

  #close(number: number, feed: OpenFeed): void {
    if (!this.#feeds.delete(number)) return;
    this.#around.leave(idOf(number));
    this.#post(feed, { type: 'feed-end', feed: number });
  }

  #post({ worker }: OpenFeed, request: FeedRequest, transfer: readonly ArrayBuffer[] = []): void {
    if (worker !== undefined) this.#around.post(worker, request, transfer);
  }
}

/** Whether a session of the placement is a feed. */
export function isFeed(id: string): boolean {
  return id.startsWith(PREFIX);
}

function idOf(number: number): string {
  return `${PREFIX}${number}`;
}

function trackOf(name: CodecName): PublishedTrack {
  const kind = name === 'opus' ? 'audio' : 'video';
  const codec = {
    name,
    payloadType: 0,
    clockRate: kind === 'audio' ? 48_000 : 90_000,
    channels: kind === 'audio' ? 2 : 1,
    parameters: {},
    nack: false,
    pli: false,
    fir: false,
    remb: false,
  };
  return { kind, mid: '', codecs: [codec], extensions: {}, rids: [], ssrcs: [], rtxSsrcs: [] };
}

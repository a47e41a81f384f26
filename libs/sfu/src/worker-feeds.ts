import { FedPublisher } from './fed-publisher.js';
import { readFeedBatch } from './feed-batch.js';
import type { FeedRequest } from './feed-protocol.js';
import type { Router } from './router.js';
import type { WorkerContext } from './worker-context.js';

/** What the feeds of a worker need of it. */
export interface FeedPlace {
  /** The router of a name, made if there is none. */
  router(channel: string): Router;
  /** A feed of that router is gone. */
  left(channel: string): void;
}

/** The feeds that live on a media worker, by their numbers. */
export class WorkerFeeds {
  readonly #context: WorkerContext;
  readonly #place: FeedPlace;
  readonly #feeds = new Map<number, FedPublisher>();

  constructor(context: WorkerContext, place: FeedPlace) {
    this.#context = context;
    this.#place = place;
  }

  /** Does what the main thread asks for. */
  handle(request: FeedRequest, nowMs: number): void {
    const { feed: number } = request;
    const feed = this.#feeds.get(number);
    switch (request.type) {
      case 'feed':
        return this.#open(request);
      case 'feed-packets':
        return feed?.push(request.kind, readFeedBatch(request.memory, request.count), nowMs);
      case 'feed-clock':
        return feed?.clock(request.kind, request.timestamp, request.atMs, nowMs);
      case 'feed-end':
        return feed?.close();
    }
  }

  /** Call every 20 ms. */
  tick(nowMs: number): void {
    for (const feed of this.#feeds.values()) feed.tick(nowMs);
  }

  #open({ feed: number, channel, tracks }: Extract<FeedRequest, { type: 'feed' }>): void {
    const router = this.#place.router(channel);
    const feed = new FedPublisher(tracks, router, this.#context, () => {
      this.#feeds.delete(number);
      this.#place.left(channel);
    });
    this.#feeds.set(number, feed);
  }
}

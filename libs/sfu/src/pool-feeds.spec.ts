import { beforeEach, expect, it } from 'vitest';
import { readFeedBatch } from './feed-batch.js';
import type { FeedRequest } from './feed-protocol.js';
import type { Feed } from './feed.js';
import { PoolFeeds } from './pool-feeds.js';

let free: number | undefined;
let posted: { worker: number; request: FeedRequest }[];
let left: string[];
let feeds: PoolFeeds;
let feed: Feed;

beforeEach(() => {
  free = 0;
  posted = [];
  left = [];
  feeds = new PoolFeeds({
    place: () => free,
    leave: (id) => void left.push(id),
    post: (worker, request) => void posted.push({ worker, request }),
  });
  feed = feeds.open('a', { codecs: ['opus', 'h264'] });
});

const told = (): [number, string][] => posted.map(({ worker, request }) => [worker, request.type]);
const packet = (timestamp: number, marker: boolean, ...bytes: number[]) => ({
  timestamp,
  marker,
  payload: Uint8Array.from(bytes),
});

it('gives packets to the worker of the feed as they are', () => {
  const packets = [packet(4_294_967_295, false, 1, 2, 3), packet(0, true), packet(7, true, 9)];
  feed.push('video', packets);
  expect(told()).toEqual([
    [0, 'feed'],
    [0, 'feed-packets'],
  ]);
  const { request } = posted[1]!;
  expect(request.type === 'feed-packets' && readFeedBatch(request.memory, request.count)).toEqual(packets);
});

it('goes to another worker with what is known of its clock when its own is lost', () => {
  feed.clock('audio', 1, 100);
  feed.clock('audio', 2, 200);
  posted = [];
  free = 1;
  feeds.lose(1);
  expect(posted).toEqual([]);
  feeds.lose(0);
  expect(told()).toEqual([
    [1, 'feed'],
    [1, 'feed-clock'],
  ]);
  expect(posted[1]!.request).toMatchObject({ kind: 'audio', timestamp: 2, atMs: 200 });
  expect(left).toEqual(['feed-1']);
});

it('waits for a worker while none serves', () => {
  posted = [];
  free = undefined;
  feeds.lose(0);
  feed.push('audio', [packet(1, false, 1)]);
  expect(posted).toEqual([]);
  free = 0;
  feeds.settle();
  feeds.settle();
  expect(told()).toEqual([[0, 'feed']]);
});

it('ends once, by its own or with its router, and says nothing from then on', () => {
  const other = feeds.open('b', { codecs: ['opus'] });
  posted = [];
  feeds.end('a');
  feed.close();
  feed.push('audio', [packet(1, false, 1)]);
  feed.clock('audio', 1, 1);
  expect(told()).toEqual([[0, 'feed-end']]);
  other.close();
  other.close();
  expect(left).toEqual(['feed-1', 'feed-2']);
});

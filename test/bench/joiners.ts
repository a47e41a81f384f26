import { once } from 'node:events';
import { setPriority } from 'node:os';
import { Crowd, durations } from './crowd.js';

const AT_ONCE = 16;
const LOW_PRIORITY = 10;

/** What the joiners tell their parent. */
export interface JoinFigures {
  readonly joinsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

// A process of its own, so that its handshakes do not hold up the publisher; it joins when its parent says go.
const [endpoint, count] = process.argv.slice(2);
setPriority(LOW_PRIORITY);
const crowd = await Crowd.open(endpoint!);
const go = once(process, 'message');
process.send!('ready');
await go;
const startedMs = performance.now();
const took = durations(await crowd.grow(Number(count), AT_ONCE, 1_000_000));
const seconds = (performance.now() - startedMs) / 1000;
const figures: JoinFigures = { joinsPerSecond: Number(count) / seconds, p50Ms: took.p50, p95Ms: took.p95 };
process.send!(figures);
await crowd.leave();
process.disconnect!();

import { liveGcmContexts } from '@weir/native';
import { describe, expect, it } from 'vitest';
import type { LocalPublisher } from '../harness/local-session.js';
import { LocalSfu } from '../harness/local-sfu.js';
import { seededRandom } from '../harness/random.js';
import { until } from '../harness/until.js';
import { CountingViewer, PacketOrigins } from '../memory/counting-viewer.js';

const ENGINES = ['ffi', 'js'] as const;
const WARM_UP_JOINS = 60;
const JOINS = 300;
const AT_ONCE = 6;
const FEWEST_VIEWERS = 10;
const MOST_VIEWERS = 40;
const STEP_FRAMES = 5;
const FRAME_MS = 20;
const REPORT_MS = 500;
const SILENCE_MS = 3000;
const HEAP_BYTES_PER_JOIN = 4096;
const WAYS_OUT = ['goodbye', 'silence', 'dismissal'] as const;

/** A publisher of sound and of pictures whose key frames are now and then larger than what is sent in one step. */
class Broadcast {
  readonly origins = new PacketOrigins();
  readonly #publisher: LocalPublisher;
  readonly #timer: NodeJS.Timeout;
  #ticks = 0;

  constructor(publisher: LocalPublisher) {
    this.#publisher = publisher;
    this.#timer = setInterval(() => this.#tick(), FRAME_MS);
  }

  /** Sequence numbers published last. */
  get last(): { audio: number; video: number } {
    const { audio, video } = this.#publisher;
    return { audio: audio.sent.at(-1)!.extendedSequence, video: video.sent.at(-1)!.extendedSequence };
  }

  /** Resolves after some more frames. */
  async goOn(frames: number): Promise<void> {
    const end = this.#ticks + 2 * frames;
    await until(() => this.#ticks >= end, { what: 'frames' });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const { audio, video } = this.#publisher;
    const tick = this.#ticks++;
    this.origins.note(audio.frame());
    if (tick % 2 === 1) return;
    const isKey = tick % 100 === 0;
    const packets = isKey ? (tick % 300 === 0 ? 100 : 10) : 3;
    this.origins.note(video.frame(packets, isKey), isKey);
  }
}

/** Viewers of a broadcast that come, move and go by chance. */
class Crowd {
  readonly viewers: CountingViewer[] = [];
  moves = 0;
  /** Packets that went wrong at those who are gone. */
  wrong = 0;
  readonly #sfu: LocalSfu;
  readonly #origins: PacketOrigins;
  readonly #random: () => number;
  readonly #other: string;
  readonly #timer: NodeJS.Timeout;

  constructor(sfu: LocalSfu, origins: PacketOrigins, seed: number) {
    this.#sfu = sfu;
    this.#origins = origins;
    this.#random = seededRandom(seed);
    const { families } = sfu.reports.find((report) => report.type === 'ready')!;
    this.#other = families.includes(6) ? '::1' : '127.0.0.2';
    this.#timer = setInterval(() => this.viewers.forEach((viewer) => viewer.report()), REPORT_MS);
  }

  /** Some join while others move, then some leave. */
  async step(): Promise<void> {
    const moving = this.viewers.filter(() => this.#random() < 0.1).map((viewer) => viewer.move());
    const joining = Array.from({ length: AT_ONCE }, () => this.#join());
    this.moves += moving.length;
    await Promise.all([...moving, ...joining]);
    const stay = FEWEST_VIEWERS + Math.floor(this.#random() * (MOST_VIEWERS - FEWEST_VIEWERS));
    const leaving = [];
    while (this.viewers.length > stay) leaving.push(this.#leave());
    await Promise.all(leaving);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.viewers.splice(0).map((viewer) => viewer.leave('goodbye')));
  }

  async #join(): Promise<void> {
    const profile = this.#random() < 0.7 ? 7 : 1;
    const address = this.#random() < 0.8 ? '127.0.0.1' : this.#other;
    this.viewers.push(await CountingViewer.join(this.#sfu, this.#origins, { profile, address }));
  }

  async #leave(): Promise<void> {
    const [viewer] = this.viewers.splice(this.#random() * this.viewers.length, 1);
    await viewer!.leave(WAYS_OUT[Math.floor(this.#random() * WAYS_OUT.length)]!);
    this.wrong += viewer!.audio.wrong + viewer!.video.wrong + viewer!.rejected;
  }
}

/** Everything that it made is let go when it returns. */
async function soak(egress: 'ffi' | 'js', joins: number, seed: number): Promise<void> {
  const contexts = liveGcmContexts();
  const sfu = await LocalSfu.open({ egress, iceTimeoutMs: SILENCE_MS });
  const { engine } = sfu.worker.egress;
  expect(engine.kind).toBe(egress);
  const publisher = await sfu.publish();
  const broadcast = new Broadcast(publisher);
  const crowd = new Crowd(sfu, broadcast.origins, seed);
  try {
    for (let joined = 0; joined < joins; joined += AT_ONCE) {
      await crowd.step();
      await broadcast.goOn(STEP_FRAMES);
    }
    await until(() => sfu.stats.subscribers === crowd.viewers.length, { what: 'the ends of those who fell silent' });
    for (const viewer of crowd.viewers) viewer.isLossy = false;
    await broadcast.goOn(STEP_FRAMES);
    broadcast.stop();
    const faults = (): string[] => crowd.viewers.flatMap((viewer) => faultsOf(viewer, broadcast.last));
    await until(() => faults().length === 0, { what: 'all packets' }).catch(() => expect(faults()).toEqual([]));
    // The publisher has one as well.
    const expected = egress === 'ffi' ? 1 + crowd.viewers.filter(({ usesGcm }) => usesGcm).length : 0;
    expect(liveGcmContexts() - contexts).toBe(expected);
    expect([engine.dropped, engine.refused, crowd.wrong]).toEqual([0, 0, 0]);
    expect([crowd.moves > joins / 10, sfu.stats.retransmissions > 0]).toEqual([true, true]);
  } finally {
    broadcast.stop();
    await crowd.close();
    publisher.peer.close();
    await sfu.close();
  }
  expect(liveGcmContexts()).toBe(contexts);
}

function faultsOf(viewer: CountingViewer, last: { readonly audio: number; readonly video: number }): string[] {
  const { audio, video, moved, rejected } = viewer;
  const rows = [
    ['video', video.faults(last.video)],
    [
      'audio',
      moved ? audio.faults(last.audio).filter((fault) => !fault.endsWith('missing')) : audio.faults(last.audio),
    ],
    ['packets', rejected > 0 ? [`${rejected} rejected`] : []],
  ] as const;
  return rows.flatMap(([what, faults]) => faults.map((fault) => `${what}: ${fault}${moved ? ' (moved)' : ''}`));
}

function resources(): string[] {
  return process.getActiveResourcesInfo().filter((name) => name !== 'Immediate');
}

/** Whether there are no more of any kind than there were before. */
function isWithin(now: readonly string[], before: readonly string[]): boolean {
  const count = (names: readonly string[], kind: string): number => names.filter((name) => name === kind).length;
  return now.every((kind) => count(now, kind) <= count(before, kind));
}

function memoryBytes(): number {
  globalThis.gc!();
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe.each(ENGINES)('the egress engine %s', (egress) => {
  it('sends every packet to all who stay and keeps nothing of the 300 who came, moved and went', async () => {
    await soak(egress, WARM_UP_JOINS, 1);
    const before = { resources: resources(), bytes: memoryBytes() };
    await soak(egress, JOINS, 2);
    const isFreed = (): boolean => (memoryBytes() - before.bytes) / JOINS < HEAP_BYTES_PER_JOIN;
    // Sockets are closed, and what they held is collected, a turn or two after they were let go.
    await until(() => isWithin(resources(), before.resources), { what: 'the end of what it opened' });
    await until(isFreed, { what: 'the memory of those who are gone' });
  }, 240_000);
});

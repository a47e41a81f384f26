import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { type Certificate, createCertificate } from '@weir/dtls';
import type { StreamDescription } from '@weir/rtp';
import type * as Sfu from '@weir/sfu';
import {
  type LocalPublisher,
  type LocalSession,
  type LocalSessionOptions,
  publishLocally,
  subscribeLocally,
} from './local-session.js';
import { until } from './until.js';

const BUILT = new URL('../../dist/libs/sfu/src/index.js', import.meta.url);

/** What differs from a pool as usual; a worker's budget of viewers has no default. */
export interface LocalPoolOptions extends Partial<Sfu.MediaPoolOptions> {
  readonly workers: number;
  readonly viewersPerWorker: number;
}

/** The built media pool with its threads, on real sockets, with signalling by function call. */
export class LocalPool {
  readonly pool: Sfu.MediaPool;
  /** What each channel was last described as. */
  readonly descriptions: ReadonlyMap<string, StreamDescription>;
  readonly #threads: MediaThreads;
  readonly #connected: ReadonlySet<string>;
  readonly #ends: ReadonlyMap<string, Sfu.CloseReason>;
  readonly #certificate: Certificate;

  private constructor(
    pool: Sfu.MediaPool,
    threads: MediaThreads,
    connected: ReadonlySet<string>,
    ends: ReadonlyMap<string, Sfu.CloseReason>,
    descriptions: ReadonlyMap<string, StreamDescription>,
    certificate: Certificate,
  ) {
    this.pool = pool;
    this.descriptions = descriptions;
    this.#threads = threads;
    this.#connected = connected;
    this.#ends = ends;
    this.#certificate = certificate;
  }

  static async open(options: LocalPoolOptions): Promise<LocalPool> {
    if (!existsSync(BUILT)) throw new Error(`${BUILT.pathname} is missing: run "npm run build" first.`);
    const { MediaPool } = (await import(BUILT.href)) as typeof Sfu;
    const threads = new MediaThreads();
    const connected = new Set<string>();
    const ends = new Map<string, Sfu.CloseReason>();
    const descriptions = new Map<string, StreamDescription>();
    const pool = await MediaPool.open(
      {
        port: 0,
        publicAddresses: ['127.0.0.1'],
        connectTimeoutMs: 15_000,
        iceTimeoutMs: 30_000,
        handshakeTimeoutMs: 10_000,
        handshakeConcurrency: 16,
        certificateLifetimeHours: 24,
        fastStartMaxBytes: 1_500_000,
        fastStartMaxMs: 5000,
        publishMaxBps: 20_000_000,
        egress: 'auto',
        log: () => undefined,
        ...options,
      },
      {
        connected: (id) => void connected.add(id),
        closed: (id, reason) => void ends.set(id, reason),
        measured: () => undefined,
        described: (channel, description) => void descriptions.set(channel, description),
      },
    );
    return new LocalPool(pool, threads, connected, ends, descriptions, await createCertificate());
  }

  /** UDP ports by worker. */
  get ports(): readonly number[] {
    return this.pool.ports;
  }

  /** Why a session ended; undefined while it goes on. */
  closedBecause(id: string): Sfu.CloseReason | undefined {
    return this.#ends.get(id);
  }

  /** A publisher that is on air. */
  async publish(channel: string, options: LocalSessionOptions = {}): Promise<LocalPublisher> {
    const publisher = await publishLocally(this.#certificate, this.pool.fingerprint.value, options, (session) => {
      const place = this.#reserve(channel, session.id, 'publish');
      place.publish(session);
      return place.candidates[0]!.port;
    });
    await this.#known(publisher.id);
    return publisher;
  }

  /** A viewer that gets what is on air. */
  async subscribe(channel: string, options: LocalSessionOptions = {}): Promise<LocalSession> {
    const viewer = await subscribeLocally(this.#certificate, this.pool.fingerprint.value, options, (session) => {
      const place = this.#reserve(channel, session.id, 'play');
      place.subscribe(session);
      return place.candidates[0]!.port;
    });
    await this.#known(viewer.id);
    return viewer;
  }

  /** Figures of all workers, once each of them serves and answers; it has done by then what it was asked before. */
  stats(): Promise<readonly Sfu.PlacedWorkerStats[]> {
    const { length } = this.ports;
    const ofAll = async (): Promise<readonly Sfu.PlacedWorkerStats[] | undefined> => {
      const stats = await this.pool.stats();
      return stats.length === length ? stats : undefined;
    };
    return until(ofAll, { what: 'all workers' });
  }

  /** Ends the thread that is the media worker at a port, as a crash would. */
  async kill(port: number): Promise<void> {
    await this.#threads.kill(this.ports.indexOf(port));
  }

  /** Waits until every worker serves. */
  async whole(): Promise<void> {
    await this.stats();
  }

  async close(): Promise<void> {
    this.#threads.forget();
    await this.pool.close();
  }

  // The peer is done with the handshake a moment before its worker is, and the other workers have to learn of a channel's first session.
  async #known(id: string): Promise<void> {
    await until(() => this.#connected.has(id), { what: 'the end of the handshake', everyMs: 2 });
    await this.stats();
  }

  #reserve(channel: string, id: string, use: Sfu.SessionUse): Sfu.Reservation {
    const place = this.pool.reserve(channel, id, use);
    if (place === undefined) throw new Error('No worker serves.');
    return place;
  }
}

/** The threads of media workers that this process starts, by the worker that each of them is. */
class MediaThreads {
  readonly #threads: Worker[] = [];
  readonly #vacant: number[] = [];
  readonly #note = (thread: Worker): void => {
    if (thread.threadName === 'media') this.#threads[this.#vacant.shift() ?? this.#threads.length] = thread;
  };

  constructor() {
    process.on('worker', this.#note);
  }

  async kill(worker: number): Promise<void> {
    const thread = this.#threads[worker]!;
    this.#vacant.push(worker);
    const gone = once(thread, 'exit');
    await thread.terminate();
    await gone;
  }

  forget(): void {
    process.off('worker', this.#note);
  }
}

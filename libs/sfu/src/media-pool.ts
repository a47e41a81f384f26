import type { IceCredentials } from '@weir/ice';
import { MessageChannel } from 'node:worker_threads';
import { type Fingerprint, HandshakeWorker } from '@weir/dtls';
import { Certificates } from './certificates.js';
import { chooseEgress, type EgressVerdict } from './egress-engines.js';
import type { Feed, FeedOptions } from './feed.js';
import { hostCandidates } from './host-addresses.js';
import type { MediaPoolOptions } from './media-pool-options.js';
import { isFeed, PoolFeeds } from './pool-feeds.js';
import { PoolTaps, type TapListener } from './pool-taps.js';
import { Placement, type SessionUse } from './placement.js';
import type { CloseReason, MediaPoolEvents, MediaSession, PlacedWorkerStats, Reservation } from './session.js';
import type { Tap } from './tap.js';
import { WorkerHandle } from './worker-handle.js';
import { linkWorkers } from './worker-mesh.js';
import type { WorkerRequest } from './worker-protocol.js';

const RESTART_MS = 500;
// About seven tenths of what a core carries at 2.5 Mb/s, so that bursts and joins find room.
const VIEWERS_PER_WORKER = { js: 300, ffi: 1000 } as const;

/** All media workers and the handshake worker, and which session lives where. Viewers get their channel on every worker. */
export class MediaPool {
  readonly #options: MediaPoolOptions;
  readonly #egress: EgressVerdict;
  readonly #events: MediaPoolEvents;
  readonly #workers: (WorkerHandle | undefined)[] = [];
  readonly #ports: number[] = [];
  readonly #placement: Placement;
  readonly #taps = new PoolTaps((request) => this.#postAll(request));
  readonly #feeds = new PoolFeeds({
    place: (channel, id) => this.#placement.place(channel, id, 'publish'),
    leave: (id) => this.#placement.remove(id),
    post: (worker, request, transfer) => this.#workers[worker]?.post(request, transfer),
  });
  readonly #silent = new Set<string>();
  #certificates!: Certificates;
  #handshakes!: HandshakeWorker;
  #closed = false;

  private constructor(options: MediaPoolOptions, events: MediaPoolEvents) {
    this.#options = options;
    this.#egress = chooseEgress(options.egress);
    this.#events = events;
    this.#placement = new Placement(options.workers, options.viewersPerWorker ?? VIEWERS_PER_WORKER[this.#egress.kind]);
  }

  /** Starts the workers; rejects when a port cannot be bound. */
  static async open(options: MediaPoolOptions, events: MediaPoolEvents): Promise<MediaPool> {
    const pool = new MediaPool(options, events);
    const { kind: engine, fault } = pool.#egress;
    if (fault !== undefined) options.log('warn', 'the faster egress engine does not work here', { engine, fault });
    pool.#certificates = await Certificates.open(
      options.certificateLifetimeHours,
      (certificate) => pool.#handshakes.addCertificate(certificate),
      (certificate) => pool.#handshakes.removeCertificate(certificate.fingerprint.value),
    );
    pool.#startHandshakes();
    try {
      for (let index = 0; index < options.workers; index++) await pool.#startWorker(index);
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  /** Fingerprint that new answers announce. */
  get fingerprint(): Fingerprint {
    return this.#certificates.fingerprint;
  }

  /** True while sessions can be placed: at least one worker serves. */
  get ready(): boolean {
    return !this.#closed && this.#workers.some((worker) => worker !== undefined);
  }

  /** UDP ports, of workers that are being replaced too: the next one takes the same. */
  get ports(): readonly number[] {
    return this.#ports;
  }

  /** Keeps a place for a session of a channel; undefined while no worker serves. */
  reserve(channel: string, id: string, use: SessionUse): Reservation | undefined {
    const index = this.#placement.place(channel, id, use);
    const worker = index === undefined ? undefined : this.#workers[index];
    if (index === undefined || worker === undefined) return undefined;
    let isTaken = false;
    const open = (request: WorkerRequest): MediaSession => {
      isTaken = true;
      worker.post(request);
      return this.#handleOf(id, index);
    };
    return {
      candidates: hostCandidates(worker.ready.port, this.#options.publicAddresses, worker.ready.families),
      publish: (options) => open({ type: 'publish', channel, options: { ...options, id } }),
      subscribe: (options) => open({ type: 'subscribe', channel, options: { ...options, id } }),
      cancel: () => {
        if (!isTaken) this.#placement.remove(id);
      },
    };
  }

  /** Gives a program what the channel's publisher sends, now and later, wherever it lives; packets come in batches, a few milliseconds late. */
  tap(channel: string, listener: TapListener): Tap {
    return this.#taps.open(channel, listener);
  }

  /** Sends what this machine makes itself to the subscribers of a router, whose publisher it is until it is closed; one that was there is replaced. */
  feed(channel: string, options: FeedOptions): Feed {
    return this.#feeds.open(channel, options);
  }

  /** Lets nobody hear what publishes in a router, now and later, until it is called with false or the stream is ended. */
  silence(channel: string, isSilent: boolean): void {
    if (this.#silent.has(channel) === isSilent) return;
    if (isSilent) this.#silent.add(channel);
    else this.#silent.delete(channel);
    this.#postAll({ type: 'silence', channel, isSilent });
  }

  /** Closes whatever a channel has on any worker. */
  endStream(channel: string): void {
    this.silence(channel, false);
    this.#feeds.end(channel);
    for (const index of this.#placement.workersOf(channel)) this.#workers[index]?.post({ type: 'end', channel });
  }

  /** Figures of every worker that answers. */
  async stats(): Promise<readonly PlacedWorkerStats[]> {
    const all = await Promise.all(this.#workers.map((worker) => worker?.stats()));
    return all.flatMap((stats, worker) =>
      stats === undefined
        ? []
        : [{ worker, port: this.#ports[worker]!, load: this.#placement.loadOf(worker), ...stats }],
    );
  }

  /** Ends all sessions and threads; idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#certificates.close();
    this.#taps.close();
    this.#feeds.close();
    await Promise.all(this.#workers.map((worker) => worker?.close()));
    await this.#handshakes.close();
  }

  #handleOf(id: string, index: number): MediaSession {
    return {
      id,
      restartIce: (local: IceCredentials, remote: IceCredentials) => {
        this.#workers[index]?.post({ type: 'restart', id, local, remote });
      },
      deafen: (isDeaf: boolean) => {
        this.#workers[index]?.post({ type: 'deafen', id, isDeaf });
      },
      close: (reason: CloseReason) => {
        this.#workers[index]?.post({ type: 'close', id, reason });
      },
    };
  }

  async #startWorker(index: number): Promise<void> {
    const { port: firstPort, connectTimeoutMs, iceTimeoutMs, fastStartMaxBytes, fastStartMaxMs } = this.#options;
    const { publishMaxBps } = this.#options;
    const egress = this.#egress.kind;
    const port = this.#ports[index] ?? (firstPort === 0 ? 0 : firstPort + index);
    const worker = await WorkerHandle.start(
      { port, connectTimeoutMs, iceTimeoutMs, fastStartMaxBytes, fastStartMaxMs, publishMaxBps, egress },
      (report) => {
        if (report.type === 'connected') this.#events.connected(report.id);
        else if (report.type === 'closed') this.#forget(report.id, report.reason);
        else if (report.type === 'measured') this.#events.measured(report.id, report.figures);
        else if (report.type === 'tapped') this.#taps.take(index, report);
        else this.#events.described(report.channel, report.description);
      },
      (cause) => this.#loseWorker(index, cause),
    );
    if (this.#closed) {
      await worker.close();
      return;
    }
    this.#workers[index] = worker;
    this.#ports[index] = worker.ready.port;
    this.#placement.note(index, true);
    this.#join(index, worker);
    for (const request of this.#taps.requests()) worker.post(request);
    for (const channel of this.#silent) worker.post({ type: 'silence', channel, isSilent: true });
    linkWorkers(index, worker, this.#workers);
    this.#feeds.settle();
  }

  #join(index: number, worker: WorkerHandle): void {
    const { port1, port2 } = new MessageChannel();
    this.#handshakes.attach(port1, index);
    worker.post({ type: 'handshakes', port: port2 }, [port2]);
  }

  #loseWorker(index: number, cause: string): void {
    this.#workers[index] = undefined;
    this.#placement.note(index, false);
    this.#taps.lose(index);
    this.#options.log('error', 'media worker lost, starting another', { worker: index, cause });
    for (const id of this.#placement.sessionsOf(index)) if (!isFeed(id)) this.#forget(id, 'worker-lost');
    this.#feeds.lose(index);
    void this.#replaceWorker(index);
  }

  async #replaceWorker(index: number): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#startWorker(index);
      this.#options.log('info', 'media worker replaced', { worker: index, port: this.#ports[index] });
    } catch {
      setTimeout(() => void this.#replaceWorker(index), RESTART_MS).unref();
    }
  }

  #startHandshakes(): void {
    const {
      handshakeConcurrency: concurrency,
      handshakesPerSecond: perSecond,
      handshakeTimeoutMs: timeoutMs,
    } = this.#options;
    this.#handshakes = HandshakeWorker.start({
      concurrency,
      timeoutMs,
      ...(perSecond !== undefined && { perSecond }),
      srtpProfiles: this.#egress.profiles,
      onExit: (error) => {
        this.#options.log('error', 'handshake worker lost, starting another', { error: error.message });
        if (this.#closed) return;
        this.#startHandshakes();
        for (const [index, worker] of this.#workers.entries()) if (worker !== undefined) this.#join(index, worker);
      },
    });
    for (const certificate of this.#certificates.all) this.#handshakes.addCertificate(certificate);
  }

  #postAll(request: WorkerRequest): void {
    for (const worker of this.#workers) worker?.post(request);
  }

  #forget(id: string, reason: CloseReason): void {
    this.#placement.remove(id);
    this.#events.closed(id, reason);
  }
}

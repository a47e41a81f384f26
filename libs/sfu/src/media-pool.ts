import type { IceCredentials } from '@weir/ice';
import { MessageChannel } from 'node:worker_threads';
import { type Fingerprint, HandshakeWorker } from '@weir/dtls';
import type { StreamDescription } from '@weir/rtp';
import { Certificates } from './certificates.js';
import { hostCandidates } from './host-addresses.js';
import type { MediaPoolOptions } from './media-pool-options.js';
import { Placement } from './placement.js';
import type {
  CloseReason,
  HostCandidate,
  MediaPoolEvents,
  MediaSession,
  PublisherOptions,
  SubscriberOptions,
  WorkerStats,
} from './session.js';
import { WorkerHandle } from './worker-handle.js';
import type { WorkerRequest } from './worker-protocol.js';

const RESTART_MS = 500;

/** All media workers and the handshake worker, and which session lives where. All sessions of a channel live on one worker. */
export class MediaPool {
  readonly #options: MediaPoolOptions;
  readonly #events: MediaPoolEvents;
  readonly #workers: (WorkerHandle | undefined)[] = [];
  readonly #placement: Placement;
  readonly #descriptions = new Map<string, StreamDescription>();
  #certificates!: Certificates;
  #handshakes!: HandshakeWorker;
  #closed = false;

  private constructor(options: MediaPoolOptions, events: MediaPoolEvents) {
    this.#options = options;
    this.#events = events;
    this.#placement = new Placement(options.workers);
  }

  /** Starts the workers; rejects when a port cannot be bound. */
  static async open(options: MediaPoolOptions, events: MediaPoolEvents): Promise<MediaPool> {
    const pool = new MediaPool(options, events);
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

  /** True while every worker serves. */
  get ready(): boolean {
    return !this.#closed && this.#workers.every((worker) => worker !== undefined);
  }

  /** UDP ports in use. */
  get ports(): readonly number[] {
    return this.#workers.flatMap((worker) => (worker === undefined ? [] : [worker.ready.port]));
  }

  /** Where a channel's sessions reach their worker; IPv4 first. */
  candidates(channel: string): readonly HostCandidate[] {
    const worker = this.#workers[this.#placement.workerOf(channel)];
    if (worker === undefined) return [];
    return hostCandidates(worker.ready.port, this.#options.publicAddresses, worker.ready.families);
  }

  /** Opens a WHIP session; once connected it takes the place of the channel's publisher, if any. */
  async publish(channel: string, options: PublisherOptions): Promise<MediaSession> {
    return this.#open(channel, options.id, { type: 'publish', channel, options });
  }

  /** Opens a WHEP session; it gets whatever is on air in the channel, now and later. */
  async subscribe(channel: string, options: SubscriberOptions): Promise<MediaSession> {
    return this.#open(channel, options.id, { type: 'subscribe', channel, options });
  }

  /** What a channel's publisher really sends; undefined before its first packets. */
  description(channel: string): StreamDescription | undefined {
    return this.#descriptions.get(channel);
  }

  /** Closes whatever a channel has on its worker. */
  endStream(channel: string): void {
    this.#descriptions.delete(channel);
    this.#workers[this.#placement.workerOf(channel)]?.post({ type: 'end', channel });
  }

  /** Figures of every worker that answers. */
  async stats(): Promise<readonly WorkerStats[]> {
    const all = await Promise.all(this.#workers.map((worker) => worker?.stats()));
    return all.filter((stats) => stats !== undefined);
  }

  /** Ends all sessions and threads; idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#certificates.close();
    await Promise.all(this.#workers.map((worker) => worker?.close()));
    await this.#handshakes.close();
  }

  #open(channel: string, id: string, request: WorkerRequest): MediaSession {
    const worker = this.#placement.place(channel, id);
    this.#workers[worker]?.post(request);
    return {
      id,
      restartIce: (local: IceCredentials, remote: IceCredentials) => {
        this.#workers[worker]?.post({ type: 'restart', id, local, remote });
      },
      close: (reason: CloseReason) => {
        this.#workers[worker]?.post({ type: 'close', id, reason });
      },
    };
  }

  async #startWorker(index: number): Promise<void> {
    const port = this.#options.port === 0 ? 0 : this.#options.port + index;
    const { connectTimeoutMs, iceTimeoutMs, fastStartMaxBytes, fastStartMaxMs, publishMaxBps } = this.#options;
    const worker = await WorkerHandle.start(
      { port, connectTimeoutMs, iceTimeoutMs, fastStartMaxBytes, fastStartMaxMs, publishMaxBps },
      (report) => {
        if (report.type === 'connected') this.#events.connected(report.id);
        else if (report.type === 'closed') this.#forget(report.id, report.reason);
        else this.#describe(report.channel, report.description);
      },
      () => this.#replaceWorker(index),
    );
    this.#workers[index] = worker;
    this.#join(worker);
  }

  #join(worker: WorkerHandle): void {
    const { port1, port2 } = new MessageChannel();
    this.#handshakes.attach(port1);
    worker.post({ type: 'handshakes', port: port2 }, [port2]);
  }

  #replaceWorker(index: number): void {
    this.#workers[index] = undefined;
    this.#options.log('error', 'media worker lost, starting another', { worker: index });
    for (const id of this.#placement.sessionsOf(index)) this.#forget(id, 'worker-lost');
    if (this.#closed) return;
    this.#startWorker(index).catch(() => setTimeout(() => this.#replaceWorker(index), RESTART_MS).unref());
  }

  #startHandshakes(): void {
    const { handshakeConcurrency: concurrency, handshakeTimeoutMs: timeoutMs } = this.#options;
    this.#handshakes = HandshakeWorker.start({
      concurrency,
      timeoutMs,
      // what the engine in JavaScript sends fastest comes first
      srtpProfiles: [1, 7],
      onExit: (error) => {
        this.#options.log('error', 'handshake worker lost, starting another', { error: error.message });
        if (this.#closed) return;
        this.#startHandshakes();
        for (const worker of this.#workers) if (worker !== undefined) this.#join(worker);
      },
    });
    for (const certificate of this.#certificates.all) this.#handshakes.addCertificate(certificate);
  }

  #forget(id: string, reason: CloseReason): void {
    this.#placement.remove(id);
    this.#events.closed(id, reason);
  }

  #describe(channel: string, description: StreamDescription): void {
    this.#descriptions.set(channel, description);
    this.#events.described(channel, description);
  }
}

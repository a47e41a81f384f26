import { once } from 'node:events';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { WorkerStats } from './session.js';
import type { WorkerOptions } from './worker-options.js';
import type { WorkerReport, WorkerRequest } from './worker-protocol.js';

const CLOSE_TIMEOUT_MS = 1500;
const STATS_TIMEOUT_MS = 1000;
const YOUNG_GENERATION_MIB = 64;

type Ready = Extract<WorkerReport, { type: 'ready' }>;
type Told = Exclude<WorkerReport, { type: 'ready' | 'stats' }>;

/** A media worker as the main thread sees it. */
export class WorkerHandle {
  readonly ready: Ready;
  readonly #worker: Worker;
  readonly #statsRequests = new Map<number, (stats: WorkerStats | undefined) => void>();
  #lastRequest = 0;
  #closed: Promise<void> | undefined;

  private constructor(worker: Worker, ready: Ready) {
    this.#worker = worker;
    this.ready = ready;
  }

  /** Starts a worker; rejects when it cannot bind its port. `lost` is told when it ends without having been closed. */
  static async start(
    options: WorkerOptions,
    told: (report: Told) => void,
    lost: (cause: string) => void,
  ): Promise<WorkerHandle> {
    const worker = new Worker(new URL('./media.thread.js', import.meta.url), {
      workerData: options,
      name: 'media',
      // Ciphers are short-lived garbage: with room for many of them a collection comes seldom and finds nearly nothing alive.
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
    });
    const handle = new WorkerHandle(worker, await readiness(worker));
    worker.on('message', (report: WorkerReport) => {
      if (report.type === 'stats') handle.#settle(report.request, report.stats);
      else if (report.type !== 'ready') told(report);
    });
    let cause = 'its thread ended';
    worker.on('error', (error: unknown) => (cause = String(error)));
    worker.once('exit', () => {
      for (const request of handle.#statsRequests.keys()) handle.#settle(request, undefined);
      if (handle.#closed === undefined) lost(cause);
    });
    return handle;
  }

  /** Tells the worker what to do. */
  post(request: WorkerRequest, transfer: readonly (MessagePort | ArrayBuffer)[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  /** The worker's figures; undefined when it does not answer within a second. */
  stats(): Promise<WorkerStats | undefined> {
    const request = ++this.#lastRequest;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(request, undefined), STATS_TIMEOUT_MS);
      this.#statsRequests.set(request, (stats) => {
        clearTimeout(timer);
        resolve(stats);
      });
      this.post({ type: 'stats', request });
    });
  }

  /** Ends its sessions and the thread, by force after 1.5 seconds; idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    if (this.#worker.threadId === -1) return;
    const exited = once(this.#worker, 'exit');
    this.post({ type: 'shutdown' });
    const force = setTimeout(() => void this.#worker.terminate(), CLOSE_TIMEOUT_MS);
    await exited;
    clearTimeout(force);
  }

  #settle(request: number, stats: WorkerStats | undefined): void {
    const resolve = this.#statsRequests.get(request);
    this.#statsRequests.delete(request);
    resolve?.(stats);
  }
}

async function readiness(worker: Worker): Promise<Ready> {
  const ended = new AbortController();
  const onExit = (): void => ended.abort();
  worker.once('exit', onExit);
  const [ready] = (await once(worker, 'message', { signal: ended.signal })) as [Ready];
  worker.off('exit', onExit);
  return ready;
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { WorkerStats } from '@weir/sfu';
import { startServer, type WeirServer } from '../harness/weir-server.js';

const CLOCK_TICKS_PER_SECOND = 100;
const UNLIMITED = '20000';

/** The built server with room for a bench. */
export class BenchServer {
  readonly #server: WeirServer;

  private constructor(server: WeirServer) {
    this.#server = server;
  }

  /** `env` adds to the configuration. */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<BenchServer> {
    const server = await startServer({
      WEIR_SESSIONS_PER_ADDRESS: UNLIMITED,
      WEIR_UNCONNECTED_PER_ADDRESS: UNLIMITED,
      WEIR_SESSIONS_MAX: UNLIMITED,
      WEIR_LOG_LEVEL: 'warn',
      ...env,
    });
    return new BenchServer(server);
  }

  /** Puts the media workers on these processors, one after the other, and all other threads on another, or on the same. */
  pin(mediaCores: readonly number[], otherCore: number): void {
    const tasks = `/proc/${this.#server.pid}/task`;
    let media = 0;
    for (const thread of readdirSync(tasks)) {
      const isMedia = readFileSync(`${tasks}/${thread}/comm`, 'utf8').trim() === 'media';
      const core = isMedia ? mediaCores[media++ % mediaCores.length]! : otherCore;
      execFileSync('taskset', ['-cp', String(core), thread]);
    }
  }

  get url(): string {
    return this.#server.url;
  }

  get adminToken(): string {
    return this.#server.adminToken;
  }

  createChannel(name: string): Promise<string> {
    return this.#server.createChannel(name);
  }

  /** Figures of its media workers; delays are those since the last call. */
  async stats(): Promise<readonly WorkerStats[]> {
    const response = await fetch(`${this.url}/api/stats`, {
      headers: { authorization: `Bearer ${this.#server.adminToken}` },
    });
    return ((await response.json()) as { workers: WorkerStats[] }).workers;
  }

  /** Resident memory of the process, bytes. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.#server.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  }

  /** CPU seconds of the whole process. */
  cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.#server.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}

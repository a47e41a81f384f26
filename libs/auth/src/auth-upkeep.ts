import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';

const dayMs = 86_400_000;
const auditDays = 365;

/** Deletes once a day what is over: sessions that expired, and what the audit log keeps longer than a year. */
@Injectable()
export class AuthUpkeep implements OnModuleInit, OnApplicationShutdown {
  readonly #database: Database;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  async onModuleInit(): Promise<void> {
    await this.run();
    this.#timer = setInterval(() => void this.#runSafely(), dayMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Deletes what is over now. */
  async run(): Promise<void> {
    const nowMs = Date.now();
    await this.#database.sessions.deleteExpired(nowMs);
    await this.#database.auditLog.deleteBefore(nowMs - auditDays * dayMs);
  }

  async #runSafely(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.#log.warn('old sessions and audit entries stay for now', { err: error });
    }
  }
}

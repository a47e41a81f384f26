import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { Log } from '@weir/telemetry';
import { ClipMaker } from './clip-maker.js';
import { Finaliser } from './finaliser.js';
import { RecordingLibrary } from './recording-library.js';
import { Retention } from './retention.js';
import { Uploader } from './uploader.js';

const careEveryMs = 60_000;

/** Looks after what was recorded: takes in what an earlier process left, and once a minute what waits, is too old or too much. */
@Injectable()
export class RecordingCare implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #library: RecordingLibrary;
  readonly #finaliser: Finaliser;
  readonly #uploader: Uploader;
  readonly #retention: Retention;
  readonly #clips: ClipMaker;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #resuming: Promise<unknown> = Promise.resolve();

  constructor(
    library: RecordingLibrary,
    finaliser: Finaliser,
    uploader: Uploader,
    retention: Retention,
    clips: ClipMaker,
    log: Log,
  ) {
    this.#library = library;
    this.#finaliser = finaliser;
    this.#uploader = uploader;
    this.#retention = retention;
    this.#clips = clips;
    this.#log = log;
  }

  async onModuleInit(): Promise<void> {
    await this.#library.open();
    const { table } = this.#library;
    for (const { id, channel, startedAtMs, durationMs } of await table.inStates(['recording'])) {
      const reason = 'The server ended while it was recorded.';
      await table.update(id, { state: 'interrupted', reason, endedAtMs: startedAtMs + durationMs });
      this.#log.warn('recording was interrupted', { channel, recording: id });
    }
  }

  onApplicationBootstrap(): void {
    this.#take();
    this.#timer = setInterval(() => this.#take(), careEveryMs);
    this.#timer.unref();
  }

  /** Ends all work, which the next start goes on with. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#finaliser.close(), this.#uploader.close(), this.#retention.close(), this.#resuming]);
  }

  #take(): void {
    const fault = (error: unknown): void => this.#log.error('recordings could not be looked after', { err: error });
    this.#library.ballast.take().catch(fault);
    this.#retention.enforce().catch(fault);
    this.#clips.prune(Date.now()).catch(fault);
    this.#resuming = Promise.all([this.#finaliser.resume().catch(fault), this.#uploader.resume().catch(fault)]);
  }
}

import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { ChannelRegistry, type Stream } from '@weir/channels';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { DeferredWrites } from './deferred-writes.js';
import { StageRegistry } from './stage-registry.js';

const NOTED_EVERY_MS = 60_000;
const KEPT_MS = 10 * 60_000;

/** Keeps which stages hold their streams: the next start goes on with their shows, unless the server was away for more than ten minutes. */
@Injectable()
export class StageHolds implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  readonly #database: Database;
  readonly #stages: StageRegistry;
  readonly #channels: ChannelRegistry;
  readonly #log: Log;
  readonly #writes: DeferredWrites;
  /** Channels whose stages are noted to hold their streams. */
  readonly #held = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  readonly #onSource = ({ channel, held }: Stream): void => {
    if (held !== this.#held.has(channel)) this.#note(channel, held);
  };
  // A stream that is held to its end ends with the server: that is no end of a show.
  readonly #onEnded = (stream: Stream): void => {
    if (!stream.held) this.#onSource(stream);
  };

  constructor(database: Database, stages: StageRegistry, channels: ChannelRegistry, log: Log) {
    this.#database = database;
    this.#stages = stages;
    this.#channels = channels;
    this.#log = log;
    this.#writes = new DeferredWrites(log);
  }

  onModuleInit(): void {
    this.#channels.events.on('sourceChanged', this.#onSource).on('ended', this.#onEnded);
  }

  // By now everybody listens who wants to know of streams.
  async onApplicationBootstrap(): Promise<void> {
    const oldestMs = Date.now() - KEPT_MS;
    for (const [channel, heldAtMs] of await this.#database.stages.holds()) {
      if (heldAtMs >= oldestMs && this.#channels.settings(channel).hls !== 'off') this.#resume(channel);
      else this.#end(channel);
    }
    this.#timer = setInterval(() => this.#noteAll(), NOTED_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
    this.#noteAll();
  }

  // The database closes later.
  async beforeApplicationShutdown(): Promise<void> {
    await this.#writes.flush();
  }

  #resume(channel: string): void {
    this.#log.info('show goes on after a restart', { channel });
    this.#channels.hold(channel);
  }

  #end(channel: string): void {
    this.#stages.of(channel).clear();
    this.#stages.changed(channel);
    this.#note(channel, false);
  }

  #noteAll(): void {
    for (const channel of this.#held) this.#note(channel, true);
  }

  #note(channel: string, held: boolean): void {
    const { stages } = this.#database;
    if (held) this.#held.add(channel);
    else this.#held.delete(channel);
    const heldAtMs = Date.now();
    this.#writes.put(channel, () => (held ? stages.hold(channel, heldAtMs) : stages.letGo(channel)));
  }
}

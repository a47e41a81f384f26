import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RequestOrigins } from '@weir/auth';
import { type ChannelAccess, ChannelRegistry } from '@weir/channels';
import { HlsOrigin, HlsRoutes, type OriginOptions } from '@weir/origin';
import type { ProgramOptions } from '@weir/program';
import { type ProgramProcessListener, ProgramRegistry, type ProgramsOptions } from '@weir/programs';
import type { MediaPool } from '@weir/sfu';
import { Database } from '@weir/store';
import { Log } from '@weir/telemetry';
import { fastify, type FastifyInstance } from 'fastify';
import { SampleProgram, sampleProfile } from './sample-program.js';
import { until } from './until.js';

/** How an origin is opened for a test; anything else is as by default. */
export interface OriginAppOptions extends Partial<OriginOptions>, Partial<ProgramsOptions> {
  /** Rungs of the sample program. */
  readonly heights?: readonly number[];
  /** Speak HTTP/2, without TLS; default HTTP/1.1. */
  readonly http2?: boolean;
  /** Where the log is written; default nowhere. */
  readonly log?: NodeJS.WritableStream;
}

/** A program process that makes sample media when it is told to. */
export interface SampleProcess {
  readonly options: ProgramOptions;
  readonly listener: ProgramProcessListener;
  readonly media: SampleProgram;
  isClosed: boolean;
}

/** The HLS origin over real HTTP, with everything behind it but the media: that is sampled. */
export class OriginApp {
  readonly channels: ChannelRegistry;
  readonly programs: ProgramRegistry;
  readonly origin: HlsOrigin;
  /** Every program process that was started, oldest first. */
  readonly processes: SampleProcess[] = [];
  readonly dataDir: string;
  readonly #database = Database.inMemory();
  readonly #fastify: FastifyInstance;
  readonly #heights: readonly number[];

  private constructor(dataDir: string, options: OriginAppOptions) {
    const log = Log.open({
      level: options.log ? 'info' : 'silent',
      text: false,
      ...(options.log && { to: options.log }),
    });
    this.dataDir = dataDir;
    this.#heights = options.heights ?? [720, 480, 360];
    this.channels = new ChannelRegistry(this.#database, log, { reconnectGraceMs: 0 });
    const pool = { tap: () => ({ wantKeyFrame: () => undefined, close: () => undefined }) } as unknown as MediaPool;
    this.programs = new ProgramRegistry(
      this.channels,
      pool,
      log,
      {
        ladder: [],
        profile: sampleProfile,
        frameRate: 30,
        ffmpegPath: 'ffmpeg',
        lingerMs: 30_000,
        always: false,
        ...options,
      },
      (programOptions, listener) => this.#launch(programOptions, listener),
    );
    this.origin = new HlsOrigin(this.programs, log, { dvrSeconds: 7200, ...options, dataDir });
    this.#fastify = options.http2
      ? (fastify({ http2: true }) as unknown as FastifyInstance)
      : fastify({ forceCloseConnections: true });
    const origins = new RequestOrigins({ allowInsecureKeys: false, trustedProxies: [] });
    const access = {
      mayWatchNow: (_request: unknown, channel: string) => this.channels.find(channel) !== undefined,
      isPrivate: () => false,
    } as unknown as ChannelAccess;
    new HlsRoutes(this.origin, origins, access).register(this.#fastify);
  }

  /** Opens it on a free port. */
  static async open(options: OriginAppOptions = {}): Promise<OriginApp> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'weir-origin-')));
    const app = new OriginApp(dataDir, options);
    await app.channels.load();
    app.programs.onModuleInit();
    await app.origin.onModuleInit();
    await app.#fastify.listen({ port: 0, host: '127.0.0.1' });
    return app;
  }

  get port(): number {
    return (this.#fastify.server.address() as AddressInfo).port;
  }

  /** Base of the URLs of a channel, without a slash at the end. */
  url(channel: string): string {
    return `http://127.0.0.1:${this.port}/hls/${channel}`;
  }

  /** The media of the newest program process. */
  get media(): SampleProgram {
    return this.processes.at(-1)!.media;
  }

  /** A publisher connects to a channel, which is made if need be. */
  async goLive(channel: string): Promise<void> {
    await this.channels.ensure(channel, channel);
    this.channels.publisherConnected(channel, 'publisher');
  }

  /** The stream of a channel is over. */
  end(channel: string): void {
    this.channels.publisherLeft(channel, 'publisher', true);
  }

  /** The channel goes live and media is made for some seconds; returns the base of the URLs of its tracks. */
  async play(channel: string, seconds: number): Promise<string> {
    await this.goLive(channel);
    this.programs.need(channel, 'test');
    this.media.advanceTo(seconds);
    const program = this.programs.get(channel)!;
    return `${this.url(channel)}/${program.epoch}`;
  }

  /** Resolves when the disk has a segment of a channel's program. */
  async stored(channel: string, track: string, segment: number): Promise<void> {
    const folder = join(this.dataDir, 'hls', channel, this.programs.get(channel)!.epoch, track);
    const names = () => readdir(folder).catch((): string[] => []);
    await until(async () => (await names()).includes(`${segment}.m4s`), { what: `segment ${segment}`, everyMs: 2 });
  }

  /** Closes it and deletes its data. */
  async close(): Promise<void> {
    await this.programs.beforeApplicationShutdown();
    this.origin.beforeApplicationShutdown();
    await this.#fastify.close();
    this.channels.onApplicationShutdown();
    await this.#database.close();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }

  #launch(options: ProgramOptions, listener: ProgramProcessListener) {
    const media = new SampleProgram(
      {
        track: (track) => listener.report({ type: 'track', track }),
        part: (part) => listener.report({ type: 'part', part }),
      },
      this.#heights,
      options.profile,
      options.resume,
    );
    const process: SampleProcess = { options, listener, media, isClosed: false };
    this.processes.push(process);
    return {
      media: () => undefined,
      arrange: () => undefined,
      image: () => undefined,
      isolate: () => undefined,
      realTime: () => undefined,
      close: async () => {
        if (process.isClosed) return;
        process.isClosed = true;
        media.close();
      },
    };
  }
}

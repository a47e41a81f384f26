import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthModule } from '@weir/auth';
import { ChannelRegistry, ChannelsModule } from '@weir/channels';
import type { Recording } from '@weir/contract';
import { ProgramRegistry } from '@weir/programs';
import { RecordingModule, type RecordingOptions } from '@weir/recording';
import { Database } from '@weir/store';
import { Log, TelemetryModule } from '@weir/telemetry';
import { ErrorFilter } from '../../apps/server/src/error.filter.js';
import { until } from '../harness/until.js';
import { FedProgram, type FedMedia } from './recording-media.js';

/** The server of recordings alone, over HTTP, with programs whose media the test hands on. */
export class RecordingScene {
  readonly url: string;
  readonly dataDir: string;
  readonly adminToken: string;
  readonly channels: ChannelRegistry;
  readonly database: Database;
  readonly #app: NestFastifyApplication;
  readonly #programs: FedPrograms;

  /** Opens it in a new data directory, or in that of a scene that was closed. */
  static async open(options: Partial<RecordingOptions> = {}): Promise<RecordingScene> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'weir-recording-')));
    const adminToken = randomBytes(16).toString('hex');
    const database = await Database.open({ dataDir }, () => undefined);
    const log = Log.open({ level: 'silent', text: false });
    const programs = new FedPrograms();
    const settings: RecordingOptions = { ffmpegPath: 'ffmpeg', minFreeBytes: 0, ...options, dataDir };
    const globals = {
      module: GlobalModule,
      global: true,
      providers: [
        { provide: Database, useValue: database },
        { provide: ProgramRegistry, useValue: programs },
      ],
      exports: [Database, ProgramRegistry],
    };
    const root = {
      module: SceneModule,
      imports: [
        TelemetryModule.forRoot(log),
        globals,
        AuthModule.forRoot({ adminToken, allowInsecureKeys: false, trustedProxies: [] }),
        ChannelsModule.forRoot({ reconnectGraceMs: 1000, bodyTimeoutMs: 5000 }),
        RecordingModule.forRoot(settings),
      ],
    };
    const app = await NestFactory.create<NestFastifyApplication>(
      root,
      new FastifyAdapter({ forceCloseConnections: true }),
      {
        logger: false,
        abortOnError: false,
      },
    );
    app.useGlobalFilters(new ErrorFilter(log));
    app.useGlobalPipes(new StandardSchemaValidationPipe());
    await app.listen(0, '127.0.0.1');
    return new RecordingScene(app, { database, programs, dataDir, adminToken });
  }

  private constructor(
    app: NestFastifyApplication,
    parts: { database: Database; programs: FedPrograms; dataDir: string; adminToken: string },
  ) {
    this.#app = app;
    this.#programs = parts.programs;
    this.database = parts.database;
    this.dataDir = parts.dataDir;
    this.adminToken = parts.adminToken;
    this.channels = app.get(ChannelRegistry);
    this.url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  }

  /** A stream of the channel goes live, and its program is handed back, once it is recorded. */
  async goLive(channel: string, media: FedMedia): Promise<FedProgram> {
    await this.channels.ensure(channel, `Show of ${channel}`);
    const program = new FedProgram(channel, media);
    this.#programs.running.set(channel, program);
    this.channels.publisherConnected(channel, 's1');
    return program;
  }

  /** The stream is over. */
  endStream(channel: string): void {
    this.channels.publisherLeft(channel, 's1', true);
    this.#programs.running.get(channel)?.end();
    this.#programs.running.delete(channel);
  }

  /** Whether the channel's program is needed for a recording. */
  isNeeded(channel: string): boolean {
    return this.#programs.needed.has(channel);
  }

  /** One request to the API; the body is JSON. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    token = this.adminToken,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** The newest recording of the channel, once it is as asked. */
  async recording(channel: string, isRight: (recording: Recording) => boolean): Promise<Recording> {
    return until(
      async () => {
        const { body } = await this.ask('GET', `/api/recordings?channel=${channel}&limit=1`);
        const newest = (body as { recordings: Recording[] }).recordings[0];
        return newest !== undefined && isRight(newest) ? newest : undefined;
      },
      { what: `a recording of ${channel}` },
    );
  }

  /** A recording of that media from its first part until it is ready. */
  async recorded(channel: string, media: FedMedia): Promise<Recording> {
    (await this.goLive(channel, media)).feed();
    this.endStream(channel);
    return this.recording(channel, ({ state }) => state === 'ready' || state === 'failed');
  }

  /** Where a recording's files lie. */
  folder(id: string): string {
    return join(this.dataDir, 'recordings', id);
  }

  /** Ends the server; the data stays unless it is told to go. */
  async close(keepsData = false): Promise<void> {
    await this.#app.close();
    await this.database.close();
    if (!keepsData) await rm(this.dataDir, { recursive: true, force: true });
  }
}

class FedPrograms {
  readonly running = new Map<string, FedProgram>();
  readonly needed = new Set<string>();

  need(channel: string): { release(): void } {
    this.needed.add(channel);
    return { release: () => void this.needed.delete(channel) };
  }

  get(channel: string): FedProgram | undefined {
    return this.running.get(channel);
  }
}

@Module({})
class SceneModule {}

@Module({})
class GlobalModule {}

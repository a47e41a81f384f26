import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Setup } from '@weir/auth';
import { MediaPool } from '@weir/sfu';
import { SocketAdapter } from '@weir/sockets';
import { Database } from '@weir/store';
import { type Log, NestLog } from '@weir/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { serveApiDocument } from './api-document.js';
import { AppModule } from './app.module.js';
import type { Config } from './config.js';
import { ErrorFilter } from './error.filter.js';
import { HttpEdge } from './http-edge.js';
import { JsonBodyInterceptor } from './json-body.interceptor.js';
import { readTlsIdentity } from './tls.js';
import type { StatusFacts } from './status.controller.js';
import { serveWebPages } from './web-pages.js';

const requestTimeoutMs = 30_000;

/** A server that listens. */
export class Server {
  readonly httpPort: number;
  /** Where HTTP listens really. */
  readonly httpHost: string;
  readonly rtcPorts: readonly number[];
  /** Code of the one-time link that makes the first account; undefined once there is one. */
  readonly setupCode: string | undefined;
  readonly #app: NestFastifyApplication;

  /** Opens the data, the media workers and HTTP; rejects when a port is taken. */
  static async open(config: Config, facts: StatusFacts, log: Log): Promise<Server> {
    const filter = new ErrorFilter(log);
    const tls = readTlsIdentity(config.tlsCert, config.tlsKey);
    const adapter = new FastifyAdapter({
      requestTimeout: requestTimeoutMs,
      forceCloseConnections: true,
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
        filter.answer(error, request, reply),
      // browsers ask for many HLS parts at once, and Apple's players for HTTP/2
      ...(tls && { http2: true, https: { allowHTTP1: true, ...tls } }),
    } as ConstructorParameters<typeof FastifyAdapter>[0]);
    const fastify = adapter.getInstance() as unknown as FastifyInstance;
    const edge = new HttpEdge(fastify, config);
    edge.open();
    const database = await Database.open(config, (error) =>
      log.warn('a connection to the database broke', { err: error }),
    );
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.forRoot(config, facts, database, log),
      adapter,
      {
        logger: new NestLog(log),
        bodyParser: false,
        abortOnError: false,
        forceCloseConnections: true,
      },
    );
    app.useGlobalFilters(filter);
    app.useWebSocketAdapter(new SocketAdapter(app));
    app.useGlobalInterceptors(new JsonBodyInterceptor(config.bodyTimeoutMs));
    app.useGlobalPipes(new StandardSchemaValidationPipe());
    serveApiDocument(app, facts.version);
    await serveWebPages(fastify);
    await app.init();
    edge.completeRoutes((error, request, reply) => filter.answer(error, request, reply));
    const httpHost = await listen(app, config);
    return new Server(app, httpHost, await app.get(Setup).offerCode());
  }

  private constructor(app: NestFastifyApplication, httpHost: string, setupCode: string | undefined) {
    this.#app = app;
    this.httpHost = httpHost;
    this.httpPort = (app.getHttpServer().address() as { port: number }).port;
    this.rtcPorts = app.get(MediaPool).ports;
    this.setupCode = setupCode;
  }

  /** Ends all sessions and closes everything. */
  async close(): Promise<void> {
    await this.#app.close();
  }
}

async function listen(app: NestFastifyApplication, { httpPort, httpHost }: Config): Promise<string> {
  try {
    await app.listen(httpPort, httpHost);
    return httpHost;
  } catch (error) {
    // A machine without IPv6 has no "::".
    if (httpHost !== '::' || (error as NodeJS.ErrnoException).code !== 'EAFNOSUPPORT') throw error;
    await app.listen(httpPort, '0.0.0.0');
    return '0.0.0.0';
  }
}

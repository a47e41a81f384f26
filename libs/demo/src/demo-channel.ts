import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { StreamKeys } from '@weir/auth';
import { ChannelRegistry } from '@weir/channels';
import { Log } from '@weir/telemetry';
import { firstValueFrom } from 'rxjs';
import { ClipPublisher } from './clip-publisher.js';
import { Clip } from './clip.js';

/** The channel that is live from the first second on. */
export const DEMO_CHANNEL = 'demo';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** Keeps the demo channel live: publishes a clip to this server as any other client would, again whenever it ends. */
@Injectable()
export class DemoChannel implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #channels: ChannelRegistry;
  readonly #keys: StreamKeys;
  readonly #http: HttpAdapterHost;
  readonly #log: Log;
  readonly #shutdown = new AbortController();
  /** Present while a session is open. */
  #publisher: ClipPublisher | undefined;

  constructor(channels: ChannelRegistry, keys: StreamKeys, http: HttpAdapterHost, log: Log) {
    this.#channels = channels;
    this.#keys = keys;
    this.#http = http;
    this.#log = log;
  }

  /** Begins as soon as the server listens. */
  async onApplicationBootstrap(): Promise<void> {
    // a clip that goes round for ever needs no recording
    await this.#channels.ensure(DEMO_CHANNEL, 'Demo', { record: false });
    void this.#keepLive(this.#keys.createTransient(DEMO_CHANNEL));
  }

  /** Ends the session while the server still answers. */
  async onModuleDestroy(): Promise<void> {
    this.#shutdown.abort();
    await this.#publisher?.stop();
  }

  async #keepLive(key: string): Promise<void> {
    const { signal } = this.#shutdown;
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      try {
        const reason = await this.#publish(key);
        pauseMs = FIRST_PAUSE_MS;
        if (!signal.aborted) this.#log.warn('demo interrupted', { channel: DEMO_CHANNEL, reason });
      } catch (error) {
        this.#log.warn('demo could not start', { channel: DEMO_CHANNEL, err: error });
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #publish(key: string): Promise<string> {
    const clip = await Clip.demo();
    const url = `${await this.#ownUrl()}/whip/${DEMO_CHANNEL}`;
    this.#publisher = await ClipPublisher.start({ url, key, clip });
    if (this.#shutdown.signal.aborted) await this.#publisher.stop();
    const reason = await this.#publisher.ended;
    this.#publisher = undefined;
    return reason;
  }

  async #ownUrl(): Promise<string> {
    if (!this.#http.listening) await firstValueFrom(this.#http.listen$);
    const server = this.#http.httpAdapter.getHttpServer() as { address(): AddressInfo };
    const { address, family, port } = server.address();
    if (address === '::' || address === '0.0.0.0') return `http://127.0.0.1:${port}`;
    return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`;
  }
}

import type { MessagePort } from 'node:worker_threads';
import type { HandshakeFarewell, HandshakeReport, HandshakeRequest } from '@weir/dtls';
import { StunView } from '@weir/ice';
import { RtcpWriter } from '@weir/rtp';
import { createEgressEngine } from './egress-engines.js';
import { Egress } from './egress.js';
import type { PublisherFigures } from './layer-gauge.js';
import { Publisher } from './publisher.js';
import { RouterTap } from './router-tap.js';
import { Router } from './router.js';
import { type Session, SessionTable } from './session-table.js';
import type { CloseReason, PublisherOptions, SubscriberOptions, WorkerStats } from './session.js';
import { Subscriber } from './subscriber.js';
import { UdpEndpoint } from './udp-endpoint.js';
import type { UdpSocket } from './udp-socket.js';
import { readWorkerClock } from './worker-clock.js';
import type { WorkerContext } from './worker-context.js';
import { WorkerCounters } from './worker-counters.js';
import { WorkerExchange } from './worker-exchange.js';
import { WorkerFeeds } from './worker-feeds.js';
import type { WorkerOptions } from './worker-options.js';
import type { WorkerReport, WorkerRequest } from './worker-protocol.js';

const TICK_MS = 20;
const REPLAY_TICK_MS = 5;
const SLOW_TICKS = 25;
// A publisher is asked for missing packets at once; viewers only get reports, each in his turn.
const SUBSCRIBER_TICKS = 5;
const GOODBYE_MS = 100;
// A worker in the place of one that died says its goodbyes; later nobody may have it send anything anywhere.
const FAREWELL_MS = 10_000;

interface SessionEvents {
  connected(id: string): void;
  measured(id: string, figures: PublisherFigures): void;
  closed(session: Session, reason: CloseReason): void;
}

/** Tells the main thread, with the memory that goes over to it. */
export type Report = (report: WorkerReport, transfer?: ArrayBuffer[]) => void;

/** One UDP port with all its sessions: demultiplexes, answers ICE, decrypts, routes and sends. Lives in a thread of its own, or in a test's. */
export class MediaWorker implements WorkerContext {
  readonly options: WorkerOptions;
  readonly counters = new WorkerCounters();
  readonly egress: Egress;
  readonly rtcp = new RtcpWriter();
  readonly wallClockMs = performance.timeOrigin;

  readonly #report: Report;
  readonly #sessions = new SessionTable();
  readonly #routers = new Map<string, Router>();
  readonly #taps = new Map<number, RouterTap>();
  readonly #silent = new Set<string>();
  readonly #feeds = new WorkerFeeds(this, {
    router: (channel) => this.#router(channel),
    left: (channel) => this.#leave(channel),
  });
  readonly #exchange = new WorkerExchange(this.#routers, readWorkerClock());
  readonly #openedAtMs = performance.now();
  readonly #stun = new StunView();
  readonly #timers: NodeJS.Timeout[] = [];
  #endpoint: UdpEndpoint | undefined;
  #handshakes: MessagePort | undefined;
  #lastNumber = 0;
  #ticks = 0;
  #cpu = process.threadCpuUsage();

  private constructor(options: WorkerOptions, report: Report) {
    this.options = options;
    this.egress = new Egress(createEgressEngine(options.egress));
    this.#report = report;
  }

  /** Binds the port and starts to serve; rejects when the port cannot be had. */
  static async open(options: WorkerOptions, report: Report): Promise<MediaWorker> {
    const worker = new MediaWorker(options, report);
    const { engine } = worker.egress;
    const endpoint = await UdpEndpoint.open(
      options.port,
      (data, address, port, socket) => worker.#receive(data, address, port, socket),
      engine.native,
    );
    worker.#endpoint = endpoint;
    worker.#timers.push(
      setInterval(() => worker.#tick(performance.now()), TICK_MS),
      setInterval(() => worker.egress.tick(), REPLAY_TICK_MS),
    );
    const { port, families, receiveBufferBytes, sendBufferBytes } = endpoint;
    report({
      type: 'ready',
      port,
      families,
      receiveBufferBytes,
      sendBufferBytes,
      engine: engine.kind,
    });
    return worker;
  }

  /** Does what the main thread asks for. */
  handle(request: WorkerRequest): void {
    switch (request.type) {
      case 'publish':
        return this.#publish(request.channel, request.options);
      case 'subscribe':
        return this.#subscribe(request.channel, request.options);
      case 'restart':
        return this.#restart(request);
      case 'deafen':
        return this.#deafen(request.id, request.isDeaf);
      case 'close':
        return this.#sessions.byId(request.id)?.transport.close(request.reason);
      case 'end':
        return this.#end(request.channel, 'stream-ended');
      case 'stats':
        return this.#report({ type: 'stats', request: request.request, stats: this.#stats() });
      case 'link':
        return this.#exchange.join(request.end);
      case 'handshakes':
        return this.#attach(request.port);
      case 'silence':
        return this.#silence(request.channel, request.isSilent);
      case 'feed':
      case 'feed-packets':
      case 'feed-clock':
      case 'feed-end':
        return this.#feeds.handle(request, performance.now());
      case 'tap':
        return this.#tap(request.tap, request.channel);
      case 'tap-key-frame':
        return this.#taps.get(request.tap)?.wantKeyFrame();
      case 'untap':
        return this.#untap(request.tap);
      case 'shutdown':
        return void this.close();
    }
  }

  handshake(request: HandshakeRequest): void {
    this.#handshakes?.postMessage(request);
  }

  /** Ends all sessions, lets their goodbyes out and closes the port. */
  async close(): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    for (const session of this.#sessions.all()) session.transport.close('shutdown');
    for (const tap of this.#taps.values()) tap.close();
    await new Promise((resolve) => setTimeout(resolve, GOODBYE_MS));
    this.egress.close();
    this.#endpoint?.close();
    this.#handshakes?.close();
    this.#exchange.close();
  }

  #receive(data: Buffer, address: string, port: number, socket: UdpSocket): void {
    if (data.length === 0) return;
    const first = data[0]!;
    // RFC 7983 7
    if (first <= 3) {
      this.#receiveStun(data, address, port, socket);
      return;
    }
    const session = this.#sessions.byAddress(address, port);
    if (session === undefined) {
      this.counters.unauthenticated++;
      return;
    }
    if (first >= 128 && first <= 191) session.transport.receiveMedia(data, performance.now());
    else if (first >= 20 && first <= 63) session.transport.receiveDtls(data);
  }

  #receiveStun(data: Buffer, address: string, port: number, socket: UdpSocket): void {
    if (!this.#stun.read(data, data.length)) return;
    const session = this.#sessions.byFragment(this.#stun.localFragment());
    if (session === undefined) {
      this.counters.unauthenticated++;
      return;
    }
    const verdict = session.transport.receiveStun(data, address, port, socket, performance.now());
    if (verdict.kind === 'answered') this.#sessions.noteCheck(session, verdict, address, port);
  }

  #publish(channel: string, options: PublisherOptions): void {
    this.#sessions.add(new Publisher(options, ++this.#lastNumber, this.#router(channel), this, this.#events(channel)));
  }

  #subscribe(channel: string, options: SubscriberOptions): void {
    this.#sessions.add(new Subscriber(options, ++this.#lastNumber, this.#router(channel), this, this.#events(channel)));
  }

  #events(channel: string): SessionEvents {
    return {
      measured: (id, figures) => this.#report({ type: 'measured', id, figures }),
      connected: (id) => this.#report({ type: 'connected', id }),
      closed: (session, reason) => {
        this.#sessions.remove(session, performance.now());
        this.#leave(channel);
        this.#report({ type: 'closed', id: session.transport.id, reason });
      },
    };
  }

  #restart(request: Extract<WorkerRequest, { type: 'restart' }>): void {
    const session = this.#sessions.byId(request.id);
    if (session === undefined) return;
    this.#sessions.noteRestart(session, session.transport.restartIce(request.local, request.remote));
  }

  #deafen(id: string, isDeaf: boolean): void {
    const session = this.#sessions.byId(id);
    if (session instanceof Subscriber) session.deafen(isDeaf);
  }

  #end(channel: string, reason: CloseReason): void {
    const router = this.#routers.get(channel);
    if (router === undefined) return;
    for (const session of this.#sessions.all()) if (session.router === router) session.transport.close(reason);
  }

  #router(channel: string): Router {
    let router = this.#routers.get(channel);
    if (router === undefined) {
      router = new Router(channel, this.egress, this.#exchange, (description) =>
        this.#report({ type: 'described', channel, description }),
      );
      router.silence(this.#silent.has(channel));
      for (const tap of this.#taps.values()) if (tap.channel === channel) router.addTap(tap);
      this.#routers.set(channel, router);
      this.#exchange.opened(router);
    }
    return router;
  }

  #silence(channel: string, isSilent: boolean): void {
    if (isSilent) this.#silent.add(channel);
    else this.#silent.delete(channel);
    this.#routers.get(channel)?.silence(isSilent);
  }

  #tap(number: number, channel: string): void {
    const tap = new RouterTap(number, channel, this.wallClockMs, this.#report);
    this.#taps.set(number, tap);
    this.#routers.get(channel)?.addTap(tap);
  }

  #untap(number: number): void {
    const tap = this.#taps.get(number);
    if (tap === undefined) return;
    this.#taps.delete(number);
    this.#routers.get(tap.channel)?.removeTap(tap);
    tap.close();
  }

  #leave(channel: string): void {
    const router = this.#routers.get(channel);
    if (router === undefined || !router.idle || this.#inUse(channel)) return;
    this.#routers.delete(channel);
    this.#exchange.closed(router);
  }

  #inUse(channel: string): boolean {
    const router = this.#routers.get(channel);
    for (const session of this.#sessions.all()) if (session.router === router) return true;
    return false;
  }

  #attach(port: MessagePort): void {
    this.#handshakes?.close();
    this.#handshakes = port;
    port.on('message', (report: HandshakeReport | HandshakeFarewell) => {
      if (report.type === 'farewell') this.#sayFarewell(report);
      else this.#hand(report);
    });
  }

  #hand(report: HandshakeReport): void {
    const session = this.#sessions.byNumber(report.session);
    if (session !== undefined) {
      session.transport.receiveReport(report);
      return;
    }
    if (report.type !== 'datagram') return;
    const farewell = this.#sessions.farewellOf(report.session);
    farewell?.socket.send(report.data, farewell.port, farewell.address);
  }

  #sayFarewell({ data, port, address }: HandshakeFarewell): void {
    if (performance.now() - this.#openedAtMs < FAREWELL_MS) this.#endpoint?.send(data, port, address);
  }

  #tick(nowMs: number): void {
    const slow = ++this.#ticks % SLOW_TICKS === 0;
    for (const session of this.#sessions.all()) {
      const turn = session.transport.number + this.#ticks;
      if (session instanceof Publisher || turn % SUBSCRIBER_TICKS === 0) session.tick(nowMs);
      if (slow) session.transport.tick(nowMs);
    }
    this.#feeds.tick(nowMs);
    this.#exchange.tick();
    if (slow) this.#sessions.sweep(nowMs);
  }

  #stats(): WorkerStats {
    const { delays, engine } = this.egress;
    const cpu = process.threadCpuUsage(this.#cpu);
    let publishers = 0;
    for (const session of this.#sessions.all()) if (session instanceof Publisher) publishers++;
    const stats: WorkerStats = {
      ...this.counters,
      publishers,
      subscribers: this.#sessions.size - publishers,
      packetsSent: engine.packetsSent,
      bytesSent: engine.bytesSent,
      engine: engine.kind,
      sendErrors: engine.dropped + engine.refused,
      delayP50Us: delays.quantile(0.5),
      delayP90Us: delays.quantile(0.9),
      delayP99Us: delays.quantile(0.99),
      delayP999Us: delays.quantile(0.999),
      cpuUserSeconds: cpu.user / 1e6,
      cpuSystemSeconds: cpu.system / 1e6,
    };
    delays.reset();
    return stats;
  }
}

import type { BeforeApplicationShutdown } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import { Sessions } from '@weir/auth';
import type { StageReply } from '@weir/contract';
import { SocketGate } from '@weir/sockets';
import type { Server, ServerOptions, Socket } from 'socket.io';
import type { Guest } from './guest.js';
import { StageAccess } from './stage-access.js';
import { StageConnection, type StageEntry } from './stage-connection.js';
import { StageRegistry } from './stage-registry.js';
import { StageRequests } from './stage-requests.js';
import { StageView } from './stage-view.js';

const options: Partial<ServerOptions> = {
  path: '/api/stage/socket',
  serveClient: false,
  maxHttpBufferSize: 32_768,
  perMessageDeflate: false,
  httpCompression: false,
  connectTimeout: 10_000,
  cookie: false,
};

const BEAT_MS = 2000;

/** The sockets of stages: who comes and goes, what they ask, and what all of them are told. */
@WebSocketGateway(options)
export class StageGateway
  implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, BeforeApplicationShutdown
{
  readonly #gate: SocketGate;
  readonly #stages: StageRegistry;
  readonly #access: StageAccess;
  readonly #view: StageView;
  readonly #requests: StageRequests;
  readonly #sessions: Sessions;
  readonly #connections = new Map<string, StageConnection>();
  readonly #byChannel = new Map<string, Set<StageConnection>>();
  readonly #due = new Set<string>();
  /** What was told last. */
  readonly #told = new Map<string, string>();
  #server: Server | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(
    gate: SocketGate,
    stages: StageRegistry,
    access: StageAccess,
    view: StageView,
    requests: StageRequests,
    sessions: Sessions,
  ) {
    this.#gate = gate;
    this.#stages = stages;
    this.#access = access;
    this.#view = view;
    this.#requests = requests;
    this.#sessions = sessions;
  }

  /** Sockets that are open. */
  get size(): number {
    return this.#connections.size;
  }

  afterInit(server: Server): void {
    this.#server = server;
    this.#gate.guard(server);
    this.#stages.events.on('changed', this.#changed).on('removed', this.#removed);
    this.#sessions.events.on('ended', this.#sessionEnded);
    // Quality changes all the time, and who has been away for a while is told no more.
    this.#beat = setInterval(() => {
      for (const channel of this.#byChannel.keys()) this.#tell(channel);
    }, BEAT_MS);
  }

  handleConnection(socket: Socket): void {
    const visit = this.#gate.visitOf(socket.request);
    if (visit === undefined) {
      socket.disconnect(true);
      return;
    }
    const wire = {
      emit: (event: string, payload: unknown) => void socket.emit(event, payload),
      disconnect: () => void socket.disconnect(true),
    };
    const connection = new StageConnection(wire, visit.caller, socket.request);
    this.#connections.set(socket.id, connection);
    socket.conn.on('packet', () => connection.countPacket());
    socket.onAny((event: string, ...told: unknown[]) => void this.#asked(connection, event, told));
    // what a socket cannot parse or handle is its own fault, and never the server's
    socket.on('error', () => undefined);
  }

  handleDisconnect(socket: Socket): void {
    const connection = this.#connections.get(socket.id);
    if (connection === undefined) return;
    this.#connections.delete(socket.id);
    connection.closed();
    this.#exit(connection);
    // one socket for each connection: who leaves the namespace leaves for good
    socket.conn.close();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#beat);
    this.#stages.events.off('changed', this.#changed).off('removed', this.#removed);
    this.#sessions.events.off('ended', this.#sessionEnded);
    for (const socket of this.#server?.of('/').sockets.values() ?? []) socket.disconnect(true);
    this.#server?.engine.close();
  }

  /** Ends the sockets of a channel that are not allowed any more, and tells the others what is different. */
  recheck(channel: string): void {
    for (const connection of this.#byChannel.get(channel) ?? []) {
      const { guest } = connection.entry ?? {};
      if (this.#access.holds({ guest, caller: connection.caller }, channel)) this.#introduce(connection);
      else connection.end({ code: 'not-allowed', message: 'You are not on this stage any more.' });
    }
    this.#tell(channel);
  }

  async #asked(connection: StageConnection, event: string, told: readonly unknown[]): Promise<void> {
    if (connection.isClosed) return;
    const last = told.at(-1);
    const isAcknowledged = typeof last === 'function';
    const reply = isAcknowledged ? (last as (reply: StageReply) => void) : () => undefined;
    const fault = connection.admit();
    if (fault !== undefined) {
      reply({ ok: false, fault });
      return;
    }
    const payload = isAcknowledged ? told.slice(0, -1) : told;
    let isNew = false;
    const answer = await this.#requests.handle(connection, event, payload, (entry) => {
      isNew = !connection.isClosed;
      if (isNew) this.#enter(connection, entry);
    });
    reply(answer);
    if (!answer.ok && answer.fault.code === 'server') connection.wait();
    if (!isNew || connection.entry === undefined) return;
    this.#introduce(connection);
    const stage = this.#view.find(connection.entry.channel);
    if (stage !== undefined) connection.emit('stage', stage);
    this.#changed(connection.entry.channel);
  }

  #enter(connection: StageConnection, entry: StageEntry): void {
    connection.enter(entry);
    entry.guest?.countSocket(1, Date.now());
    let others = this.#byChannel.get(entry.channel);
    if (others === undefined) this.#byChannel.set(entry.channel, (others = new Set()));
    others.add(connection);
  }

  #exit(connection: StageConnection): void {
    const { entry } = connection;
    if (entry === undefined) return;
    entry.guest?.countSocket(-1, Date.now());
    const others = this.#byChannel.get(entry.channel);
    others?.delete(connection);
    if (others?.size !== 0) return;
    this.#byChannel.delete(entry.channel);
    this.#told.delete(entry.channel);
  }

  #introduce(connection: StageConnection): void {
    if (connection.entry === undefined) return;
    const { channel, guest } = connection.entry;
    connection.emit('you', { guest: guest?.id ?? null, directs: this.#access.directs(connection.caller, channel) });
  }

  // However much changes at once, it is told once.
  readonly #changed = (channel: string): void => {
    if (!this.#byChannel.has(channel) || this.#due.has(channel)) return;
    this.#due.add(channel);
    setImmediate(() => {
      this.#due.delete(channel);
      this.#tell(channel);
    });
  };

  #tell(channel: string): void {
    const connections = this.#byChannel.get(channel);
    const stage = this.#view.find(channel);
    if (connections === undefined || stage === undefined) return;
    const text = JSON.stringify(stage);
    if (this.#told.get(channel) === text) return;
    this.#told.set(channel, text);
    for (const connection of connections) connection.emit('stage', stage);
  }

  readonly #removed = (removed: Guest, wasSentAway: boolean): void => {
    const message = wasSentAway ? 'You were removed from the stage.' : 'You left the stage.';
    for (const connection of this.#byChannel.get(removed.channel) ?? []) {
      if (connection.entry?.guest !== removed) continue;
      const end = (): void => connection.end({ code: 'not-allowed', message });
      // Who asked for it is answered first.
      if (wasSentAway) end();
      else setImmediate(end);
    }
  };

  readonly #sessionEnded = (account: string, session: string | undefined): void => {
    for (const connection of this.#connections.values()) {
      const { caller } = connection;
      if (caller.account?.id !== account || (session !== undefined && caller.session !== session)) continue;
      connection.end({ code: 'not-allowed', message: 'You were signed out.' });
    }
  };
}

import type { BeforeApplicationShutdown } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import { Sessions } from '@weir/auth';
import type { ChatReply } from '@weir/contract';
import { SocketGate } from '@weir/sockets';
import type { Server, ServerOptions, Socket } from 'socket.io';
import { ChatDesk } from './chat-desk.js';
import { Connection } from './connection.js';
import { Rooms } from './rooms.js';
import { Standing } from './standing.js';
import { Voice } from './voice.js';

const options: Partial<ServerOptions> = {
  path: '/api/chat',
  serveClient: false,
  // the longest request is a full list of blocked words
  maxHttpBufferSize: 131_072,
  perMessageDeflate: false,
  httpCompression: false,
  connectTimeout: 10_000,
  cookie: false,
};

/** The sockets of the chat: who comes and goes, and what they ask. */
@WebSocketGateway(options)
export class ChatGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect, BeforeApplicationShutdown {
  readonly #gate: SocketGate;
  readonly #desk: ChatDesk;
  readonly #rooms: Rooms;
  readonly #standing: Standing;
  readonly #sessions: Sessions;
  readonly #voice: Voice;
  readonly #connections = new Map<string, Connection>();
  #server: Server | undefined;

  constructor(gate: SocketGate, desk: ChatDesk, rooms: Rooms, standing: Standing, sessions: Sessions, voice: Voice) {
    this.#gate = gate;
    this.#desk = desk;
    this.#rooms = rooms;
    this.#standing = standing;
    this.#sessions = sessions;
    this.#voice = voice;
  }

  /** Sockets that are open. */
  get size(): number {
    return this.#connections.size;
  }

  afterInit(server: Server): void {
    this.#server = server;
    this.#voice.use(server);
    this.#sessions.events.on('ended', this.#sessionEnded);
    this.#gate.guard(server);
  }

  handleConnection(socket: Socket): void {
    const visit = this.#gate.visitOf(socket.request);
    if (visit === undefined) {
      socket.disconnect(true);
      return;
    }
    const connection = new Connection(wireOf(socket), visit.caller, socket.request, visit.address);
    this.#connections.set(socket.id, connection);
    if (connection.isGuest) this.#standing.names.arrive(connection.key);
    socket.conn.on('packet', () => connection.countPacket());
    socket.onAny((event: string, ...told: unknown[]) => this.#asked(connection, event, told));
    // what a socket cannot parse or handle is its own fault, and never the server's
    socket.on('error', () => undefined);
  }

  handleDisconnect(socket: Socket): void {
    const connection = this.#connections.get(socket.id);
    if (connection === undefined) return;
    this.#connections.delete(socket.id);
    connection.closed();
    for (const channel of connection.channels) this.#rooms.exit(connection, channel);
    if (connection.isGuest) this.#standing.names.leave(connection.key);
    // one socket for each connection: who leaves the namespace leaves for good
    socket.conn.close();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#sessions.events.off('ended', this.#sessionEnded);
    for (const socket of this.#server?.of('/').sockets.values() ?? []) socket.disconnect(true);
    this.#server?.engine.close();
    await this.#rooms.close();
    this.#voice.use(undefined);
  }

  #asked(connection: Connection, event: string, told: readonly unknown[]): void {
    if (connection.isClosed) return;
    const last = told.at(-1);
    const isAcknowledged = typeof last === 'function';
    const reply = isAcknowledged ? (last as (reply: ChatReply<unknown>) => void) : () => undefined;
    const fault = connection.admit();
    if (fault !== undefined) {
      reply({ ok: false, fault });
      return;
    }
    const payload = isAcknowledged ? told.slice(0, -1) : told;
    void this.#desk.handle(connection, event, payload, reply);
  }

  readonly #sessionEnded = (account: string, session: string | undefined): void => {
    for (const connection of this.#connections.values()) {
      const { caller } = connection;
      if (caller.account?.id !== account || (session !== undefined && caller.session !== session)) continue;
      connection.close({ code: 'not-allowed', message: 'You were signed out.', retryAfterMs: 0 });
    }
  };
}

function wireOf(socket: Socket) {
  return {
    emit: (event: string, payload: unknown) => void socket.emit(event, payload),
    join: (room: string) => void socket.join(room),
    leave: (room: string) => void socket.leave(room),
    disconnect: () => void socket.disconnect(true),
  };
}

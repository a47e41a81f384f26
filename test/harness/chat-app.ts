import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthModule, nameForm, Sessions } from '@weir/auth';
import { Bans, ChannelRegistry, ChannelsModule, Follows, Members } from '@weir/channels';
import { ChatModule } from '@weir/chat';
import { Rooms } from '../../libs/chat/src/rooms.js';
import { SocketAdapter, SocketsModule, type SocketsOptions } from '@weir/sockets';
import { Database } from '@weir/store';
import { Log, NestLog, TelemetryModule } from '@weir/telemetry';
import { ErrorFilter } from '../../apps/server/src/error.filter.js';
import { StoreModule } from '../../apps/server/src/store.module.js';
import { ChatClient, type ChatClientOptions } from './chat-client.js';

const OPERATOR = 'operator-token-of-a-test';

/** How the application is opened. */
export interface ChatAppOptions extends Partial<SocketsOptions> {
  /** Data of an application before; default an empty database. */
  readonly database?: Database;
  /** Where the log is written; default nowhere. */
  readonly log?: NodeJS.WritableStream;
}

/** Somebody who takes part: a browser with its cookies. */
export interface Participant {
  readonly cookie: string;
  /** `a:` and the account's id; empty for guests, who are told by `join`. */
  readonly key: string;
  readonly name: string;
}

/** The chat over real HTTP and sockets in this process, with accounts and channels but without media. */
export class ChatApp {
  readonly url: string;
  readonly channels: ChannelRegistry;
  readonly members: Members;
  readonly bans: Bans;
  readonly follows: Follows;
  readonly database: Database;
  readonly #app: NestFastifyApplication;
  readonly #clients: ChatClient[] = [];
  #names = 0;

  /** Opens it on a free port. */
  static async open(options: ChatAppOptions = {}): Promise<ChatApp> {
    const database = options.database ?? Database.inMemory();
    const log = Log.open({
      level: options.log ? 'info' : 'silent',
      text: false,
      ...(options.log && { to: options.log }),
    });
    const root = {
      module: class TestModule {},
      imports: [
        TelemetryModule.forRoot(log),
        StoreModule.forRoot(database),
        AuthModule.forRoot({ adminToken: OPERATOR, signUp: 'open', allowInsecureKeys: false, trustedProxies: [] }),
        ChannelsModule.forRoot({ reconnectGraceMs: 0, bodyTimeoutMs: 5000 }),
        SocketsModule.forRoot({ chatSocketsPerAddress: 200, chatSocketsMax: 1000, ...options }),
        ChatModule,
      ],
    };
    const app = await NestFactory.create<NestFastifyApplication>(
      root,
      new FastifyAdapter({ forceCloseConnections: true }),
      {
        logger: new NestLog(log),
        abortOnError: false,
        forceCloseConnections: true,
      },
    );
    app.useWebSocketAdapter(new SocketAdapter(app));
    app.useGlobalFilters(new ErrorFilter(log));
    app.useGlobalPipes(new StandardSchemaValidationPipe());
    await app.listen(0, '127.0.0.1');
    return new ChatApp(app, database);
  }

  private constructor(app: NestFastifyApplication, database: Database) {
    this.#app = app;
    this.database = database;
    this.channels = app.get(ChannelRegistry);
    this.members = app.get(Members);
    this.bans = app.get(Bans);
    this.follows = app.get(Follows);
    this.url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  }

  /** Something that the application is made of. */
  get<Part>(token: abstract new (...args: never[]) => Part): Part {
    return this.#app.get(token, { strict: false });
  }

  /** Rooms that are open. */
  get rooms(): number {
    return this.get(Rooms).list().length;
  }

  /** Headers of the operator. */
  get operator(): Record<string, string> {
    return { authorization: `Bearer ${OPERATOR}` };
  }

  /** Somebody without an account. */
  async guest(): Promise<Participant> {
    const response = await fetch(`${this.url}/api/session`);
    return { cookie: cookiesOf(response), key: '', name: '' };
  }

  /** Somebody with an account, and a role in a channel if given. */
  async account(
    role?: { channel: string; role: 'owner' | 'moderator' | 'guest' | 'viewer' },
    name?: string,
  ): Promise<Participant> {
    const called = name ?? `person-${(this.#names += 1)}`;
    const id = randomUUID();
    const facts = { id, name: called, isAdmin: false, mayCreate: false, createdAtMs: Date.now() };
    await this.database.accounts.insert({ ...facts, nameKey: nameForm(called), password: '' });
    const session = await this.get(Sessions).open(id, { headers: {}, socket: { remoteAddress: '127.0.0.1' } });
    if (role !== undefined) await this.members.set(role.channel, id, role.role);
    return { cookie: `weir_session=${session.secret}`, key: `a:${id}`, name: called };
  }

  /** A socket of somebody; nobody's without. */
  async connect(who?: Pick<Participant, 'cookie'>, options: ChatClientOptions = {}): Promise<ChatClient> {
    const headers = { ...(who && { cookie: who.cookie }), ...options.headers };
    const client = await ChatClient.open(this.url, { ...options, headers });
    this.#clients.push(client);
    return client;
  }

  /** A socket of somebody that is in a channel; guests get a name. */
  async enter(channel: string, who?: Participant, name?: string): Promise<ChatClient> {
    const client = await this.connect(who ?? (await this.guest()));
    const { you } = await client.ask('join', { channel });
    if (!you.isAccount && you.name === null) await client.ask('name', { name: name ?? `Guest ${++this.#names}` });
    return client;
  }

  /** Asks over HTTP; an object is sent as JSON. */
  async http(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  /** Closes every socket that was opened here. */
  disconnect(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }

  /** Closes it all. */
  async close(): Promise<void> {
    this.disconnect();
    await this.#app.close();
  }
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

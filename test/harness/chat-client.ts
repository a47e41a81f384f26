import type { ChatAnswers, ChatEvents, ChatFault, ChatReply, ChatRequestName, chatRequests } from '@weir/contract';
import { io, type Socket } from 'socket.io-client';

type Body<Name extends ChatRequestName> = Parameters<(typeof chatRequests)[Name]['parse']>[0] extends unknown
  ? Readonly<Record<string, unknown>>
  : never;

const WAIT_MS = 30_000;

/** A request of a test was refused; `fault` says why. */
export class ChatClientRefused extends Error {
  override readonly name = 'ChatClientRefused';

  constructor(
    readonly request: string,
    readonly fault: ChatFault,
  ) {
    super(`${request} was refused: ${fault.code}: ${fault.message}`);
  }
}

/** Who connects, and how. */
export interface ChatClientOptions {
  /** Headers of the handshake, such as `cookie`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly transports?: readonly ('websocket' | 'polling')[];
  /** Takes any certificate; default false. */
  readonly isInsecure?: boolean;
}

/** An event that a client was told. */
export interface ToldEvent {
  readonly event: string;
  readonly payload: unknown;
}

/** One socket of the chat, which keeps all that it was told. */
export class ChatClient {
  readonly told: ToldEvent[] = [];
  readonly socket: Socket;
  /** Why it was disconnected by the server; undefined while it is not. */
  endedBy: string | undefined;
  readonly #waiting = new Set<() => void>();

  /** Connects; rejects when the handshake is refused. */
  static async open(
    url: string,
    { headers = {}, transports = ['websocket'], isInsecure = false }: ChatClientOptions = {},
  ): Promise<ChatClient> {
    const socket = io(url, {
      path: '/api/chat',
      transports: [...transports],
      extraHeaders: { ...headers },
      forceNew: true,
      reconnection: false,
      rejectUnauthorized: !isInsecure,
    });
    const client = new ChatClient(socket);
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
    } catch (error) {
      socket.disconnect();
      throw error;
    }
    return client;
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((event: string, payload: unknown) => {
      this.told.push({ event, payload });
      this.#wake();
    });
    socket.on('disconnect', (reason) => {
      this.endedBy = reason;
      this.#wake();
    });
  }

  /** Asks for something, whatever the answer. */
  async request<Name extends ChatRequestName>(name: Name, body: Body<Name>): Promise<ChatReply<ChatAnswers[Name]>> {
    return (await this.socket.timeout(WAIT_MS).emitWithAck(name, body)) as ChatReply<ChatAnswers[Name]>;
  }

  /** Asks for something that is granted; throws ChatClientRefused when it is not. */
  async ask<Name extends ChatRequestName>(name: Name, body: Body<Name>): Promise<ChatAnswers[Name]> {
    const reply = await this.request(name, body);
    if (!reply.ok) throw new ChatClientRefused(name, reply.fault);
    return reply.answer;
  }

  /** The code of the fault that a request is refused with; `granted` when it is not. */
  async fault<Name extends ChatRequestName>(name: Name, body: Body<Name>): Promise<ChatFault['code'] | 'granted'> {
    const reply = await this.request(name, body);
    return reply.ok ? 'granted' : reply.fault.code;
  }

  /** What it was told of one kind, in order. */
  all<Event extends keyof ChatEvents>(event: Event): ChatEvents[Event][] {
    return this.told.filter((one) => one.event === event).map(({ payload }) => payload as ChatEvents[Event]);
  }

  /** The first that it was or will be told of one kind and that fits. */
  async next<Event extends keyof ChatEvents>(
    event: Event,
    fits: (payload: ChatEvents[Event]) => boolean = () => true,
  ): Promise<ChatEvents[Event]> {
    await this.until(() => this.all(event).some(fits), `"${event}"`);
    return this.all(event).find(fits)!;
  }

  /** Resolves when the server has ended the connection. */
  async end(): Promise<void> {
    await this.until(() => this.endedBy !== undefined, 'the end of the connection');
  }

  /** Resolves when something is true, which is looked at after each event; rejects after half a minute. */
  async until(isTrue: () => boolean, what: string): Promise<void> {
    if (isTrue()) return;
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (!isTrue()) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve();
      };
      const late = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`waited in vain for ${what}; told: ${JSON.stringify(this.told.slice(-10))}`));
      }, WAIT_MS);
      this.#waiting.add(look);
    });
  }

  /** Disconnects. */
  close(): void {
    this.socket.disconnect();
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }
}

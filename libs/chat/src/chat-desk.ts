import { Injectable } from '@nestjs/common';
import { ChannelUnknown, OwnerNotBannable } from '@weir/channels';
import { type ChatFault, type ChatReply, type ChatRequestName, chatRequests } from '@weir/contract';
import { DatabaseClosed, DatabaseUnavailable } from '@weir/store';
import { Log } from '@weir/telemetry';
import { ChatRefused } from './chat-refused.js';
import { ChatRequests } from './chat-requests.js';
import type { Connection } from './connection.js';
import { ChatClosed } from './rooms.js';

const RETRY_MS = 3000;

type Answer = (reply: ChatReply<unknown>) => void;

/** Takes requests of pages as they come, whatever they are, and answers each once: granted, or with a fault. */
@Injectable()
export class ChatDesk {
  readonly #requests: ChatRequests;
  readonly #log: Log;

  constructor(requests: ChatRequests, log: Log) {
    this.#requests = requests;
    this.#log = log;
  }

  /** Handles a request of that name with what came with it; never rejects. */
  async handle(connection: Connection, name: string, told: readonly unknown[], reply: Answer): Promise<void> {
    try {
      if (!isRequest(name)) throw new ChatRefused('malformed', 'There is no such request.');
      if (told.length !== 1) throw new ChatRefused('malformed', 'A request carries one object.');
      await this.#grant(connection, name, told[0], reply);
    } catch (error) {
      reply({ ok: false, fault: this.#faultOf(error, connection, name) });
    }
  }

  async #grant<Name extends ChatRequestName>(connection: Connection, name: Name, told: unknown, reply: Answer) {
    const parsed = chatRequests[name].safeParse(told);
    if (!parsed.success) throw malformed(parsed.error.issues);
    const handle = this.#requests[name] as (
      connection: Connection,
      asked: unknown,
      grant: (answer: unknown) => void,
    ) => void | Promise<void>;
    await handle.call(this.#requests, connection, parsed.data, (answer) => reply({ ok: true, answer }));
  }

  #faultOf(error: unknown, { key, address }: Connection, request: string): ChatFault {
    if (error instanceof ChatRefused) return error.fault;
    if (error instanceof ChannelUnknown) return { code: 'not-found', message: error.message };
    if (error instanceof OwnerNotBannable) return { code: 'not-allowed', message: error.message };
    const isAway = [DatabaseUnavailable, DatabaseClosed, ChatClosed].some((known) => error instanceof known);
    if (!isAway) this.#log.error('a chat request failed', { request, author: key, address, err: error });
    return { code: 'internal', message: 'That did not work: try again in a moment.', retryAfterMs: RETRY_MS };
  }
}

function isRequest(name: string): name is ChatRequestName {
  return Object.hasOwn(chatRequests, name);
}

interface Issue {
  readonly code?: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

function malformed([issue]: readonly Issue[]): ChatRefused {
  const field = issue?.path.map(String).join('.') ?? '';
  const isTooLong = issue !== undefined && /^must have at most \d+ characters$/.test(issue.message);
  const why = `${field === '' ? 'The request' : `"${field}"`}: ${issue?.message ?? 'is not as it must be'}.`;
  return new ChatRefused(isTooLong ? 'too-long' : 'malformed', why);
}

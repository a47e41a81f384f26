import type { ChatAnswers, ChatEvents, ChatReply, ChatRequestName, chatRequests } from '@weir/contract';
import type { SocketEvent } from '../socket/event-socket.js';
import { reachingSocket } from '../socket/reaching-socket.js';

/** What a request of the chat carries. */
export type ChatBody<Name extends ChatRequestName> = (typeof chatRequests)[Name]['_zod']['input'];

/** An event of the chat with what it carries. */
export type ChatEvent = { [Name in keyof ChatEvents]: readonly [Name, ChatEvents[Name]] }[keyof ChatEvents];

/** Who is told what happens on a connection. */
export interface ChatListener {
  connected(): void;
  disconnected(): void;
  told(event: ChatEvent): void;
}

/** A connection to the chat that comes back by itself; it does nothing until it is opened. */
export interface ChatSocket {
  open(): void;
  /** Connects anew, as whoever uses the browser now. */
  renew(): void;
  /** Tries at once, when it waits to try again. */
  nudge(): void;
  /** Rejects when the connection ends before the answer, or when there is none within 10 s. */
  request<Name extends ChatRequestName>(name: Name, body: ChatBody<Name>): Promise<ChatReply<ChatAnswers[Name]>>;
  close(): void;
}

/** A connection to the chat of this server. */
export function reachingChat(listener: ChatListener): ChatSocket {
  return reachingSocket({ origin: location.origin, path: '/api/chat', pauseOf }, listener);
}

function pauseOf(event: SocketEvent): number | undefined {
  const [name, body] = event as ChatEvent;
  return name === 'closed' && body.channel === null ? body.fault.retryAfterMs : undefined;
}

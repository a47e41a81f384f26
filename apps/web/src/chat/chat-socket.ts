import type { ChatAnswers, ChatEvents, ChatReply, ChatRequestName, chatRequests } from '@weir/contract';

/** Where the server takes connections of the chat. */
export const CHAT_PATH = '/api/chat';
/** How long an answer may take. */
export const ANSWER_WITHIN_MS = 10_000;
/** How long to stay away when the server ended the connection and said no time. */
export const THROWN_OUT_WAIT_MS = 5000;

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

/** How long the server asks to stay away with this event, milliseconds; undefined when it does not. */
export function pauseOf([name, body]: ChatEvent): number | undefined {
  return name === 'closed' && body.channel === null ? body.fault.retryAfterMs : undefined;
}

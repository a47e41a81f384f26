/** How long an answer may take. */
export const ANSWER_WITHIN_MS = 10_000;
/** How long to stay away when the server ended the connection and said no time. */
export const THROWN_OUT_WAIT_MS = 5000;

/** The name of an event with what it carries. */
export type SocketEvent = readonly [string, unknown];

/** Who is told what happens on a connection. */
export interface SocketListener {
  connected(): void;
  disconnected(): void;
  told(event: SocketEvent): void;
}

/** Where the server takes connections of one kind. */
export interface SocketPlace {
  readonly origin: string;
  /** As `/api/chat`. */
  readonly path: string;
  /** How long the server asks to stay away with an event, milliseconds; undefined when it does not. */
  readonly pauseOf: (event: SocketEvent) => number | undefined;
}

/** A connection for events and requests that comes back by itself; it does nothing until it is opened. */
export interface EventSocket {
  open(): void;
  /** Connects anew, as whoever uses the browser now. */
  renew(): void;
  /** Tries at once, when it waits to try again. */
  nudge(): void;
  /** Rejects when the connection ends before the answer, or when there is none within 10 s. */
  request<Reply>(name: string, body: object): Promise<Reply>;
  close(): void;
}

import type { StageEvents, StageReply, StageRequestName, stageRequests } from '@weir/contract';
import type { SocketListener } from '../socket/event-socket.js';
import { reachingSocket } from '../socket/reaching-socket.js';

/** What a request to a stage carries. */
export type StageBody<Name extends StageRequestName> = (typeof stageRequests)[Name]['_zod']['input'];

/** An event of a stage with what it carries. */
export type StageEvent = {
  [Name in keyof StageEvents]: readonly [Name, Parameters<StageEvents[Name]>[0]];
}[keyof StageEvents];

/** Who is told what happens on a connection. */
export interface StageListener {
  connected(): void;
  disconnected(): void;
  told(event: StageEvent): void;
}

/** A connection to a stage that comes back by itself; it does nothing until it is opened. */
export interface StageSocket {
  open(): void;
  /** Connects anew. */
  renew(): void;
  /** Tries at once, when it waits to try again. */
  nudge(): void;
  /** Rejects when the connection ends before the answer, or when there is none within 10 s. */
  request<Name extends StageRequestName>(name: Name, body: StageBody<Name>): Promise<StageReply>;
  close(): void;
}

/** A connection to the stages of this server. */
export function reachingStage(listener: StageListener): StageSocket {
  const place = { origin: location.origin, path: '/api/stage/socket', pauseOf: () => undefined };
  return reachingSocket(place, listener as SocketListener);
}

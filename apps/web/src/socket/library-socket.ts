import { io } from 'socket.io-client';
import { ANSWER_WITHIN_MS, THROWN_OUT_WAIT_MS } from './event-socket.js';
import type { EventSocket, SocketEvent, SocketListener, SocketPlace } from './event-socket.js';

/** The connection of socket.io's own client, which finds a way by HTTP requests where WebSockets are blocked. */
export function librarySocket(place: SocketPlace, listener: SocketListener): EventSocket {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = THROWN_OUT_WAIT_MS;
  const socket = io(place.origin, {
    path: place.path,
    autoConnect: false,
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
  });
  // What the server itself refuses or ends, socket.io leaves to us.
  const comeBack = () => {
    clearTimeout(timer);
    if (!socket.active) timer = setTimeout(() => socket.connect(), waitMs);
  };
  socket.on('connect', () => {
    waitMs = THROWN_OUT_WAIT_MS;
    listener.connected();
  });
  socket.on('connect_error', comeBack);
  socket.on('disconnect', (reason) => {
    listener.disconnected();
    if (reason !== 'io client disconnect') comeBack();
  });
  socket.onAny((...event: unknown[]) => {
    const told = event as unknown as SocketEvent;
    waitMs = place.pauseOf(told) ?? waitMs;
    listener.told(told);
  });
  return {
    open: () => void socket.connect(),
    renew: () => void socket.disconnect().connect(),
    nudge: () => void (socket.active && socket.connect()),
    async request(name, body) {
      // socket.io would keep it and send it before the page has said again who it is.
      if (!socket.connected) throw new Error('not connected');
      return socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, body);
    },
    close() {
      clearTimeout(timer);
      socket.close();
    },
  };
}

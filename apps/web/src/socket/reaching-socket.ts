import type { EventSocket, SocketListener, SocketPlace } from './event-socket.js';
import { PlainSocket } from './plain-socket.js';

/** A connection by WebSocket or, where those do not get through, by what socket.io's own client finds. */
export function reachingSocket(place: SocketPlace, listener: SocketListener): EventSocket {
  let current: EventSocket;
  let isClosed = false;
  const changeOver = async () => {
    const { librarySocket } = await import('./library-socket.js');
    if (isClosed) return;
    current.close();
    current = librarySocket(place, listener);
    current.open();
  };
  current = new PlainSocket(place, listener, () => {
    // Where the server cannot be reached at all, it goes on by WebSocket.
    changeOver().catch(() => undefined);
  });
  return {
    open: () => current.open(),
    renew: () => current.renew(),
    nudge: () => current.nudge(),
    request: (name, body) => current.request(name, body),
    close: () => {
      isClosed = true;
      current.close();
    },
  };
}

import type { ChatListener, ChatSocket } from './chat-socket.js';
import { WebSocketChat } from './web-socket-chat.js';

/** A connection by WebSocket or, where those do not get through, by what socket.io's own client finds. */
export function reachingChat(origin: string, listener: ChatListener): ChatSocket {
  let current: ChatSocket;
  let isClosed = false;
  const changeOver = async () => {
    const { libraryChat } = await import('./library-chat.js');
    if (isClosed) return;
    current.close();
    current = libraryChat(origin, listener);
    current.open();
  };
  current = new WebSocketChat(origin, listener, () => {
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

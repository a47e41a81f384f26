import { openSession, session } from '../api/session.js';
import { nameMemory } from './chat-memory.js';
import { ChatRoom } from './chat-room.js';
import type { ChatRoomOptions } from './chat-room.js';
import { reachingChat } from './chat-socket.js';

const ASK_AGAIN_MS = 3000;

/** Enters the chat of a channel as whoever uses this browser, also after signing in or out in another tab; close() leaves. */
export function openChat(options: Pick<ChatRoomOptions, 'channel' | 'watchToken' | 'capturedAtMs'>): ChatRoom {
  const room = new ChatRoom({ ...options, connect: reachingChat, identify, nameMemory });
  room.start();
  window.addEventListener('online', () => room.nudge());
  document.addEventListener('visibilitychange', () => document.hidden || room.nudge());
  let known: string | undefined;
  session.subscribe((view) => {
    if (view === undefined) return;
    const who = view.account?.id ?? '';
    if (known !== undefined && known !== who) room.renew();
    known = who;
  });
  return room;
}

/** Without the cookie that comes with the session, a guest could only read. */
async function identify(): Promise<void> {
  for (;;) {
    try {
      await openSession();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}

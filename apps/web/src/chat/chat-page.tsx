import { useEffect, useRef } from 'preact/hooks';
import { chatWords } from '../language/chat.js';
import { ChatPanel } from './chat-panel.js';
import type { ChatRoom } from './chat-room.js';
import { useKeyboardRoom } from './keyboard-room.js';
import '../style/chat-page.css';

/** The chat alone in a window: a pop-out, or a dock of OBS. */
export function ChatPage({ room }: { room: ChatRoom }) {
  const frame = useRef<HTMLElement>(null);
  const { title } = chatWords.value;
  useKeyboardRoom(frame);
  useEffect(() => {
    document.title = `${title} · ${room.channel} · Weir`;
  }, [title]);
  return (
    <main ref={frame} class="chat-page" id="content">
      <h1 class="unseen">{`${title}: ${room.channel}`}</h1>
      <ChatPanel room={room} alone />
    </main>
  );
}

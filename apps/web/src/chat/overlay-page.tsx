import { useEffect } from 'preact/hooks';
import { chatWords } from '../language/chat.js';
import type { ChatRoom } from './chat-room.js';
import { MessageList } from './message-list.js';
import { ReactionsOverlay } from './reactions-overlay.js';
import '../style/chat.css';
import '../style/chat-page.css';

/** The chat to be laid over a picture: nothing but messages and reactions, on no ground. */
export function OverlayPage({ room }: { room: ChatRoom }) {
  useEffect(() => {
    document.documentElement.dataset['overlay'] = '';
  }, []);
  return (
    <main class="chat-overlay chat" id="content" aria-label={chatWords.value.title}>
      <MessageList lines={room.lines} empty="" />
      <ReactionsOverlay room={room} />
    </main>
  );
}
